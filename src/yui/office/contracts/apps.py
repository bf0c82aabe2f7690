"""Django application of office/contracts."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Contracts with their deposit, subcontracts and named staff."""

    name = "yui.office.contracts"
    label = "contracts"

    def ready(self) -> None:
        """Hear of what is decided about contracts, amendments, subcontracts and changes of staff."""
        from yui.office.contracts import domain  # noqa: F401 — registers for its kinds; apps must be loaded first
