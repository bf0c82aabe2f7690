"""The people one can be in the demonstration, one for each role that has screens."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoRole:
    """A button of ``/_demo/``."""

    key: str
    label: str
    name: str
    does: str
    email: str
    landing: str
    language: str = "ja"


DEMO_ROLES: dict[str, DemoRole] = {
    role.key: role
    for role in (
        DemoRole("resident", "住民", "見本 太郎", "自分の登録を見て、出番をさがし、返事をする。",
                 "taro@example.jp", "/konan/my/"),
        DemoRole("newcomer", "住民（外国から来た人）", "マリア・エゼンプラ・ダ・シルヴァ・フィクチシア",
                 "ポルトガル語の画面で同じことをする。", "maria@example.jp", "/konan/my/", "pt-br"),
        DemoRole("organization", "団体の代表", "雛形 ことは（ひながた文庫）", "企画と出番を立て、名簿をつける。",
                 "kotoha@example.jp", "/konan/my/"),
        DemoRole("coordinator", "中間支援コーディネーター", "仮名 さくら", "今日の仕事から、電話と紹介をする。",
                 "sakura@example.jp", "/konan/desk/"),
        DemoRole("contractor_lead", "受託者 主任者", "想定 直樹", "月次報告をまとめ、成果物を出す。",
                 "naoki@example.jp", "/konan/desk/"),
        DemoRole("officer", "市の担当職員", "手本 恵", "承認し、数字と報告をたしかめる。",
                 "megumi@example.jp", "/konan/desk/home/"),
        DemoRole("auditor", "監査", "標本 清", "数字の根拠と記録のつながりを見る。",
                 "kiyoshi@example.jp", "/konan/desk/figures/"),
        DemoRole("administrator", "システム管理者", "試作 翔", "アカウントと役割だけを扱う。",
                 "sho@example.jp", "/konan/desk/accounts/"),
        DemoRole("proposer", "公募に応募する会社", "例示 りょう", "公募に応募し、書類を出す。",
                 "proposer@example.jp", "/konan/my/calls/"),
    )
}  # fmt: skip

COUNCIL_ROLE = DemoRole(
    "council_officer", "県民会議の担当職員", "標準 つばさ", "市町が分けあった数字だけを見る。", "tsubasa@example.jp",
    "/yamaguchi/desk/towns/",
)  # fmt: skip
"""Of another authority than the rest; its button is there where that was built too."""
KURIHARA_ROLES: dict[str, DemoRole] = {
    role.key: role
    for role in (
        DemoRole("kurihara_lead", "受託者（経費の例：栗原）", "想定 なおき", "経費を記入し、証拠を付け、精算を求める。",
                 "naoki.kurihara@example.jp", "/kurihara/desk/expenses/"),
        DemoRole("kurihara_officer", "担当職員（経費の例：栗原）", "手本 みどり", "経費を確認し、精算を承認する。",
                 "midori.kurihara@example.jp", "/kurihara/desk/expenses/"),
    )
}  # fmt: skip
"""Of another town, whose document says which cost is eligible; their buttons are there where it was built too."""
CALL_ROLES: dict[str, DemoRole] = {
    role.key: role
    for role in (
        DemoRole("kurihara_member", "審査委員（公募の例：栗原）", "例示 まもる", "自分の採点表に、項目ごとに点を付ける。",
                 "mamoru@example.jp", "/kurihara/committee/"),
        DemoRole("kurihara_chair", "委員長（公募の例：栗原）", "例示 ひさし", "委員のようすを見て、採点を締める。",
                 "hisashi@example.jp", "/kurihara/committee/"),
        DemoRole("sanda_officer", "担当職員（公募の例：三田）", "手本 のぞみ", "選定のすべての手順と、決定の記録を見る。",
                 "nozomi@example.jp", "/sanda/desk/calls/"),
        DemoRole("sanda_proposer", "提案者（公募の例：三田）", "試案 みのり", "応募した公募の、書類と結果を見る。",
                 "minori@example.jp", "/sanda/my/calls/"),
    )
}  # fmt: skip
"""Of two other towns with a call each: one is being scored, one is decided."""
