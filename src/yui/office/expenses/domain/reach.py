"""Who may touch a commission's money: the permission, and for a contractor only the commission of their engagement."""

from typing import Any

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import may, require
from yui.office.commissions.models import Commission
from yui.office.expenses.queries import may_with


def require_with(actor: Actor, permission: Permission, commission: Commission, thing: Any = None) -> None:
    """Raise ``Refused`` unless the permission is held and reaches this commission."""
    require(actor, permission, thing or commission)
    if not may_with(actor, permission, commission, clock.today()):
        raise Refused("受託している業務の経費だけを扱えます。", str(permission))


def may_ask(actor: Actor, commission: Commission) -> Permission | None:
    """With which permission somebody asks for a statement or a binder: who settles, or who writes; else ``None``."""
    for permission in (Permission.EXPENSE_SETTLE, Permission.EXPENSE_WRITE):
        if may(actor, permission, commission) and may_with(actor, permission, commission, clock.today()):
            return permission
    return None


def require_asker(actor: Actor, commission: Commission) -> Permission:
    """The permission of ``may_ask``; ``Refused`` where there is none."""
    held = may_ask(actor, commission)
    if held is None:
        raise Refused("この操作は、あなたの役割ではできません。", str(Permission.EXPENSE_SETTLE))
    return held
