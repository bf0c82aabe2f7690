"""What stands in the five documents, listed by hand beside the definitions: numbered items, figures and dates."""

RING = "①②③④⑤⑥⑦⑧"
KANA = "イロハニホヘ"


def counted(head, count):
    """``8(1)``, ``8(2)`` … for ``8``."""
    return {f"{head}({i})" for i in range(1, count + 1)}


def ringed(head, count):
    """``6(1)①``, ``6(1)②`` …"""
    return {f"{head}{mark}" for mark in RING[:count]}


def lettered(head, count):
    """``8(5)イ``, ``8(5)ロ`` …"""
    return {f"{head}{mark}" for mark in KANA[:count]}


def numbered(last):
    return {str(i) for i in range(1, last + 1)}


def _konan():
    items = {"表紙", "10", "12", "15", "9.(1)①"} | {f"{n}." for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14)}
    for chapter, count in {1: 4, 2: 6, 3: 3, 4: 3, 5: 1, 6: 2, 7: 2, 9: 2}.items():
        items |= counted(f"{chapter}.", count)
    rings = {"2.(4)": 4, "2.(5)": 2, "2.(6)": 3, "3.(1)": 3, "3.(2)": 2, "3.(3)": 2, "4.(1)": 3, "4.(2)": 2, "4.(3)": 2}
    rings |= {"6.(1)": 8, "6.(2)": 6, "8.": 3, "11.": 8, "13.": 4, "14.": 2}
    for head, count in rings.items():
        items |= ringed(head, count)
    return items | {f"4.({i}){mark}" for i in (1, 2, 3) for mark in ("準備", "※")}


def _yamaguchi():
    return numbered(13) | counted("8", 4) | {"8※", "別表1"} | counted("9", 2) | counted("11", 7) | counted("12", 3)


def _unnan():
    items = (numbered(9) | counted("3", 2) | ringed("3(1)", 3) | counted("4", 6) | {"4(4)※"} | counted("5", 4)) - {
        "5(3)"
    }
    return items | ringed("5(3)", 2) | counted("6", 2) | ringed("6(1)", 6) | ringed("6(2)", 3)


def _kurihara():
    items = {"前文"} | numbered(12) | counted("6", 7) | counted("8", 5) | {"8(2)イ", "8(2)ロ"} | lettered("8(5)", 6)
    items |= counted("9", 4) | lettered("9(4)", 4) | counted("10", 5) | lettered("10(2)", 3) | lettered("10(3)", 3)
    items |= {f"10(2)イ({mark})" for mark in KANA[:3]} | {f"10(2)ロ({mark})" for mark in KANA}
    items |= lettered("10(5)", 2) | counted("11", 8) | counted("12", 13) | counted("別表1", 5) | {"別表1", "別表1注"}
    items |= (
        {"別紙1 1", "別紙1 2", "別紙1 3"} | counted("別紙1 1", 10) | lettered("別紙1 1(2)", 2) | counted("別紙1 2", 8)
    )
    items |= ringed("別紙1 1(9)", 3) | {"別紙2"} | {f"別紙2 {i}" for i in range(1, 10)} - {"別紙2 2"}
    return items | counted("別紙2 2", 2) | counted("別紙2 7", 3)


def _sanda():
    items = numbered(14) | counted("1", 5) | ringed("1(4)", 2) | counted("5", 6) | ringed("5(1)", 4) | {"5その他(1)"}
    items |= counted("6", 4) | counted("7", 5) | ringed("7(1)", 7) | ringed("7(2)", 4) | counted("9", 6)
    items |= ringed("9(1)", 4) | ringed("9(2)", 4) | ringed("9(3)", 4) | counted("10", 5) | counted("11", 2)
    items |= {f"11(2)①{mark}" for mark in KANA[:3]} | {"11(2)②", "11(2)③"} | counted("13", 11)
    return items


ITEMS = {"konan": _konan(), "yamaguchi": _yamaguchi(), "unnan": _unnan(), "kurihara": _kurihara(), "sanda": _sanda()}

FIGURES = {
    "konan": """
        令和8年5月 令和8年度 令和8年度より 令和9年度 令和10年度 令和8年度の1年目まで 第三次 第三期 契約日から
        令和9年3月19日 （金） 1年目 2年目 3年目 3年間 2年目・3年目 2年目以降 A4 2,000部程度 1本 毎月1回
        """,
    "yamaguchi": """
        令和6年度 令和7年3月31日 3地域程度以上 10人程度 500千円程度 1回程度 3名程度 A4版 5部 一式 プロプラン×1 Webinars×1
        """,
    "unnan": """
        令和7年7月1日 令和8年3月26日 第3次 令和7年度 令和11年度 1アクション 2025年度増加分 0.26％ 150人 2,000人 300件
        200件 40団体 A4両面
        """,
    "kurihara": """
        3,465,000円 令和6年5月28日（火） 令和6年6月10日（月） 令和6年6月10日（月）午後5時 令和6年6月14日（金）
        令和6年6月14日（金）午後5時 令和6年6月20日（木） 令和6年6月20日（木）午後5時 令和6年6月26日（水） 令和6年7月上旬
        令和6年7月中旬 令和7年3月14日（金） 昭和22年政令第16号 第167条の4 平成9年11月1日 平成20年11月1日 昭和23年法律第194号
        第3条 昭和26年法律第126号 第2条 各1部 5部 様式第1号 様式第2号 様式第3号 様式第4号 A4版 20ページ以内 11ポイント以上
        3ヶ月以内 直近1年 100点満点 30点 60点 10点 60点以上 過半数 1者 明治29年法律第89号 第90条 第93条 第94条 第95条
        100分の10以上 第98条 平成11年宮城県条例第10号 10%以内 2,000,000円 11,800円 9,000円 8,000円 7,000円 10年以上
        10年未満 1時間に切り上げ 30分単位 2分の1 150kmを超え 300km未満 300km以上 2割増し 5割増し
        """,
    "sanda": """
        第3次 第106条の4第1項 第2項第2号 8050問題 令和11年3月31日 令和7年8月中旬 41,640,000円 6,980,000円 10,860,000円
        11,900,000円 令和7年度 令和8年度 令和9年度 令和10年度 令和7年5月28日（水） 令和7年6月3日（火） 令和7年6月3日（火）16時45分
        令和7年6月6日（金） 令和7年6月6日（金）17時 令和7年6月12日（木） 令和7年6月12日（木）16時00分 令和7年6月18日（水）
        令和7年7月8日（火） 令和7年7月8日（火）16時00分 令和7年7月11日（金） 令和7年7月18日（金） その3の3 最新1年分
        昭和22年政令第16号 第167条の4 平成14年法律第154号 平成11年法律第225号 平成24年条例第9号 第2条第3号 10年以内
        平成27年4月1日 令和7年3月31日 様式1 様式2-1 様式2-2 様式3 様式4 様式5 様式6 様式7 様式8-1〜8-2 様式9 各1部
        9時から16時30分 最終日のみ16時 7日以内 10日以内 5者以上 5者程度 5者を超えて 各10部 正本1部 副本9部 1部 10ポイント以上
        10枚まで 2枚分 1枚 3人以内 説明30分 質疑応答30分 15点 5点 45点 10点 6割以上 1者 1案 100分の10以上 100分の3以上
        """,
}
FIGURES = {town: figures.split() for town, figures in FIGURES.items()}
