"""An import: uploaded → mapped → previewed → running → imported → undone. Imports no model and no view."""

from yui.engine.states import State, StateTable

UPLOADED, MAPPED, PREVIEWED, RUNNING, IMPORTED, UNDONE, DROPPED = (
    "uploaded", "mapped", "previewed", "running", "imported", "undone", "dropped",
)  # fmt: skip
OFFICE = "officer"
IMPORT_STATES = StateTable(
    "import",
    (
        State(UPLOADED, OFFICE, "列をえらぶ", "準備中"),
        State(MAPPED, OFFICE, "たしかめる", "準備中"),
        State(PREVIEWED, OFFICE, "取り込む前", "準備中"),
        State(RUNNING, OFFICE, "取り込み中", "準備中"),
        State(IMPORTED, OFFICE, "取り込んだ", "済み"),
        State(UNDONE, OFFICE, "元に戻した", "済み"),
        State(DROPPED, OFFICE, "やめた", "済み"),
    ),
    {
        UPLOADED: {MAPPED, DROPPED},
        MAPPED: {UPLOADED, PREVIEWED, DROPPED},
        PREVIEWED: {UPLOADED, MAPPED, RUNNING, DROPPED},
        RUNNING: {PREVIEWED, IMPORTED},
        IMPORTED: {UNDONE},
    },
)
OPEN = frozenset({UPLOADED, MAPPED, PREVIEWED})
"""Nothing has been written yet: everything may be chosen anew, another file taken, or it is dropped."""
