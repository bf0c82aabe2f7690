"""The Word forms of the prospects."""

from yui.base.documents.registry import Form, declare_form
from yui.people.prospects.shipped import TAGS, build_roster, sample

ACTORS = declare_form(Form("actor_roster", "地域アクターの候補者リスト", TAGS, build_roster, sample()))
COORDINATORS = declare_form(
    Form("coordinator_roster", "中間支援コーディネーターの候補者リスト", TAGS, build_roster, sample())
)
