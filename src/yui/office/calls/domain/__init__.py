"""What can be done with a call: every change of it is a verb here."""

from yui.office.calls.domain.announcing import announce_call, draft_call

__all__ = ["announce_call", "draft_call"]
