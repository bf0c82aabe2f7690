"""What can go wrong when somebody wants something. One family, one middleware that answers."""

from django.utils.translation import gettext as _


class DomainError(Exception):
    """A refusal with a sentence for the person who asked. ``status`` is the answer of the web."""

    status = 400

    def __init__(self, sentence: str = "", code: str = "") -> None:
        super().__init__(sentence or code)
        self.sentence = sentence
        self.code = code or type(self).__name__


class Refused(DomainError):
    """The actor may not."""

    status = 403


class NotPossible(DomainError):
    """The state of the thing, a limit or a rule does not allow it now."""

    status = 409


class Stale(DomainError):
    """Somebody saved in between. ``theirs`` and ``mine`` hold both texts, field by field, to be shown."""

    status = 409

    def __init__(self, theirs: dict[str, object], mine: dict[str, object]) -> None:
        super().__init__(_("ほかの人が先に書きかえました。ふたつを見くらべて、もう一度保存してください。"), "stale")
        self.theirs = theirs
        self.mine = mine


class Gone(DomainError):
    """A link that has expired or was used, a thing that was closed."""

    status = 410
