"""What may be typed into an answer, and which rows stand out: drop-down lists, checks, conditional formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from auditor.checklist.model import Item
from auditor.kinds.accept import LONGEST_DURATION, MOST_OCCURRENCES
from exports.xlsx import styles
from exports.xlsx.formula import address, letters
from exports.xlsx.layout import FIRST_ROW, FaultColumn
from exports.xlsx.layout import ItemColumn as I
from exports.xlsx.lists import item_key, na_key
from exports.xlsx.page import Page

Rule = tuple[str, ...]
"""Type, operator, two formulas, and the key of the sentence that says what is allowed."""


def validations(page: Page) -> None:
    """One rule per list or range, over all cells it holds for."""
    work = page.made.work
    rules: dict[Rule, list[str]] = {}
    for path, (item, _) in work.layout.items.items():
        if path in work.withheld:
            continue
        rule = _rule(page, item)
        if rule:
            rules.setdefault(rule, []).append(address(work.layout.item(path, I.ANSWER)))
        codes = work.item_plan(path).na_codes
        if codes:
            pick = ("list", "", listed(page, na_key(codes)), "", "pick")
            rules.setdefault(pick, []).append(address(work.layout.item(path, I.NA)))
    for rule, cells in rules.items():
        add_rule(page, rule, cells)


def tick_validation(page: Page) -> None:
    cells = [address(page.made.work.layout.fault(*key, FaultColumn.CHOSEN)) for key in page.made.work.layout.fault_rows]
    add_rule(page, ("list", "", listed(page, "tick"), "", "tick"), cells)


def listed(page: Page, key: str) -> str:
    """Where one of the lists stands, as a validation names it."""
    area = page.made.work.lists.area(key)
    assert area is not None
    title = page.made.titles["lists"].replace("'", "''")
    return f"'{title}'!{address(area.first, fixed=True)}:{address(area.last, fixed=True)}"


def _rule(page: Page, item: Item) -> Rule | None:
    if item.computed:
        return None
    if item.kind == "choice":
        return "list", "", listed(page, item_key(item)), "", "pick"
    known: Mapping[str, Rule] = {
        "occurrences": ("whole", "between", "0", str(MOST_OCCURRENCES), "whole"),
        "rating": ("whole", "between", str(item.low), str(item.high), "whole"),
        "number": ("decimal", "between", "-999999999999", "999999999999", "number"),
        "duration": ("decimal", "between", "0", str(LONGEST_DURATION), "seconds"),
        "date": ("date", "greaterThan", "1", "", "date"),
        "time": ("textLength", "between", "4", "8", "time"),
    }
    return known.get(item.kind)


def add_rule(page: Page, rule: Rule, cells: list[str]) -> None:
    """Hold some cells of a sheet to a rule."""
    kind, operator, first, second, sentence = rule
    said = page.say(f"xlsx.allowed_{sentence}", low=first, high=second)[:255]
    limits: dict[str, Any] = {"type": kind, "formula1": first}
    limits |= {"operator": operator, "formula2": second} if operator else {}
    made = DataValidation(allow_blank=True, showErrorMessage=True, error=said, **limits)
    made.errorTitle = page.say("xlsx.not_allowed")[:32]
    for cell in cells:
        made.add(cell)
    page.sheet.add_data_validation(made)


def conditional_formats(page: Page) -> None:
    """Rows that do not count are grey, cascaded ones amber, those with a critical effect red; each has its word too."""
    first, last = FIRST_ROW, page.made.work.layout.last_item_row
    rows = f"A{first}:{letters(I.NOTE)}{last}"

    def at(column: I) -> str:
        return f"${letters(column)}{first}"

    open_word = page.say("common.status.open").replace('"', '""')
    effects = f"{at(I.ZERO_SECTION)}:{at(I.NO_AWARD)}"
    grey, red = Font(color=styles.QUIET, i=True), Font(color=styles.FAILED, b=True)
    amber = PatternFill("solid", bgColor=styles.LOST_GROUND)
    add, rule = page.sheet.conditional_formatting.add, cast(Any, FormulaRule)
    add(rows, rule([f"OR({at(I.HIDDEN)}=1,{at(I.SKIPPED)}=1)"], font=grey, stopIfTrue=True))
    add(rows, rule([f"SUM({effects})>0"], font=red, fill=PatternFill("solid", bgColor=styles.FAILED_GROUND)))
    add(rows, rule([f"{at(I.LOST)}=1"], fill=amber))
    lost = Font(color=styles.LOST, b=True)
    add(f"E{first}:E{last}", rule([f'AND({at(I.PATH)}<>"",N({at(I.DEDUCTED)})>0)'], font=lost))
    add(f"K{first}:K{last}", rule([f'{at(I.STATUS)}="{open_word}"'], fill=amber, font=lost))
