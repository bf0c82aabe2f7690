"""Fields take what people write and answer in plain sentences; the page shows them in the house's order."""

import datetime as dt

import pytest
from django import forms
from django.template import Context
from django.utils import translation

from yui.base import clock
from yui.base.ui.declarations import compiled
from yui.base.ui.fields import JapaneseDateField, KanaField, NameField, PhoneField, PostalField


class EveryKind(forms.Form):
    name = NameField(label="お名前")
    phone = PhoneField(label="電話番号")
    day = JapaneseDateField(label="日にち", required=False)
    theme = forms.MultipleChoiceField(
        label="分野", choices=[("nou", "農"), ("bosai", "防災")], widget=forms.CheckboxSelectMultiple
    )
    way = forms.ChoiceField(label="方法", choices=[("p", "電話"), ("m", "メール")], widget=forms.RadioSelect)
    district = forms.ChoiceField(label="地区", choices=[("", "えらんでください"), ("a", "見本学区")])
    agreed = forms.BooleanField(label="同意します")
    secret = forms.CharField(widget=forms.HiddenInput, initial="kept")


def drawn(text: str, **context: object) -> str:
    return compiled(text).render(Context(context))


@pytest.mark.parametrize(
    "written",
    [
        "R8.11.20",
        "r8/11/20",
        "令和8年11月20日",
        "令和８年１１月２０日（金）",
        "2026/11/20",
        "2026-11-20",
        "２０２６．１１．２０",
        "20261120",
    ],
)
def test_a_day_is_understood_as_people_write_it(written: str) -> None:
    assert JapaneseDateField().clean(written) == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("らいしゅう", "「らいしゅう」は日付として読めません。例：令和8年11月20日、R8.11.20、2026/11/20"),
        ("11/20", "年も入れてください。例：令和8年11月27日、2026/11/27"),
        ("令和8年2月30日", "2026年2月に30日はありません。28日までです。"),
        ("平成31年5月1日", "その日は平成ではありません（平成は平成元年1月8日から平成31年4月30日まで）。"),
    ],
)
def test_an_unclear_day_gets_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as caught:
        JapaneseDateField().clean(written)
    assert caught.value.messages == [sentence]


def test_an_unclear_day_gets_a_sentence_in_the_language_of_the_reader() -> None:
    with translation.override("pt-br"), pytest.raises(forms.ValidationError, match="Não existe o mês 13"):
        JapaneseDateField().clean("2026/13/1")


def test_a_promise_may_leave_out_the_year() -> None:
    soon = clock.today() + dt.timedelta(days=3)
    assert JapaneseDateField(relative=True).clean(f"{soon.month}/{soon.day}") == soon


def test_a_day_is_shown_in_words_and_a_typed_one_as_typed() -> None:
    class OneDay(forms.Form):
        day = JapaneseDateField()

    assert 'value="令和8年11月20日"' in str(OneDay(initial={"day": dt.date(2026, 11, 20)})["day"])
    assert 'value="きのう"' in str(OneDay({"day": "きのう"})["day"])


def test_a_name_keeps_its_spelling() -> None:
    assert NameField().clean("𠮷野 ﾀﾛｳ") == "𠮷野 ﾀﾛｳ"
    assert NameField().clean("Nguye\u0302\u0303n") == "Nguyễn"
    with pytest.raises(forms.ValidationError, match="100文字まで"):
        NameField().clean("あ" * 101)


@pytest.mark.parametrize("written", ["みほん　たろう", "ミホン タロウ", "ﾐﾎﾝ ﾀﾛｳ"])
def test_a_reading_becomes_katakana(written: str) -> None:
    assert KanaField().clean(written) == "ミホン タロウ"


def test_half_width_marks_are_joined_and_a_foreigner_may_leave_the_reading() -> None:
    assert KanaField().clean("ｶﾞﾌﾞﾘｴﾗ・ｴｾﾞﾝﾌﾟﾗ") == "ガブリエラ・エゼンプラ"
    assert KanaField().clean("") == ""
    with pytest.raises(forms.ValidationError, match="ひらがなかカタカナ"):
        KanaField().clean("見本")


@pytest.mark.parametrize(
    "written", ["0748-00-0000", "０７４８ー００ー００００", "0748000000", "(0748) 00 0000", "+81 748-00-0000"]
)
def test_a_telephone_number_is_kept_as_digits(written: str) -> None:
    assert PhoneField().clean(written) == "0748000000"


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("0748-00-00", "けたが足りないようです。10けたか11けたの数字で書いてください。"),
        ("0748-00-0000-99", "けたが多いようです。10けたか11けたの数字で書いてください。"),
        ("でんわなし", "電話番号は数字で書いてください。"),
        ("1748000000", "電話番号は 0 から書いてください。"),
    ],
)
def test_an_unclear_telephone_number_gets_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as caught:
        PhoneField().clean(written)
    assert caught.value.messages == [sentence]


def test_a_postal_code_gets_its_hyphen() -> None:
    assert PostalField().clean("〒５２０００００") == "520-0000"


def test_a_field_stands_in_the_order_label_mark_support_control_error() -> None:
    page = drawn('<c-field :field="form.phone" />', form=EveryKind({"phone": "0748"}))
    order = [
        '<label class="yui-label" for="id_phone">電話番号',
        "※必須",
        'id="id_phone-s"',
        'type="tel"',
        'value="0748"',
        'aria-describedby="id_phone-s id_phone-e"',
        'id="id_phone-e"',
        "けたが足りないようです。",
    ]
    places = [page.find(part) for part in order]
    assert -1 not in places
    assert places[:4] == sorted(places[:4])
    assert page.find('aria-invalid="true"') != -1


def test_picks_stand_in_a_fieldset_and_the_hidden_field_is_there() -> None:
    page = drawn('<c-form-fields :form="form" />', form=EveryKind())
    assert page.count("<fieldset") == 2
    assert page.count("書かなくても進めます") == 1
    assert page.count("※必須") == 6
    assert 'name="secret" value="kept"' in page


def test_the_summary_leads_to_each_field_in_our_voice() -> None:
    page = drawn('<c-errors :form="form" />', form=EveryKind({"secret": "kept"}))
    assert 'role="alert"' in page
    assert "6か所、直してください" in page
    assert '<a href="#id_theme_0">分野：1つ以上えらんでください。</a>' in page
    assert '<a href="#id_way_0">方法：1つえらんでください。</a>' in page
    assert '<a href="#id_district">地区：この中からえらんでください。</a>' in page
    assert '<a href="#id_agreed">同意します：しるしをつけてください。</a>' in page
    assert "このフィールド" not in page


def test_a_form_without_errors_has_no_summary() -> None:
    assert drawn('<c-errors :form="form" />', form=EveryKind()).strip() == ""


def test_a_sentence_of_the_form_itself_is_left_alone() -> None:
    class Own(forms.Form):
        word = forms.CharField(error_messages={"required": "合言葉を書いてください。"}, max_length=3)

    assert "合言葉を書いてください。" in drawn('<c-errors :form="form" />', form=Own({}))
    assert "3文字までで書いてください。" in drawn('<c-errors :form="form" />', form=Own({"word": "あいうえお"}))


def test_typed_words_and_choices_of_others_are_escaped() -> None:
    class Hostile(forms.Form):
        word = forms.CharField(label="<i>", help_text="<b>", max_length=3)
        pick = forms.ChoiceField(label="p", choices=[("<u>", "<u>")], widget=forms.RadioSelect)

    page = drawn(
        '<c-form-fields :form="form" /><c-errors :form="form" />', form=Hostile({"word": '"><s>', "pick": "<s>"})
    )
    assert [tag for tag in ("<i>", "<b>", "<u>", "<s>") if tag in page] == []
    assert "&amp;lt;" not in page


@pytest.mark.parametrize(("typed", "meant"), [("11/18", dt.date(2026, 11, 18)), ("11/25", dt.date(2025, 11, 25))])
def test_a_day_without_a_year_in_the_past_is_the_last_such_day(settings, typed, meant):
    settings.YUI_TODAY = "2026-11-20"
    assert JapaneseDateField(past=True).clean(typed) == meant


def test_no_word_stands_in_a_box_that_is_to_be_filled() -> None:
    form = EveryKind()
    form.fields["name"].widget.attrs["placeholder"] = "お名前"
    assert "placeholder" not in drawn('<c-field :field="form.name" />', form=form)
