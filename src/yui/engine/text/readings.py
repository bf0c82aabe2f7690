"""How the kanji of a name may be read, also wrongly: 長谷川 → はせがわ, ながたにがわ. For finding, never for filling in.

Blocks are tried before single kanji. Readings are common ones of family and given names (人名 readings in general use);
a kanji that is not in the table gives no reading for the whole name, so nothing is guessed.
"""

from itertools import product

from yui.engine.text.fold import fold, loosen

_TABLE = """
長谷=はせ,ながたに,ながや 長谷川=はせがわ,ながたにがわ 服部=はっとり 五十嵐=いがらし 東海林=しょうじ,とうかいりん 大和=やまと,おおわ
渡辺=わたなべ 渡部=わたなべ,わたべ 日下部=くさかべ 日下=くさか,ひのした 百瀬=ももせ 一色=いっしき 小鳥遊=たかなし 勅使河原=てしがわら
小豆=あずき 春日=かすが 飛鳥=あすか 伊達=だて,いだて 河内=かわうち,こうち,かわち 木暮=こぐれ 小暮=こぐれ 宍戸=ししど 長曽我部=ちょうそかべ
上=うえ,かみ 下=しも,した 中=なか 東=ひがし,あずま 西=にし 南=みなみ 北=きた 田=た,だ 川=かわ,がわ 河=かわ,こう 山=やま 村=むら
谷=たに,や,がい,や 野=の 原=はら,わら,ばら 島=しま 崎=さき,ざき 本=もと 木=き,ぎ 井=い 口=くち,ぐち 沢=さわ,ざわ 橋=はし,ばし
林=はやし 森=もり 石=いし 岡=おか 丘=おか 松=まつ 竹=たけ 梅=うめ 桜=さくら 藤=ふじ,とう,どう 佐=さ 伊=い 加=か 近=こん,ちか
斎=さい 高=たか 大=おお,だい 小=お,こ 新=しん,にい,あら 古=ふる,こ 角=かく,つの,すみ 羽=は,はね,わ 神=かみ,かん,じん 菅=すが,かん
河野=こうの,かわの 小野=おの 熊=くま 熊谷=くまがい,くまがや,くまたに 安=やす,あ,あん 伊東=いとう 加東=かとう 安東=あんどう 安藤=あんどう 安部=あべ 阿=あ 阿部=あべ 部=べ
辺=べ,なべ 土=つち,ど 土井=どい 土居=どい 居=い 戸=と,ど 平=ひら,たいら 広=ひろ 久=ひさ,く 久保=くぼ 保=ほ,やす 荒=あら 青=あお
赤=あか 白=しら,しろ 黒=くろ 金=かね,きん,かな 金子=かねこ 銀=ぎん 鈴=すず 星=ほし 月=つき 日=ひ,か 水=みず 清=し,きよ,せい 清水=しみず,きよみず
池=いけ 滝=たき 浜=はま 瀬=せ 津=つ 江=え 関=せき 坂=さか 福=ふく 吉=よし,きち 宮=みや 富=とみ,とん 永=なが 長=なが,おさ
秋=あき 春=はる 夏=なつ 冬=ふゆ 千=ち,せん 百=もも 三=み,さん 二=に,ふた 一=いち,かず 五=ご,いつ 六=ろく 七=なな,しち 八=や,はち
市=いち 屋=や 家=や,か 馬=ま,うま 場=ば 内=うち 間=ま 後=ご,うしろ 前=まえ 細=ほそ 浅=あさ 深=ふか 塚=つか 堀=ほり 柳=やなぎ
柴=しば 栗=くり 桑=くわ 杉=すぎ 桐=きり 相=あい 今=いま 岩=いわ 尾=お 片=かた 鎌=かま 倉=くら 黒=くろ 児玉=こだま 玉=たま 城=しろ,じょう
須=す 関=せき 早=はや 早川=はやかわ 武=たけ 武田=たけだ 丹=たん,に 丹羽=にわ 辻=つじ 寺=てら 都=みやこ,つ 徳=とく 根=ね 畑=はた 服=ふく
花=はな,か 幸=さち,ゆき,こう 裕=ゆう,ひろ 和=かず,わ 恵=めぐみ,けい,え 恵子=けいこ 子=こ 美=み,よし 代=よ,しろ 枝=え 太=た 郎=ろう 次=じ
男=お 夫=お 雄=お,ゆう 明=あき,あきら 正=まさ 昭=あき 洋=よう,ひろし 浩=ひろし,こう 淳=じゅん,あつし 誠=まこと 実=みのる,み 茂=しげる,しげ
健=けん,たけし 健一=けんいち 純=じゅん 真=ま,しん,まこと 由=ゆ,よし 優=ゆう,まさる 香=か,かおり 里=さと,り 理=り 紀=き,のり 典=のり
見=み 例=れい 示=じ 架=か 空=くう,そら 試=し 案=あん 仮=かり 名=な 想=そう 定=さだ,てい 模=も 型=かた
"""
_READINGS = {
    fold(written): tuple(fold(reading) for reading in readings.split(","))
    for written, _, readings in (entry.partition("=") for entry in _TABLE.split())
}
_LONGEST = max(map(len, _READINGS))
MOST = 12


def readings(key: str) -> tuple[str, ...]:
    """Loose keys of at most twelve readings of a folded word, in a fixed order; none when a kanji is unknown."""
    parts = _parts(key)
    if not parts:
        return ()
    made: dict[str, None] = {}
    for block in parts:
        for heard in product(*block):
            made.setdefault(loosen("".join(heard)), None)
            if len(made) == MOST:
                return tuple(made)
    return tuple(made)


def _parts(written: str) -> list[list[tuple[str, ...]]]:
    """The readings of the parts: by the longest blocks, then by single kanji."""
    ways = []
    for longest in (_LONGEST, 1):
        found, rest = [], written
        while rest:
            size = next((n for n in range(min(longest, len(rest)), 0, -1) if rest[:n] in _READINGS), 0)
            if not size:
                break
            found.append(_READINGS[rest[:size]])
            rest = rest[size:]
        if found and not rest and found not in ways:
            ways.append(found)
    return ways
