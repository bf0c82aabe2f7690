"""Django application of office/expenses."""

from django.apps import AppConfig


class ExpensesConfig(AppConfig):
    """Budget, ledger, evidence, statements and the audit binder of a commission."""

    name = "yui.office.expenses"
    label = "expenses"

    def ready(self) -> None:
        """Hear of what is decided about statements."""
        from yui.office.expenses.domain import statements  # noqa: F401 — registers for its kind; apps must be loaded first
