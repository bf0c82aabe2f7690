"""An invented list of 2,000 people as an office keeps it, with 40 faults of 12 kinds, and the same list mended."""

from collections.abc import Callable

ROWS = 2000
HEADER = (
    "会員番号", "氏名", "ふりがな", "生年月日", "電話番号", "メールアドレス", "郵便番号", "住所", "分野", "やりたいこと", "同意日",
    "申込日",
)  # fmt: skip
FAMILIES = ("見本", "例示", "架空", "試案", "仮名", "髙﨑")
FAMILY_KANA = ("みほん", "れいじ", "かくう", "しあん", "かな", "たかさき")
GIVEN = ("太郎", "花子", "健一", "みのり", "実", "結")
GIVEN_KANA = ("たろう", "はなこ", "けんいち", "みのり", "みのる", "ゆい")
THEMES = ("福祉", "防災", "産業、観光・交流", "農", "")
WISHES = ("送迎を手伝いたい", "子どもと本を読みたい", "①畑の手伝い", "㈱見本の経験を生かしたい")
FAULTS: tuple[tuple[str, int, Callable[[list[str]], str]], ...] = (
    ("電話の先頭の 0 がない", 4, lambda row: row[4][1:]),
    ("電話のけた", 4, lambda row: row[4][:-2]),
    ("敬称", 1, lambda row: f"{row[1]}様"),
    ("書けなかった字", 1, lambda row: row[1].replace(" ", "?")),
    ("名前がない", 1, lambda row: ""),
    ("よみがかなでない", 2, lambda row: "mihon"),
    ("ない日", 3, lambda row: "R8.2.30"),
    ("日付の番号", 3, lambda row: "20000"),
    ("これからの日", 11, lambda row: "R30.4.1"),
    ("メールの形", 5, lambda row: row[5].replace("@", "＠")),
    ("えらべない言葉", 8, lambda row: "防さい"),
    ("同意の日がない", 10, lambda row: "○"),
)
"""Kind, column, and what stands there instead of the right value."""
EACH = (4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3)
"""How often each kind stands: 40 in all."""


def right_rows() -> list[list[str]]:
    """The list without a fault."""
    rows = []
    for n in range(ROWS):
        family, given = n % 6, n // 6 % 6
        rows.append([
            f"K-{n + 1:05d}", f"{FAMILIES[family]} {GIVEN[given]}", f"{FAMILY_KANA[family]} {GIVEN_KANA[given]}",
            f"S{30 + n % 30}.{n % 12 + 1}.{n % 28 + 1}", f"090-0000-{n:04d}", f"mihon{n}@example.jp" if n % 3 == 0 else "",
            f"520-{n:04d}", f"見本町{n % 30 + 1}-{n % 9 + 1}", THEMES[n % 5], WISHES[n % 4],
            f"R8.{n % 6 + 4}.1" if n % 2 else "未確認", f"2026/{n % 6 + 4}/1",
        ])  # fmt: skip
    return rows


def faulty_rows() -> list[list[str]]:
    """The list with the 40 faults, one a row, spread over it."""
    rows = right_rows()
    at = 0
    for (_, column, spoilt), times in zip(FAULTS, EACH, strict=True):
        for _ in range(times):
            row = rows[at * 49 + 3]
            if column == 5:
                row[5] = f"mihon{at}@example.jp"
            row[column] = spoilt(row)
            at += 1
    return rows


def as_cp932(rows: list[list[str]]) -> bytes:
    """As the office's spreadsheet saves it: CP932, CRLF, a title above the headings."""
    lines = [["令和8年度　人材バンク登録者名簿"], [], list(HEADER), *rows]
    return "\r\n".join(",".join(line) for line in lines).encode("cp932") + b"\r\n"
