"""Words for what is a code: forms of applicants, ways in, verdicts, findings. Residents' words are translated."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

FORMS = (
    ("corporation", lazy("法人（会社、社団・財団法人、NPO法人など）")),
    ("unincorporated", lazy("法人でない団体（実行委員会、任意団体など）")),
    ("individual", lazy("個人の事業者")),
)
CHANNELS = {"hand": "持参", "mail": "郵送（書留など）", "email": "電子メール", "phone": "電話", "web": "この画面から"}
VERDICTS = {
    "": "受け付けた",
    "late": "期限のあとに届いた",
    "counter_closed": "受付時間の外に届いた",
    "channel_not_allowed": "受け付けない方法で届いた",
    "no_replacement": "差し替えを受け付けない",
}
PROPOSAL_STATES = {
    "draft": ("準備中", "info"),
    "received": ("受け付けた", "ok"),
    "replaced": ("差し替えられた", ""),
    "refused": ("受け付けなかった", "warn"),
}
RESULTS = {"ok": ("満たす", "ok"), "not_ok": ("満たさない", "danger"), "pending": ("まだ", "")}
SYSTEM = {
    "late": "期限・受付時間",
    "over_cap": "上限額",
    "two_proposals": "2つ以上の提案",
    "missing_paper": "書類の不足",
    "not_eligible": "資格",
}


def finding_words(finding: dict[str, Any]) -> str:
    """One finding as a sentence, in the language of the page."""
    values = {key: value for key, value in finding.items() if key not in ("code", "pages")}
    values["pages"] = _pages(finding.get("pages", []))
    return _SENTENCES[finding["code"]]() % values


def _pages(numbers: list[int]) -> str:
    shown = "、".join(str(one) for one in numbers[:8])
    return f"{shown}…" if len(numbers) > 8 else shown


_SENTENCES = {
    "too_old": lambda: _("発行から%(months)sか月を過ぎています。"),
    "too_few_copies": lambda: _("部数が足りません（%(copies)s部。求める部数は%(asked)s部）。"),
    "not_pdf": lambda: _("PDFではないので、ページ数と文字の大きさを確かめられません。"),
    "not_readable": lambda: _("このPDFは開けないので、ページ数と文字の大きさを確かめられません。"),
    "no_text": lambda: _("文字が画像になっているので、文字の大きさを確かめられません。"),
    "too_many_pages": lambda: _("%(counted)sページあります。上限は%(limit)sページです（表紙・目次を除く）。"),
    "sheet": lambda: _("紙の大きさが%(sheet)sでないページがあります：%(pages)sページ"),
    "small_letters": lambda: _(
        "%(least)sポイントより小さい文字があります（いちばん小さい文字は%(smallest)sポイント）：%(pages)sページ"
    ),
    "small_letters_in_principle": lambda: _(
        "原則の%(least)sポイントより小さい文字があります（いちばん小さい文字は%(smallest)sポイント）：%(pages)sページ"
    ),
    "no_page_number": lambda: _("ページ番号が見つからないページがあります：%(pages)sページ"),
}
