"""What can be done with an import."""

from yui.base.exchange.domain.choosing import choose_columns, choose_policy, choose_table, look_through
from yui.base.exchange.domain.intake import drop_import, replace_file, start_import
from yui.base.exchange.domain.leaving import faults_file, rest_file
from yui.base.exchange.domain.running import ask_for_import, give_back, run_import
from yui.base.exchange.domain.undoing import undo_import

__all__ = [
    "ask_for_import",
    "choose_columns",
    "choose_policy",
    "choose_table",
    "drop_import",
    "faults_file",
    "give_back",
    "look_through",
    "replace_file",
    "rest_file",
    "run_import",
    "start_import",
    "undo_import",
]
