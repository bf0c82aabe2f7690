"""What the two journeys of a call share: people at browsers, and the steps that both documents know."""

from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import expect

from tests.journeys.visits import Visit
from yui.base import clock
from yui.base.accounts.models import Account
from yui.base.approvals.models import Approval
from yui.office.calls.domain import Declared, check_requirement, decide_eligibility, declare_eligibility
from yui.office.calls.models import Applicant, CommitteeMember
from yui.office.calls.rules import rules_of
from yui.office.calls.tests.cast import CallTown

Sign = Callable[..., Visit]
SENDING = "保存しています"


class Road:
    """A call on its way, with whoever acts in it."""

    def __init__(self, town: CallTown, sign_in: Sign, settings: Any) -> None:
        self.town, self.settings = town, settings
        self.key = town.authority.key
        self.officer = sign_in(town.officer, 1280)
        self.second = sign_in(town.second, 1280)
        self.sign_in = sign_in
        self.desk = f"/{self.key}/desk/calls/{town.call.public_id}/"

    def on(self, day: str) -> None:
        """It is another day; the time of day is the real one."""
        self.settings.YUI_TODAY = day

    def question(self, day: str, text: str) -> str:
        """A question that came by mail at noon."""
        self.officer.open(f"{self.desk}questions/new/")
        self.officer.tick("channel", "email")
        self.officer.fill(day=day, time="12:00", asker="架空まちの社", text=text)
        return self.officer.press("書き入れる")

    def seat(self, names: Sequence[str]) -> list[CommitteeMember]:
        """Members by name; the first one is the chair."""
        for number, name in enumerate(names):
            self.officer.open(f"{self.desk}committee/appoint/")
            self.officer.fill(name=name, post="架空の大学", mail=f"iin{number}@{self.key}.example.jp")
            if not number:
                self.officer.tick("chair")
            assert "審査委員に加えました" in self.officer.press("委員に加える")
        return list(CommitteeMember.objects.filter(call=self.town.call).order_by("order"))

    def applicant(self, name: str) -> Applicant:
        """Somebody whose papers come on paper."""
        self.officer.open(f"{self.desk}applicants/new/")
        self.officer.tick("channel", "mail")
        self.officer.fill(name=name, representative="代表 見本 太郎", postal="見本町1番地", mail="")
        self.officer.page.locator("main form button").first.click()
        return Applicant.objects.get(call=self.town.call, name=name)

    def arrive(self, firm: Applicant, stage: str, day: str, time: str) -> str:
        """The whole pile of a stage, one copy more than asked of each."""
        self.officer.open(f"/{self.key}/desk/call-applicants/{firm.public_id}/arrival/{stage}/")
        self.officer.tick("channel", "mail")
        self.officer.fill(day=day, time=time, tracking="見本-0001")
        for box in self.officer.page.locator('main input[name^="copies_"]').all():
            box.fill("10")
        for box in self.officer.page.locator('main input[name^="obtained_"]').all():
            box.fill(day)
        self.officer.page.locator("main form button").last.click()
        return self.officer.text()

    def open_seals(self, stage: str) -> None:
        """開封, before a witness."""
        self.officer.open(f"{self.desk}opening/{stage}/")
        self.officer.fill(witness="見本 立会")
        self.officer.press("開封する")

    def eligible(self, firms: Sequence[Applicant]) -> None:
        """Every requirement declared and looked at: the same page once for each, so by its verbs."""
        actor = self.town.decides
        for firm in firms:
            for one in rules_of(self.town.call).rules.eligibility:
                check_requirement(actor=actor, applicant=firm, requirement=one.key, result="ok", reason="確かめた")
            decide_eligibility(actor=actor, applicant=Applicant.objects.get(pk=firm.pk))

    def estimate(self, firm: Applicant, yen: int) -> None:
        """The sum of an estimate on paper."""
        proposal = firm.proposals.filter(state="received").order_by("-pk")[0]
        self.officer.open(f"/{self.key}/desk/call-proposals/{proposal.public_id}/scan/")
        self.officer.fill(yen=str(yen))
        form = self.officer.page.locator("main form", has=self.officer.page.locator('[name="yen"]'))
        form.locator("button").last.click()

    def declare(self, seats: Sequence[CommitteeMember], conflict: tuple[int, int] | None = None) -> list[Visit]:
        """Each member declares at a tablet, a telephone or without a script."""
        visits = []
        for number, seat in enumerate(seats):
            one = self.sign_in(
                Account.objects.get(pk=seat.account_id), (768, 390, 1280)[number % 3], script=number != 2
            )
            one.open(f"/{self.key}/committee/{seat.public_id}/conflicts/")
            for at, box in enumerate(one.page.locator('main input[type="radio"][value="no"]').all()):
                name = box.get_attribute("name")
                one.tick(name, "yes" if conflict == (number, at) else "no")
            assert "利害関係を申告しました" in one.press("申告する")
            visits.append(one)
        return visits

    def begin_scoring(self, stage: str) -> None:
        """The office opens the sheets."""
        self.officer.open(f"{self.desk}committee/")
        form = self.officer.page.locator("main form", has=self.officer.page.locator(f'[value="{stage}"]'))
        with self.officer.page.expect_navigation():
            form.locator("button").click()
        assert "採点を始めました" in self.officer.text()

    def score(
        self, one: Visit, seat: CommitteeMember, firm: Applicant, points: Sequence[str], stage: str, *, script: bool
    ) -> None:
        """Item by item, then to the whole sheet."""
        sheet = seat.sheets.get(stage=stage)
        one.open(f"/{self.key}/committee/sheets/{sheet.public_id}/of/{firm.public_id}/")
        for criterion, value in zip(rules_of(self.town.call).criteria(stage), points, strict=True):
            if criterion.levels:
                one.tick(f"points_{criterion.key}", value)
            else:
                one.fill(**{f"points_{criterion.key}": value})
        if script:
            one.page.keyboard.press("Tab")  # leaving an item sends it
            expect(one.page.locator("[data-calls-state]", has_text=SENDING)).to_have_count(0)
        assert "保存しました" in one.press("保存して一覧へ")
        assert one.fits()

    def close_sheet(self, one: Visit, seat: CommitteeMember, stage: str) -> None:
        """採点表を閉じる."""
        one.open(f"/{self.key}/committee/sheets/{seat.sheets.get(stage=stage).public_id}/")
        assert "採点表を閉じました" in one.press("採点表を閉じる")

    def close_scoring(self, one: Visit, seat: CommitteeMember) -> None:
        """The chair closes."""
        one.open(f"/{self.key}/committee/{seat.public_id}/")
        assert "採点を締めました" in one.press("採点を締める")

    def compute(self, page: str = "selection") -> str:
        """Ask the engine."""
        self.officer.open(f"{self.desk}{page}/")
        return self.officer.press("計算する")

    def decide(self, page: str = "selection", reason: str = "") -> str:
        """The plan of a decision, confirmed by the second officer."""
        self.officer.open(f"{self.desk}{page}/")
        self.officer.follow("決定の案を出す")
        self.officer.fill(reason=reason)
        self.officer.press("承認を求める")
        self.approve()
        return self.officer.open(f"{self.desk}{page}/")

    def approve(self) -> None:
        """What waits, by the second officer."""
        waiting = Approval.objects.filter(state="review").latest("pk")
        self.second.open(f"/{self.key}/desk/approvals/{waiting.public_id}/")
        self.second.press("承認する")

    def notify(self, kind: str, work: Callable[[], object]) -> None:
        """Draft, approve and send the notices of a kind."""
        self.officer.open(f"{self.desk}notices/")
        self.officer.page.locator(f'main button[name="kind"][value="{kind}"]').click()
        self.officer.page.wait_for_load_state()
        self.officer.press("承認を求める")
        batch = self.officer.path()
        self.approve()
        self.officer.open(batch)
        self.officer.page.locator("main button", has_text="送る").first.click()
        self.officer.page.wait_for_load_state()
        work()


__all__ = ["Declared", "Road", "clock", "declare_eligibility"]
