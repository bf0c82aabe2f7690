"""Whether as many were handed in as were asked for, where 程度 is a margin in percent. Pure: no Django, whole numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """From how many to how many is read as what was asked for. ``most`` None: more is never too many."""

    least: int
    most: int | None

    def judge(self, handed_in: int) -> str:
        """fits, too_few or too_many."""
        if handed_in < self.least:
            return "too_few"
        return "too_many" if self.most is not None and handed_in > self.most else "fits"


def range_of(count: int, about_percent: int | None) -> Range:
    """About 2,000 at 10 %: 1,800 to 2,200; an odd margin is read narrowly. Without 程度: the count or more."""
    if about_percent is None:
        return Range(count, None)
    part = count * about_percent
    return Range(count - part // 100, count + part // 100)
