"""Whether a text names who asked: the whole name, or the name without the form of the company. Pure."""

import re
import unicodedata

_FORMS = re.compile(
    r"(株式会社|有限会社|合同会社|合資会社|一般社団法人|公益社団法人|一般財団法人|公益財団法人|社会福祉法人|"
    r"特定非営利活動法人|npo法人|学校法人|医療法人|協同組合|共同企業体|\(株\)|\(有\)|㈱|㈲)"
)
_LEAST = 2


def folded(text: str) -> str:
    """Half and full width, case, spaces and points made one."""
    return re.sub(r"[\s・,，.．、。]", "", unicodedata.normalize("NFKC", text)).lower()


def names_found(text: str, names: list[str]) -> list[str]:
    """Those of the names that stand in a text."""
    held = folded(text)
    found = []
    for name in names:
        whole = folded(name)
        core = _FORMS.sub("", whole)
        if any(len(part) >= _LEAST and part in held for part in (whole, core)):
            found.append(name)
    return found
