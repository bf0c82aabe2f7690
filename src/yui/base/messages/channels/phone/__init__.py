"""A telephone call that staff make: the row holds what to say; it counts as sent when they have called."""

from yui.base.messages.models import Message


class Phone:
    """Waits in the outbox until staff have called."""

    key = "phone"
    label = "電話"
    by_itself = False

    def address_fault(self, address: str) -> str:
        """A call needs a number."""
        return "" if address.strip() else "電話番号がありません。"

    def deliver(self, message: Message) -> None:
        """Nothing to hand over: calling is done by people."""


CHANNEL = Phone()
