"""Kanji written in several forms of one character, folded for search and matching. Never applied to a stored name.

Each row is one class; its first form is the key. Sources: 常用漢字表 (平成22年内閣告示第2号, the 康熙字典体 given in
brackets), 戸籍法施行規則 別表第二 二 (forms allowed for names), and forms common in family names that registers keep
(髙, 﨑, 邉, 濵 …), after the correspondence lists used for 戸籍統一文字. Classes are wide on purpose: 斉 and 斎 are two
characters, yet people mistake one for the other on paper and on the telephone, and a search that finds too much is
repaired by looking.
"""

CLASSES = """
高髙 崎﨑嵜碕 辺邊邉 斉齊斎齋 浜濱濵 沢澤 島嶋嶌 桜櫻 広廣 国國 関關 竜龍 滝瀧 塩鹽 実實 真眞
恵惠 徳德 黒黑 吉𠮷 富冨 峰峯 松枩柗 曽曾 館舘 舗舖 鉄鐵 万萬 与與 栄榮 学學斈 条條 来來 台臺
駅驛 円圓 応應 桧檜 桑桒 柳栁桺 梅楳 静靜 清淸 青靑 緑綠 暁曉 尭堯 遥遙 槙槇 亀龜 鶴靍靏寉
鴎鷗 渋澁澀 渓溪 剣劍劔剱 県縣 権權 薫薰 勲勳勛 弥彌 寿壽 寛寬 穣穰 譲讓 豊豐 宝寶寳 晋晉 船舩
野埜 藪薮 篭籠 蔵藏 蛍螢 覚覺 証證 読讀 検檢 数數 点點 発發 変變 芦蘆 芸藝 荘莊庄 礼禮 祢禰
秋穐龝 稲稻 穂穗 糸絲 経經 総總 縄繩 聡聰 声聲 焼燒 焔焰 栃杤 楽樂 様樣 横橫 歩步 気氣 涙淚
瀬瀨 満滿 為爲 瑶瑤 画畫 当當 畳疊 礪砺 将將 専專 岳嶽 巌巖 巻卷 帯帶 帰歸 恒恆 悦悅 懐懷
戸戶 拝拜 摂攝 会會 伝傳 仏佛 仮假 価價 体體 余餘 児兒 党黨 内內 写寫 凜凛 処處 効效 区區
医醫 参參 双雙 収收 叙敍 営營 囲圍 図圖 団團 圧壓 壌壤 売賣 奥奧 姫姬 嬢孃 対對 尽盡 届屆
属屬 峡峽 巣巢 弐貳 教敎 昼晝 柏栢 讃讚 賛贊 頼賴 麦麥 黄黃 麹麴 土圡 喜㐂 間閒 隣鄰 雑雜
鉱鑛 旧舊 灯燈 炉爐 独獨 献獻 砕碎 穏穩 窓窗 粛肅 続續 繊纖 臓臟 虎乕 衛衞 裏裡 褒襃
訳譯 軽輕 転轉 遅遲 郷鄕 醸釀 釈釋 録錄 鎮鎭 闘鬪 陥陷 随隨 隠隱 霊靈 顕顯 飲飮 駆驅
髪髮 鶏鷄 歳歲 歴歷 毎每 淵渕渊 温溫 湾灣 済濟 滞滯 潜潛 瓶甁 禄祿 練鍊 虚虛 郎郞 増增 戻戾
掲揭 揺搖 捜搜 晩晚 概槪 盗盜 絵繪 縁緣 園薗 昇曻 橋槗
"""

KEYS = {form: row[0] for row in CLASSES.split() for form in row[1:]}
"""Variant → key. Compatibility characters (神 for 神) are joined by NFKC before this table is asked."""
