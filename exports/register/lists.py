"""⑤高频扣分 TOP10 and ⑧申诉结果."""

from __future__ import annotations

from fractions import Fraction

from auditor.figures import shown
from exports.register.short import CODE, COUNT, FIGURE, FIRST_ROW, POINTS, RATE, TEXT, Short
from exports.register.summed import Summed

FREQUENT = "rank checklist item_id item looked lost lost_rate lost_total lost_mean outlets versions".split()
_FREQUENT_WIDTHS = (7, 24, 18, 36, 10, 10, 10, 10, 10, 10, 14)
APPEALS = "seq code outlet visited number item deducted grounds opinion decision corrected".split()
_APPEAL_WIDTHS = (7, 13, 26, 16, 9, 28, 8, 30, 28, 12, 10)


def write_frequent(page: Short, summed: Summed) -> None:
    """The items that lost points most often; all that share the tenth place are there."""
    rows = summed.most_frequent()
    page.headed("frequent", FREQUENT, _FREQUENT_WIDTHS, [page.words.say("note.frequent" if rows else "no_losses")])
    last = FIRST_ROW + len(rows) - 1
    comma = page.words.speech.one("common.comma")
    for row, (place, one) in enumerate(rows, FIRST_ROW):
        page.formula(row, 1, f"RANK(F{row},$F${FIRST_ROW}:$F${last})", place, COUNT)
        page.write(row, 2, one.title, TEXT)
        page.write(row, 3, one.item, CODE)
        page.write(row, 4, one.name, TEXT)
        page.write(row, 5, one.looked, COUNT)
        page.write(row, 6, one.lost, COUNT)
        page.formula(row, 7, f"F{row}/E{row}", one.lost / one.looked, RATE)
        page.write(row, 8, one.points, POINTS)
        average = shown(Fraction(one.points) / one.lost, 2)
        page.formula(row, 9, f"ROUND(ROUND(H{row}/F{row},9),2)", average, FIGURE)
        page.write(row, 10, len(one.outlets), COUNT)
        page.write(row, 11, comma.join(sorted(one.versions)), CODE)
    page.finished(last)


def write_appeals(page: Short) -> None:
    """Headings, and one sentence: there are none yet."""
    page.headed("appeals", APPEALS, _APPEAL_WIDTHS)
    page.write(FIRST_ROW, 1, page.words.say("no_appeals"), TEXT)
    page.sheet.merge_cells(start_row=FIRST_ROW, end_row=FIRST_ROW, start_column=1, end_column=page.columns)
    page.sheet.row_dimensions[FIRST_ROW].height = 24
    page.finished(FIRST_ROW)
