"""The part ``contracting`` of commission-*.yaml: how work is given on, staff changed, quantities and reminders read.

Pure: no Django. What a document leaves open ships as a default with its note.
"""

from typing import Literal

from yui.base.definitions.schema import Part, Positive, Setting

Subcontracting = Literal["each_approved", "not_in_principle", "listed_in_form"]
StaffChanges = Literal["reported", "consented"]


class Contracting(Part):
    """契約の進め方. ``subcontracts``: how 再委託 is allowed; ``tolerance_percent``: how far a 程度 may differ."""

    subcontracts: Setting[Subcontracting]
    subcontract_form: Setting[str] | None = None
    staff_changes: Setting[StaffChanges]
    tolerance_percent: Setting[Positive]
    soon_days: Setting[Positive]
    late_days: Setting[Positive]
