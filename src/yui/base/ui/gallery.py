"""Invented content for the gallery, where every component stands in every variant."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from yui.base.ui import charts
from yui.base.ui.fields import JapaneseDateField, KanaField, NameField, PhoneField, PostalField
from yui.base.ui.icons import ICONS

THEMES = [
    ("fukushi", "福祉"), ("bosai", "防災"), ("sangyo", "産業"), ("kankyo", "環境"), ("kosodate", "子育て"),
    ("kyoiku", "教育"), ("nou", "農"), ("bunka", "文化"), ("kanko", "観光・交流"), ("ijuu", "移住"),
    ("kokusai", "国際"), ("digital", "デジタル"),
]  # fmt: skip
TOWNS = [
    ("konan", "ゆい 湖南", "美し松の緑"), ("yamaguchi", "ゆい 山口", "夏みかん"), ("unnan", "ゆい 雲南", "桜の紅"),
    ("kurihara", "ゆい 栗原", "正藍染の藍"), ("sanda", "ゆい 三田", "青磁"),
]  # fmt: skip
COLOURS = [
    ("paper", "紙"), ("washi-50", "和紙 1"), ("washi-100", "和紙 2"), ("washi-200", "和紙 3"), ("ink-3", "墨 薄"),
    ("ink-2", "墨 中"), ("ink", "墨"), ("accent", "町の色"), ("accent-soft", "町の色 淡"), ("gold", "金"),
    ("ok", "良"), ("info", "知"), ("warn", "注"), ("danger", "危"),
]  # fmt: skip
REASONS = ["「本を読む」を手を貸せることに選んでいます", "土曜の朝に動けます", "活動したい地区が同じです"]
STATES = ["提案", "双方意向確認", "顔合わせ", "協働中", "成果・見送り", "3か月後確認"]


class SampleForm(forms.Form):
    """One field of every kind."""

    name = NameField(label="お名前")
    kana = KanaField(label="よみ")
    phone = PhoneField(label="電話番号")
    postal = PostalField(label="郵便番号", required=False)
    born_on = JapaneseDateField(label="生まれた日", required=False)
    district = forms.ChoiceField(
        label="活動したい地区", choices=[("", "えらんでください"), ("a", "見本学区"), ("b", "架空学区")]
    )
    themes = forms.MultipleChoiceField(
        label="興味のあること",
        choices=THEMES,
        widget=forms.CheckboxSelectMultiple,
        help_text="1つからでかまいません。「見るだけ」の分野も入れてください。",
    )
    times = forms.MultipleChoiceField(
        label="動きやすいとき",
        required=False,
        choices=[("a", "平日の朝"), ("b", "土曜"), ("c", "日曜・祝日")],
        widget=forms.CheckboxSelectMultiple,
    )
    contact = forms.ChoiceField(
        label="連絡してほしい方法",
        choices=[("p", "電話（0748-00-0002）"), ("m", "メール（mihon@example.jp）"), ("l", "手紙")],
        widget=forms.RadioSelect,
        help_text="ここで選んだ方法のほかでは、連絡しません。",
    )
    note = forms.CharField(label="伝えておきたいこと", required=False, widget=forms.Textarea)
    photo = forms.FileField(
        label="写真", required=False, help_text="20メガバイトまで。場所の記録は自動で取りのぞきます。"
    )
    agreed = forms.BooleanField(label="「個人情報のあつかい」を読み、同意します")


def sample_form() -> SampleForm:
    """The form after a failed post: everything typed is kept, each problem has its sentence."""
    typed = {
        "name": "マリア・エゼンプラ・ダ・シルヴァ・フィクチシア",
        "phone": "0748-00-00",
        "born_on": "令和二六年",
        "themes": ["kosodate", "kokusai"],
        "times": ["b"],
        "contact": "p",
    }
    return SampleForm(typed)


def sample_charts() -> dict[str, charts.Chart | str]:
    """One chart of each kind."""
    return {
        "bars": charts.bars(
            title="むすばれた紹介",
            points=[("6月", 6), ("7月", 9), ("8月", 8), ("9月", 12), ("10月", 11), ("11月", 14)],
            unit="件",
            goal=10,
        ),
        "pairs": charts.pairs(
            title="地区のかたより",
            rows=[("見本学区", 31, 29), ("架空学区", 22, 24), ("例示学区", 18, 20), ("仮名学区", 17, 11)],
            names=("登録の割合", "声かけの割合"),
        ),
        "layers": charts.layers(
            title="いま、かかわっている人",
            items=[
                charts.Layer("関心・参加", 186, 22),
                charts.Layer("サポーター", 74, 9),
                charts.Layer("アクター", 31, -3),
                charts.Layer("コーディネーター", 5, 0),
            ],
        ),
        "spark": charts.spark([92, 110, 128, 147, 164, 186]),
    }


def gallery_context(request: HttpRequest) -> dict[str, Any]:
    """Everything the gallery page shows."""
    return {
        "form": sample_form(),
        "charts": sample_charts(),
        "pages": Paginator(range(120), 6).get_page(request.GET.get("page", "2")),
        "themes": THEMES,
        "towns": TOWNS,
        "colours": COLOURS,
        "icons": list(ICONS),
        "reasons": REASONS,
        "states": STATES,
        "three_steps": ["お名前と連絡先", "好きなこと・できること", "同意の確認"],
        "chips": [{"label": "はじめて歓迎", "kind": "accent"}, {"label": "親子で"}],
        "menu": [
            {
                "title": "毎日のこと",
                "items": [
                    {"label": "今日の仕事", "url": "#", "count": 12, "current": True},
                    {"label": "紹介", "url": "#", "count": 7},
                    {"label": "連絡の記録", "url": "#"},
                ],
            },
            {"title": "人と出番", "items": [{"label": "人財", "url": "#"}, {"label": "団体", "url": "#"}]},
        ],
        "score": [
            {"label": "したいこと", "value": 36, "most": 40},
            {"label": "できること", "value": 28, "most": 30},
            {"label": "公平の加点", "value": 4, "most": 10},
        ],
        "stamps": ["課長", "係長", "担当"],
    }
