"""What the comparison shows, as figures with the number of visits behind each. Exact inside, shown once (S1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from auditor.figures import shown
from exports.register.summed import ModuleSum, OutletSum, Summed, mean
from exports.register.visits import Visit

MOST_ROWS = 80
"""Outlets up to which a heat map has a row for each; of more, one for each branch above them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure and how many visits are behind it."""

    figure: Decimal | None
    visits: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """An outlet, or a branch with its outlets; `None` where a section was never looked at."""

    code: str
    name: str
    total: Mark
    cells: tuple[Mark | None, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The sections of one checklist, in percent of their points."""

    title: str
    versions: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    last: HeatRow
    by_parent: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the trend; without visits it has no figure."""

    year: int
    month: int
    mean: Mark
    highest: Decimal | None
    lowest: Decimal | None
    judged: int
    passed: int
    vetoed: int


def heats(summed: Summed) -> list[Heat]:
    """A heat map for each checklist, those with most visits first."""
    counts: dict[str, int] = {}
    for visit in _counted(summed):
        counts[visit.checklist] = counts.get(visit.checklist, 0) + 1
    return [
        heat
        for checklist in sorted(counts, key=lambda one: (-counts[one], one))
        if (heat := _heat(summed, checklist)) is not None
    ]


def _heat(summed: Summed, checklist: str) -> Heat | None:
    modules = [one for one in summed.modules.values() if one.checklist == checklist]
    if not modules:
        return None
    visits = [one for one in _counted(summed) if one.checklist == checklist]
    names = _sections(modules, max(visits, key=lambda one: one.day).version)
    order = [one.outlet for _, one, _ in summed.ranked()]
    by_parent = len(order) > MOST_ROWS and len({one.parent for one in order}) > 1
    groups = {outlet.key: (outlet.parent if by_parent else outlet.key) for outlet in order}
    rows = []
    for group in dict.fromkeys(sorted(groups.values()) if by_parent else groups.values()):
        own = [one for one in visits if groups[one.outlet.key] == group]
        if own:
            inside = [one for one in modules if groups[one.outlet.key] == group]
            named = (
                (str(len({one.outlet.key for one in own})), group)
                if by_parent
                else (own[0].outlet.code, own[0].outlet.name)
            )
            rows.append(_row(*named, own, inside, tuple(names), summed.options.places))
    last = _row("", "", visits, modules, tuple(names), summed.options.places)
    versions = tuple(sorted({one.version for one in visits}))
    return Heat(visits[-1].title, versions, tuple(names.values()), tuple(rows), last, by_parent)


def _sections(modules: Sequence[ModuleSum], latest: str) -> dict[str, str]:
    """Sections by id as the latest version orders and names them, then those that only earlier ones had (S8)."""
    ordered = [one for one in modules if one.version == latest] + [one for one in modules if one.version != latest]
    found: dict[str, str] = {}
    for one in ordered:
        found.setdefault(one.section, one.name)
    return found


def _row(
    code: str, name: str, visits: Sequence[Visit], modules: Iterable[ModuleSum], sections: Sequence[str], places: int
) -> HeatRow:
    ratios: dict[str, list[Fraction]] = {}
    for one in modules:
        ratios.setdefault(one.section, []).extend(one.ratios)
    shares = [one.exact / Fraction(one.scale) for one in visits if one.exact is not None and one.scale]
    cells = tuple(_mark(ratios[section], places, 100) if section in ratios else None for section in sections)
    return HeatRow(code, name, _mark(shares, places, 100), cells)


def _mark(figures: Sequence[Fraction], places: int, times: int = 1) -> Mark:
    average = mean(figures)
    return Mark(None if average is None else shown(average, places, times), len(figures))


def _counted(summed: Summed) -> Iterator[Visit]:
    for one in summed.outlets.values():
        yield from one.scored


def months(summed: Summed) -> list[Month]:
    """Every month from the first visit to the last, those without visits too."""
    by_month: dict[int, list[Visit]] = {}
    for visit in _counted(summed):
        if visit.day:
            at = int(visit.day[:4]) * 12 + int(visit.day[5:7]) - 1
            by_month.setdefault(at, []).append(visit)
    if not by_month:
        return []
    return [_month(at, by_month.get(at, []), summed) for at in range(min(by_month), max(by_month) + 1)]


def _month(at: int, visits: Sequence[Visit], summed: Summed) -> Month:
    exact = [one for one in map(summed.figure, visits) if one is not None]
    figures = [shown(one, summed.options.places) for one in exact]
    verdicts = [one.passed for one in visits if one.passed is not None]
    return Month(
        year=at // 12,
        month=at % 12 + 1,
        mean=_mark(exact, summed.options.places),
        highest=max(figures, default=None),
        lowest=min(figures, default=None),
        judged=len(verdicts),
        passed=sum(verdicts),
        vetoed=sum(one.vetoes > 0 for one in visits),
    )


@dataclass(frozen=True, slots=True)
class Overall:
    """The first page's figures."""

    outlets: int
    visits: int
    mean: Decimal | None
    highest: Decimal | None
    lowest: Decimal | None
    judged: int
    passed: int
    vetoed: int


def overall(ranked: Sequence[tuple[int | None, OutletSum, Fraction | None]], places: int) -> Overall:
    """What the ranking comes to: the mean of outlets, each counted once."""
    exact = [one for _, _, one in ranked if one is not None]
    figures = [shown(one, places) for one in exact]
    visits = [visit for _, one, _ in ranked for visit in one.scored]
    verdicts = [one.passed for one in visits if one.passed is not None]
    return Overall(
        outlets=len(ranked),
        visits=len(visits),
        mean=_mark(exact, places).figure,
        highest=max(figures, default=None),
        lowest=min(figures, default=None),
        judged=len(verdicts),
        passed=sum(verdicts),
        vetoed=sum(one.vetoes > 0 for one in visits),
    )
