"""①排名表 and ②分行汇总. Figures come from exact ones in columns beside the printed ones (S1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from openpyxl.utils import get_column_letter

from auditor.figures import shown
from exports.register.earlier import Earlier
from exports.register.short import (
    CENTRE,
    CODE,
    COUNT,
    FIRST_ROW,
    HELPER,
    LAST,
    RATE,
    TEXT,
    Short,
    decimals,
)
from exports.register.summed import OutletSum, Summed, mean, ranks
from exports.register.visits import Visit
from exports.register.wording import Wording

RANKING = (
    "rank code outlet parent type visits this_period last_period change year_change grade veto rank_in_branch"
    " rank_in_type"
).split()
_RANKING_WIDTHS = (6, 13, 30, 22, 12, 8, 10, 10, 9, 9, 10, 10, 9, 9, 2, 12, 12)
BRANCHES = "rank branch outlets visits average highest lowest judged passed pass_rate vetoed".split()
_BRANCH_WIDTHS = (7, 34, 10, 10, 12, 12, 12, 12, 12, 12, 12, 2, 14)
EXACT, LAST_YEAR = "P", "Q"
"""Columns of the ranking beside the printed ones: exact figure, last year's."""
KINDS_FROM = 18
"""From here on, where kinds of check are blended, the exact figure of each, its weight above."""
LIVE = 2000
"""Rows up to which ranks are formulas: each looks at all others."""

Ranked = Sequence[tuple[int | None, OutletSum, Fraction | None]]


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands in a row of the ranking, already decided."""

    rank: int | None
    exact: Fraction | None
    figure: Decimal | None
    last: Decimal | None
    year: Decimal | None
    in_branch: int | None
    in_type: int | None
    kinds: dict[str, Fraction]


def write_ranking(page: Short, summed: Summed, earlier: Mapping[str, Earlier]) -> Ranked:
    """Outlets by their figure; gives the order, which the branches rest on."""
    ranked = summed.ranked()
    blend = page.words.options.blend
    page.headed("ranking", RANKING, (*_RANKING_WIDTHS, *(12 for _ in blend)), page.words.notes(summed))
    page.write(FIRST_ROW - 1, 16, page.words.heading("exact"), HELPER)
    page.write(FIRST_ROW - 1, 17, page.words.heading("last_year"), HELPER)
    for column, (kind, weight) in enumerate(blend, KINDS_FROM):
        page.write(FIRST_ROW - 1, column, page.words.speech.tr(f"common.kind.{kind}"), HELPER)
        page.write(FIRST_ROW - 2, column, weight, HELPER)
    last = FIRST_ROW + len(ranked) - 1
    for row, ((_, one, _), line) in enumerate(
        zip(ranked, _lines(ranked, summed, earlier, page.places), strict=True), FIRST_ROW
    ):
        _outlet(page, row, last, one, line)
    _last_rows(page, last, ranked)
    _check(page, last, ranked)
    page.finished(last + 3)
    return ranked


def _check(page: Short, last: int, ranked: Ranked) -> None:
    """复算差额: what the figures of the sheet come to, against what the program made of them; 0 until weights are
    tried."""
    figures = [shown(exact, page.places) for _, _, exact in ranked if exact is not None]
    if not figures:
        return
    page.write(1, 16, page.words.speech.tr("xlsx.step_difference").replace("\n", " "), HELPER)
    difference = f"ROUND(SUM(G{FIRST_ROW}:G{last})-{sum(figures)},{page.places})"
    page.formula(2, 16, difference, Decimal(0), replace(HELPER, number=decimals(page.places)))


def _lines(ranked: Ranked, summed: Summed, earlier: Mapping[str, Earlier], decimals: int) -> list[_Line]:
    scale = Fraction(summed.scale)
    figures = [None if exact is None else shown(exact, decimals) for _, _, exact in ranked]
    in_branch = _within([one.outlet.parent for _, one, _ in ranked], figures)
    in_type = _within([one.outlet.type for _, one, _ in ranked], figures)
    lines = []
    for place, (rank, one, exact) in enumerate(ranked):
        before = earlier.get(one.outlet.key, Earlier())
        last, year = (None if x is None else shown(x * scale, decimals) for x in (before.last_period, before.last_year))
        within = in_branch[place], in_type[place]
        lines.append(_Line(rank, exact, figures[place], last, year, *within, summed.by_kind(one)))
    return lines


def _within(groups: Sequence[str], figures: Sequence[Decimal | None]) -> list[int | None]:
    """Ranks inside each group; what belongs to none has none."""
    found: list[int | None] = [None] * len(groups)
    members: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        if group:
            members.setdefault(group.lower(), []).append(place)
    for places in members.values():
        for place, rank in zip(places, ranks([figures[one] for one in places]), strict=True):
            found[place] = rank
    return found


def _outlet(page: Short, row: int, last: int, one: OutletSum, line: _Line) -> None:
    figures, live = f"$G${FIRST_ROW}:$G${last}", last - FIRST_ROW < LIVE

    def seen(cell: str, formula: str) -> str:
        """The formula; nothing where other weights leave an outlet without a figure."""
        return f'IF(ISNUMBER({cell}{row}),{formula},"")' if page.words.options.blend else formula

    def rank(column: int, formula: str, value: int | None) -> None:
        if live:
            page.formula(row, column, seen("G", formula), value, COUNT)
        else:
            page.write(row, column, value, COUNT)

    def among(column: str) -> str:
        same = f"${column}${FIRST_ROW}:${column}${last}={column}{row}"
        return f"SUMPRODUCT(({same})*ISNUMBER({figures})*({figures}>G{row}))+1"

    outlet = one.outlet
    rank(1, f"RANK(G{row},{figures})", line.rank)
    for column, value, look in ((2, outlet.code, CODE), (3, outlet.name, TEXT), (4, outlet.parent, TEXT)):
        page.write(row, column, value, look)
    page.write(row, 5, outlet.type, TEXT)
    page.write(row, 6, len(one.scored), COUNT)
    page.formula(row, 7, seen(EXACT, page.rounded(f"{EXACT}{row}")), line.figure, page.figure)
    page.write(row, 8, line.last, page.figure)
    change = line.figure - line.last if line.figure is not None and line.last is not None else None
    page.formula(row, 9, seen("G", f"ROUND(G{row}-H{row},{page.places})"), change, page.change)
    year = line.figure - line.year if line.figure is not None and line.year is not None else None
    page.formula(row, 10, seen("G", f"ROUND(G{row}-{LAST_YEAR}{row},{page.places})"), year, page.change)
    page.write(row, 11, grade_of(one.scored, line.figure), CENTRE)
    page.write(row, 12, veto_of(page.words, one), CENTRE)
    rank(13, among("D"), line.in_branch)
    rank(14, among("E"), line.in_type)
    _exact(page, row, line)
    page.write(row, 17, line.year, HELPER)


def _exact(page: Short, row: int, line: _Line) -> None:
    """The exact figure; of blended kinds a formula over theirs, so that other weights can be tried."""
    exact, blend = None if line.exact is None else float(line.exact), page.words.options.blend
    if not blend:
        page.write(row, 16, exact, HELPER)
        return
    first, last = (get_column_letter(one) for one in (KINDS_FROM, KINDS_FROM + len(blend) - 1))
    for column, (kind, _) in enumerate(blend, KINDS_FROM):
        page.write(row, column, float(line.kinds[kind]) if kind in line.kinds else None, HELPER)
    kinds, weights = f"{first}{row}:{last}{row}", f"${first}${FIRST_ROW - 2}:${last}${FIRST_ROW - 2}"
    counted = f"SUMPRODUCT(ISNUMBER({kinds})*{weights})"
    page.formula(row, 16, f'IF({counted}=0,"",SUMPRODUCT({kinds},{weights})/{counted})', exact, HELPER)


def grade_of(visits: Sequence[Visit], figure: Decimal | None) -> str:
    """The grade of a single visit as it was given; of several the one their mean reaches, if one scale of grades
    holds for all (S7: decided on the shown figure); else none is said."""
    if len(visits) == 1:
        return visits[0].grade
    tables = {(one.grades, one.scale, one.checklist) for one in visits}
    if len(tables) != 1 or figure is None:
        return ""
    return next((title for least, title in visits[0].grades if figure >= least), "")


def veto_of(words: Wording, one: OutletSum) -> str:
    """否, 是, or 是（2 次）."""
    if not one.vetoes:
        return words.speech.tr("common.no")
    yes = words.speech.tr("common.yes")
    return yes if len(one.visits) == 1 else words.say("vetoed", yes=yes, n=one.vetoes)


def rate(part: int, whole: int) -> str:
    """`98.60%`, or nothing of none."""
    return f"{shown(Fraction(part, whole), 2, 100)}%" if whole else ""


def signed(change: Decimal) -> str:
    """`+1.20`, `−0.80`, `0.00`."""
    return f"+{change}" if change > 0 else f"{change}".replace("-", "−")


def _last_rows(page: Short, last: int, ranked: Ranked) -> None:
    row, bold = last + 1, replace(page.figure, **LAST)  # type: ignore[arg-type]
    page.last_rows(row, ("average", "highest", "lowest"))
    exact = [one for _, _, one in ranked if one is not None]
    average = mean(exact)
    visits = sum(len(one.scored) for _, one, _ in ranked)
    count = replace(COUNT, **LAST)  # type: ignore[arg-type]
    page.formula(row, 6, f"SUM(F{FIRST_ROW}:F{last})", visits, count)
    if average is None:
        return
    shown_ones = [shown(one, page.places) for one in exact]
    cells = f"{EXACT}{FIRST_ROW}:{EXACT}{last}"
    page.formula(row, 7, page.rounded(f"AVERAGE({cells})"), shown(average, page.places), bold)
    page.formula(row + 1, 7, f"MAX(G{FIRST_ROW}:G{last})", max(shown_ones), bold)
    page.formula(row + 2, 7, f"MIN(G{FIRST_ROW}:G{last})", min(shown_ones), bold)


def write_branches(page: Short, ranked: Ranked) -> None:
    """Each branch by the mean of its outlets: every outlet counts once, as in the ranking."""
    groups: dict[str, list[tuple[OutletSum, Fraction | None]]] = {}
    for _, one, exact in ranked:
        groups.setdefault(one.outlet.parent, []).append((one, exact))
    means = {name: mean([x for _, x in members if x is not None]) for name, members in groups.items()}
    figures = {name: None if x is None else shown(x, page.places) for name, x in means.items()}
    places = dict(zip(figures, ranks(list(figures.values())), strict=True))
    order = sorted(groups)
    if page.words.options.order == "rank":
        order.sort(key=lambda name: (places[name] is None, places[name] or 0))
    page.headed("branches", BRANCHES, _BRANCH_WIDTHS, [page.words.say("note.branches")])
    page.write(FIRST_ROW - 1, 13, page.words.heading("exact"), HELPER)
    last = FIRST_ROW + len(order) - 1
    for row, name in enumerate(order, FIRST_ROW):
        page.formula(row, 1, f"RANK(E{row},$E${FIRST_ROW}:$E${last})", places[name], COUNT)
        page.write(row, 2, name or page.words.say("no_branch"), TEXT)
        _branch(page, row, groups[name], means[name])
    _branch_last_rows(page, last, ranked)
    page.finished(last + 4)


def _branch(
    page: Short, row: int, members: Sequence[tuple[OutletSum, Fraction | None]], exact: Fraction | None
) -> None:
    figures = [shown(x, page.places) for _, x in members if x is not None]
    page.write(row, 3, len(members), COUNT)
    page.write(row, 4, sum(len(one.scored) for one, _ in members), COUNT)
    page.formula(row, 5, page.rounded(f"M{row}"), None if exact is None else shown(exact, page.places), page.figure)
    page.write(row, 6, max(figures, default=None), page.figure)
    page.write(row, 7, min(figures, default=None), page.figure)
    judged, passed = _judged(one for one, _ in members)
    page.write(row, 8, judged, COUNT)
    page.write(row, 9, passed, COUNT)
    page.formula(row, 10, f"I{row}/H{row}", passed / judged if judged else None, RATE)
    page.write(row, 11, sum(one.vetoes for one, _ in members), COUNT)
    page.write(row, 13, None if exact is None else float(exact), HELPER)


def _judged(outlets: Iterable[OutletSum]) -> tuple[int, int]:
    """Visits with a pass rule or veto, and those of them that passed."""
    verdicts = [visit.passed for one in outlets for visit in one.visits if visit.passed is not None]
    return len(verdicts), sum(verdicts)


def _branch_last_rows(page: Short, last: int, ranked: Ranked) -> None:
    row = last + 1
    page.last_rows(row, ("sum", "average", "highest", "lowest"))
    count, bold, rate = (replace(one, **LAST) for one in (COUNT, page.figure, RATE))  # type: ignore[arg-type]
    judged, passed = _judged(one for _, one, _ in ranked)
    outlets = [one for _, one, _ in ranked]
    totals = {
        3: len(outlets),
        4: sum(len(one.scored) for one in outlets),
        8: judged,
        9: passed,
        11: sum(one.vetoes for one in outlets),
    }
    for column, value in totals.items():
        letter = "ABCDEFGHIJK"[column - 1]
        page.formula(row, column, f"SUM({letter}{FIRST_ROW}:{letter}{last})", value, count)
    page.formula(row, 10, f"I{row}/H{row}", passed / judged if judged else None, rate)
    exact = [one for _, _, one in ranked if one is not None]
    average = mean(exact)
    if average is None:
        return
    sheet = page.words.sheet("ranking").replace("'", "''")
    cells = f"'{sheet}'!{EXACT}{FIRST_ROW}:{EXACT}{FIRST_ROW + len(ranked) - 1}"
    page.formula(row + 1, 5, page.rounded(f"AVERAGE({cells})"), shown(average, page.places), bold)
    shown_ones = [shown(one, page.places) for one in exact]
    page.formula(row + 2, 5, f"MAX(F{FIRST_ROW}:F{last})", max(shown_ones), bold)
    page.formula(row + 3, 5, f"MIN(G{FIRST_ROW}:G{last})", min(shown_ones), bold)
