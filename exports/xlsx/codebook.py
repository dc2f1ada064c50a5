"""The Codebook sheet: how to read the workbook, what each answer is worth, which cells hold values and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from auditor.checklist.model import Item
from auditor.checklist.parts import Consequences
from exports.wording import effect_text
from exports.xlsx import styles
from exports.xlsx.compilation import consequences
from exports.xlsx.formula import address
from exports.xlsx.layout import ItemColumn, SectionColumn
from exports.xlsx.lists import exact, item_key
from exports.xlsx.page import Page, rows_of
from exports.xlsx.total import Step

LAST = 6
RULES = ("inputs", "recalculated", "reasons", "protection", "na")
UNSCORED_RULES = ("plain_inputs", "protection")


def write_codebook(page: Page) -> None:
    page.widths((9, 34, 14, 40, 10, 40))
    page.titled(page.made.titles["codebook"], LAST)
    row = _guide(page, 4)
    if page.made.report.scored or page.made.compiled.exceptions:
        row = _exceptions(page, row + 1)
    row = _options(page, row + 1)
    row = _steps(page, row + 2)
    page.printed(LAST, row, header=False)


def _heading(page: Page, row: int, key: str) -> int:
    page.wide(row, 1, LAST, page.say(key), styles.HEADING)
    page.sheet.row_dimensions[row].height = 24
    return row + 1


def _guide(page: Page, row: int) -> int:
    row = _heading(page, row, "xlsx.guide")
    report = page.made.report
    told = [page.say(f"xlsx.guide_{rule}") for rule in (RULES if report.scored else UNSCORED_RULES)]
    for text in (*told, *report.notes, report.producer):
        page.wide(row, 1, LAST, text, styles.PLAIN)
        row += 1
    return row


def _exceptions(page: Page, row: int) -> int:
    """Cells that hold a value where a formula would be expected."""
    row = _heading(page, row, "xlsx.exceptions")
    found = page.made.compiled.exceptions
    if not found:
        page.wide(row, 1, LAST, page.say("xlsx.no_exceptions"), styles.PLAIN)
        return row + 1
    for at, why in sorted(found.items(), key=lambda one: (one[0].sheet, one[0].row, one[0].column)):
        page.wide(row, 1, 2, f"{page.made.titles[at.sheet]} {address(at)}", styles.BODY)
        page.wide(row, 3, 4, _column(page, at.sheet, at.row, at.column), styles.BODY)
        page.wide(row, 5, LAST, page.say(f"xlsx.why_{why}"), replace(styles.BODY, fill=styles.EXCEPTION_GROUND))
        row += 1
    return row


def _column(page: Page, sheet: str, row: int, column: int) -> str:
    """What a cell is about, in words."""
    if sheet == "items":
        return page.say(f"xlsx.helper_{ItemColumn(column).name.lower()}")
    steps = row - page.made.work.layout.total_row
    if steps > 0:
        return page.say(f"xlsx.step_{Step(steps).name.lower()}")
    return page.say(f"xlsx.helper_{SectionColumn(column).name.lower()}")


def _options(page: Page, row: int) -> int:
    """Every option, fault and band with what it earns and entails."""
    row = _heading(page, row, "xlsx.options")
    words = (
        "report.col.seq",
        "report.col.item",
        "xlsx.col_kind",
        "xlsx.col_option",
        "xlsx.col_earns",
        "xlsx.col_entails",
    )
    for column, word in enumerate(words, 1):
        page.write(row, column, page.say(word), styles.HEADER)
    page.keep(row - 1, row + 1)
    row += 1
    small = replace(styles.BODY, size=9)
    seen: set[str] = set()
    for path, (item, _) in page.made.work.layout.items.items():
        if item.id in seen:
            continue
        seen.add(item.id)
        number = page.made.names.numbers.get(item.id, "")
        for n, (option, earns, entails) in enumerate(_rows(page, item)):
            head = (number, page.made.names.item(path), page.say(f"xlsx.kind_{item.kind}")) if not n else ("", "", "")
            for part in rows_of((*head, option, earns, entails)):
                for column, value in enumerate(part, 1):
                    page.write(row, column, value, styles.CENTRE if column in (1, 3, 5) else small)
                row += 1
    return row - 1


def _steps(page: Page, row: int) -> int:
    """How each section and the total came about, in words (S8)."""
    if not page.made.report.steps:
        return row - 2
    row = _heading(page, row, "report.annex.steps")
    for told in page.made.report.steps:
        page.write(row, 1, told.number, styles.CENTRE)
        page.write(row, 2, told.title, styles.BODY)
        page.wide(row, 3, LAST, told.text, replace(styles.BODY, size=9))
        row += 1
    return row - 1


def _rows(page: Page, item: Item) -> Iterator[tuple[str, Fraction | None, str]]:
    lists = page.made.work.lists
    if item.kind == "multi":
        for one in item.options:
            taken = page.say("xlsx.takes", points=one.deduct) if one.deduct else ""
            yield (
                page.made.speech.text(one.text).replace("\n", " "),
                None,
                "\n".join(filter(None, (taken, _entails(page, one)))),
            )
    elif item_key(item) in lists.starts:
        for entry, said in zip(lists.of(item_key(item)), consequences(item), strict=True):
            earned = exact(entry.figure) if entry.figure is not None else None
            yield entry.words, earned, _entails(page, said)  # type: ignore[misc]
    else:
        yield _rule(page, item), None, ""


def _rule(page: Page, item: Item) -> str:
    if item.kind == "occurrences" and item.unit:
        most = page.say("xlsx.at_most", points=item.max) if item.max is not None else ""
        key = "xlsx.per_bonus" if item.role == "bonus" else "xlsx.per_occurrence"
        return page.say(key, points=item.unit) + most
    if item.kind == "rating":
        steps = [page.made.speech.text(one).replace("\n", " ") for one in item.labels]
        named = [f"{item.low + n} {words}" for n, words in enumerate(steps)]
        return page.brief("xlsx.comma").join(named) or f"{item.low}–{item.high}"
    return ""


def _entails(page: Page, said: Consequences) -> str:
    """Effects, lost items, jumps, in words."""
    names, words = page.made.names, []
    words += [effect_text(one, page.made.speech) for one in said.critical]
    if said.lose:
        words.append(page.say("xlsx.loses", items=", ".join(names.numbers.get(one, one) for one in said.lose)))
    if said.skip:
        words.append(page.say("xlsx.skips", item=names.numbers.get(said.skip, said.skip)))
    return page.brief("common.semicolon").join(words)
