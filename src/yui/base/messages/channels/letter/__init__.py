"""A letter: the row itself is the letter. Staff print it on A4; then it counts as sent."""

from yui.base.messages.models import Message


class Letter:
    """Waits in the outbox until staff have printed it."""

    key = "letter"
    label = "手紙"
    by_itself = False

    def address_fault(self, address: str) -> str:
        """A letter needs somewhere to go."""
        return "" if address.strip() else "住所がありません。"

    def deliver(self, message: Message) -> None:
        """Nothing to hand over: printing is done by people."""


CHANNEL = Letter()
