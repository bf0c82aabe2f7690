"""An invented list of last year, read and looked through, with what an office's list has: so that the preview can be seen."""

from yui.base.access.actor import actor_for
from yui.base.exchange import domain
from yui.site.demo.people import Town

HEADER = (
    "会員番号",
    "氏名",
    "ふりがな",
    "生年月日",
    "電話番号",
    "メールアドレス",
    "住所",
    "分野",
    "やりたいこと",
    "同意日",
    "申込日",
)
ROWS = (
    ("H-001", "見本 次郎", "みほん じろう", "S31.5.2", "0748-00-0101", "", "見本町1-1", "福祉", "送迎", "R7.6.1", "R7.6.1"),
    ("H-002", "例示 良子", "れいじ りょうこ", "S40.11.3", "748000102", "", "見本町2", "防災", "", "○", "R7.6.3"),
    ("H-003", "架空 進様", "かくう すすむ", "1972/2/30", "090-0000-0103", "", "見本町3", "農", "畑", "", "R7.7.1"),
    ("H-004", "髙﨑 ①恵", "たかさき めぐみ", "27500", "０７４８－００－０１０４", "", "見本町4", "観光", "", "R7.7.9", "R7.7.9"),
    ("H-005", "ルイス・エゼンプロ", "", "1988/8/8", "090-0000-0105", "luis＠example.jp", "", "国際", "通訳", "R7.8.1", "R7.8.1"),
    ("H-006", "試案 健", "shian ken", "S55.1.1", "0748-00-01", "", "見本町6", "福祉、防さい", "", "未確認", "R7.8.2"),
    ("H-006", "仮名 咲", "かな さき", "H9.4.4", "090-0000-0107", "saki@example.jp", "", "", "写真", "R7.9.1", "R7.9.1"),
    ("H-008", "標本 ?子", "", "", "", "", "見本町8", "", "", "", ""),
)  # fmt: skip


def build_list(town: Town) -> None:
    """One import that waits for somebody to look at its faults. Nobody is added."""
    lines = [("令和7年度　見本市人材バンク名簿",), (), HEADER, *ROWS]
    data = "\r\n".join(",".join(line) for line in lines).encode("cp932")
    actor = actor_for(town.accounts["coordinator"], town.authority)
    batch = domain.start_import(actor=actor, kind="people", upload=data, name="r7-meibo.csv")
    columns = {int(position): key for position, key in batch.columns.items()}
    batch = domain.choose_columns(actor=actor, batch=batch, columns=columns)
    domain.look_through(actor=actor, batch=batch)
