"""A figure of the matching engine beside what it must reach and what it aims at."""

from collections.abc import Callable
from dataclasses import dataclass

Row = tuple[str, ...]
HEAD = ("job", "against", "measured", "figure", "must", "aim", "reached")


@dataclass(frozen=True)
class Figure:
    """``value`` in ``unit``; ``most``: whether must and aim are upper bounds. ``None``: not measured, ``measured`` says why."""

    job: str
    against: str
    measured: str
    value: float | None
    must: float
    aim: float
    unit: str
    most: bool = False

    def row(self) -> Row:
        """One line of the table."""
        told = "—" if self.value is None else self._told(self.value)
        sign = "≤ " if self.most else "≥ "
        bounds = (sign + self._told(self.must), sign + self._told(self.aim))
        return self.job, self.against, self.measured, told, *bounds, self._reached()

    def _told(self, value: float) -> str:
        shown = f"{value:,.0f}" if value >= 100 and self.unit != "%" else f"{value:.3g}"
        return f"{shown} {self.unit}".strip()

    def _reached(self) -> str:
        if self.value is None:
            return "not measured"
        good = [self.value <= bound if self.most else self.value >= bound for bound in (self.aim, self.must)]
        return "aim" if good[0] else "must" if good[1] else "no"


def table(title: str, figures: Callable[[], list[Figure]]) -> Callable[[], tuple[str, Row, list[Row]]]:
    """A subject of the benchmarks made of figures."""
    return lambda: (title, HEAD, [figure.row() for figure in figures()])
