"""The engine's codes in words for whoever has no place, for programmes that do not run, and for changes by hand."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNMATCHED: dict[str, Promise] = {
    "no_wishes": _("希望が書かれていませんでした。"),
    "no_place_wanted": _("席を希望しないという内容でした。"),
    "not_acceptable": _("希望した出番の、受け入れの条件に合いませんでした。"),
    "all_cancelled": _("希望した出番は、どれも人数が足りず、取りやめになりました。"),
    "no_places": _("希望した出番には、席がありませんでした。"),
    "region_full": _("出番に席はありましたが、地域ぜんたいの上限に達しました。"),
    "reserved": _("優先枠の方が先に決まり、残りの席は順番が前の方でうまりました。"),
    "lottery": _("希望した方が席より多く、公開のくじで決まりました。"),
    "outranked": _("優先の順位が上の方で、席がうまりました。"),
    "no_gain": _("希望した出番との組み合わせに、点がつきませんでした。"),
    "others_worth_more": _("ぜんたいの合計点がいちばん大きくなる組み合わせに、入りませんでした。"),
}
CANCELLED: dict[str, Promise] = {
    "nobody_wished": _("希望した方がいませんでした。"),
    "too_few_wished": _("希望した方が、最少人数に足りませんでした。"),
    "too_few_came": _("希望した方の多くがほかの出番に決まり、最少人数に足りませんでした。"),
    "others_worth_more": _("ほかの出番を開くほうが、ぜんたいの合計点が大きくなりました。"),
}
BY_HAND: dict[str, Promise] = {
    "recorded_wrong": _("希望の書きまちがい・入力まちがい"),
    "not_coming": _("ご本人が来られなくなった"),
    "safety": _("安全・健康のため"),
    "host": _("受け入れる側の都合"),
    "other": _("そのほか"),
}
MANUAL = "by_hand"
"""The reason of somebody whose place was taken by hand; the kind stands in the change."""
