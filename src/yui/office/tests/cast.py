"""The cast: town Sora with an officer, a contractor and a few counted people; town Hinata beside it."""

import datetime as dt
from dataclasses import dataclass

from yui.base import clock
from yui.base.access.actor import Actor, actor_for
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.definitions.definition import Definition
from yui.base.tenancy.models import Authority
from yui.office.commissions.models import Commission, Engagement
from yui.office.definition import Commission as CommissionPart
from yui.people.models import Organization, Person, Registration

MONITORED = [
    {"key": "relations", "name": "アクター・サポーターとの関係構築", "manner": "qualitative"},
    {"key": "concerns", "name": "コーディネーター候補者等の課題と解決策", "manner": "qualitative"},
    {"key": "network", "name": "登録者の活用とネットワーク形成", "manner": "both"},
]


def said(value):
    return {"value": value, "source": "見本 1.(1)"}


def due(event, days):
    return {"default": {"event": event, "days": days}, "note": "見本"}


def statement(key):
    return {"key": key, "name": key, "summary": "見本の文"}


def deliverables(phase, count):
    event, days = ("contract", 30) if phase == "start" else ("term_end", 0)
    return [
        {"key": f"{phase}_{n}", "number": n, "name": f"{phase} {n}", "area": "platform", "due": due(event, days)}
        for n in range(1, count + 1)
    ]


def papers():
    found = [
        {"key": f"paper_{n}", "number": n, "name": f"書類 {n}", "due": due("contract", 7)} for n in (1, 2, 3, 4, 5)
    ]
    found.append({"key": "minutes", "number": 6, "name": "打合せ記録簿", "repeats": True, "due": due("meeting", 7)})
    found.append({"key": "done", "number": 7, "name": "完了届", "due": due("term_end", 0)})
    found.append({"key": "other", "number": 8, "name": "その他", "repeats": True, "due": due("request", 14)})
    return found


def part(key="r8", first=dt.date(2026, 7, 1), last=dt.date(2027, 3, 19)):
    """A commission as a definition has it, small."""
    weekday = "月火水木金土日"[last.weekday()]
    end = deliverables("end", 6)
    end[4] |= {"copies": said(2000), "about": said(True), "size": said("A4サイズ")}
    end[5] |= {"copies": said(1), "unit": "本"}
    return CommissionPart.model_validate(
        {
            "key": key,
            "title": said("令和8年度 見本業務"),
            "title_corrected": said("令和8年度 見本業務"),
            "fiscal_year": said(first.year),
            "document": {"title": "見本仕様書", "short": "見本", "issued": said("令和8年5月"), "issuer_printed": said("空市")},
            "term": {"first": said(first), "last": said(last), "weekday": said(weekday), "label": "見本"},
            "background": [],
            "purposes": [statement("p")],
            "premises": [],
            "phases": [
                {
                    "key": f"y{n}", "number": n, "name": f"{n}年目", "fiscal_year": said(first.year + n - 1),
                    "contracted": said(n == 1), "works": [statement("w")],
                }
                for n in (1, 2, 3)
            ],
            "areas": [{"key": "platform", "name": "人財プラットフォーム"}],
            "tasks": [{**statement("t"), "area": "platform", "detail_source": "見本", "asks": ["見本"]}],
            "supplements": [],
            "goal": {"summary": "見本", "years": said(3), "source": "見本"},
            "start_deliverables": deliverables("start", 8),
            "end_deliverables": end,
            "manual": [],
            "papers": papers(),
            "monthly_meeting": {
                "name": "月次報告会", "per_month": said(1), "attendees": said("市・受託者"), "monitored": MONITORED,
                "report_day": said(1), "minutes_due": due("meeting", 7),
            },
            "evaluation_meeting": {"name": "評価会議", "convened_by": said("市")},
            "conditions": [{"key": "n", "kind": "neutrality", "name": "中立", "summary": "見本"}],
            "grant": {"name": said("見本交付金"), "office": said("見本府"), "duties": [statement("d")]},
            "indicators": [
                {
                    "key": "people", "name": "登録した人", "measure": "test.registrations", "unit": "人",
                    "target": said(10), "baseline": said(0), "monitored": "network",
                },
                {
                    "key": "meetings", "name": "開いた会議", "measure": "office.meetings_held", "unit": "回",
                    "target": said(9), "baseline": said(0), "monitored": "relations",
                },
                {
                    "key": "unknown", "name": "まだ数えないもの", "measure": "nobody.declares", "unit": "件",
                    "target": said(9), "baseline": said(0), "monitored": "concerns",
                },
            ],
        }
    )  # fmt: skip


def definition(*parts):
    return Definition(sections={}, commissions=parts or (part(),), versions={"commission:r8": 2})


@dataclass
class Town:
    authority: Authority
    officer: Account
    second_officer: Account
    auditor: Account
    lead: Account
    organization: Organization
    commission: Commission
    engagement: Engagement

    def actor(self, account: Account) -> Actor:
        return actor_for(account, self.authority)


def account(town, name, role=None, **grant):
    made = Account.objects.create_user(f"{name}@{town.key}.example.jp", name=name)
    if role:
        Grant.objects.create(authority=town, account=made, role=role, starts_on=dt.date(2026, 4, 1), **grant)
    return made


def person(town, name, on, key=None):
    made = Person.objects.create(authority=town, display_name=name, created_at=clock.now())
    registration = Registration.objects.create(
        authority=town, person=made, scheme_key="main", effective_on=on,
        recorded_at=dt.datetime.combine(on, dt.time(12), tzinfo=clock.TOKYO),
    )  # fmt: skip
    return made, registration
