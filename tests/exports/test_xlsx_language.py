"""The checklist language in Excel: every operator and function means in a formula what the engine means by it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from auditor.expressions import evaluate, parse
from auditor.expressions.functions import SIGNATURES
from exports.xlsx import formula as f
from exports.xlsx import language
from exports.xlsx.evaluate import evaluate as calculated
from exports.xlsx.formula import Cell, Literal, depth, letters, render
from exports.xlsx.operators import OPERATORS, Type, Typed, Unsaid

KINDS: dict[str, Type] = {
    "a": "number",
    "b": "number",
    "c": "option",
    "m": "multi",
    "t": "time",
    "u": "time",
    "d": "date",
}
KINDS |= {"w": "text"}
PLACES = {name: Cell("items", 5 + n, 1) for n, name in enumerate(KINDS)}
VALUES: dict[str, list[Any]] = {
    "a": [None, Decimal("0.3"), 2],
    "b": [None, 0, Decimal("0.1")],
    "c": [None, "yes", "no"],
    "m": [None, ("f0",), ("f0", "f1")],
    "t": [None, "10:12", "23:59:30"],
    "u": [None, "09:05:10"],
    "d": [None, "2026-02-28"],
    "w": [None, "好"],
}


class Visit:
    """Some answers, as the engine looks at them and as they stand in cells."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    # What the engine asks (auditor.expressions.Lookup)
    def value(self, item: str, /) -> Any:
        return self.values.get(item)

    def answered(self, item: str, /) -> bool:
        return self.values.get(item) is not None

    def is_na(self, _: str, /) -> bool:
        return False

    def score(self, _: str, /) -> Fraction | None:
        return Fraction(250, 3)

    def today(self) -> str:
        return "2026-03-05"

    def instances(self, _: frozenset[str], /) -> Sequence[Any] | None:
        return None


class Sheet(Visit):
    """The same answers, as the compiler looks at them (exports.xlsx.language.Scope)."""

    def value(self, item: str, /) -> Typed:
        return Typed(PLACES[item], KINDS[item])

    def seen(self, item: str, /) -> f.Node:
        return Literal(2 if self.values.get(item) is not None else 0)

    def score(self, _: str, /) -> f.Node:  # type: ignore[override]
        return Literal(250) / 300

    def cells(self) -> dict[Cell, Any]:
        def stored(value: Any) -> Any:
            return "" if value is None else f",{','.join(value)}," if isinstance(value, tuple) else value

        return {PLACES[name]: stored(value) for name, value in self.values.items()}


EXPRESSIONS = [
    *(f"a {sign} b" for sign in ("=", "!=", "<", "<=", ">", ">=")),
    "a + b = 0.4",
    "a - b > 0.2",
    "a * b <= 0.03",
    "a / b < 4",
    "-a < 0",
    "a and b",
    "a or not b",
    "c = 'yes'",
    "c != 'yes'",
    "c in ('yes', 'no')",
    "c in ('no', 3)",
    "a in (2, 3)",
    "'f1' in m",
    "m = 'f0'",
    "m != 'f0'",
    "t < u",
    "t >= '10:12:00'",
    "t = '10:12'",
    "t = 'bad'",
    "d = '2026-02-28'",
    "d < today()",
    "days_between(d, today()) > 4",
    "minutes_between(u, t) > 60",
    "seconds_between(t, u) < 0",
    "answered(a) and not is_na(b)",
    "score(s) > 83.3",
    "any(a > 1, b > 0)",
    "all(a > 0.2, b >= 0)",
    "all(a, b)",
    "count(a, b, c) = 2",
    "count(a > 0, b > 0) >= 1",
    "min(a, b) < 0.2",
    "max(a, b) = 2",
    "mean(a, b) = 0.2",
    "if(a > 1, a, b) > 0",
    "round(a / 3, 2) = 0.1",
    "round(a) = 2",
    "abs(b - a) > 0.2",
    "length(m) = 2",
    "length(w) = 1",
    "w = '好'",
    "not (a > 1 and (b < 1 or c = 'yes'))",
    "c = 'YES'",
]


def _combinations(text: str) -> list[dict[str, Any]]:
    from auditor.expressions import names

    used = sorted(names(parse(text)))
    return [dict(zip(used, values, strict=True)) for values in product(*(VALUES[name] for name in used))]


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_a_condition_means_the_same_in_excel(text: str) -> None:
    """scoring.md, "Conditions and computed values", with every combination of answers, given and not."""
    expr = parse(text)
    for values in _combinations(text):
        engine = bool(evaluate(expr, Visit(values)))
        sheet = Sheet(values)
        assert calculated(language.condition(expr, sheet), sheet.cells()) is engine, values


@pytest.mark.parametrize(
    "text", ["a + b", "a / b", "a - 2 * b", "mean(a, b)", "min(a, 5)", "round(a / 3, 2)", "if(b, a, b)"]
)
def test_a_computed_value_means_the_same_in_excel(text: str) -> None:
    """Empty stays empty: arithmetic with empty and division by zero show nothing, never an error."""
    expr = parse(text)
    for values in _combinations(text):
        sheet = Sheet(values)
        engine = evaluate(expr, Visit(values))
        ours = calculated(language.computed(expr, sheet), sheet.cells())
        assert ours == "" if engine is None else abs(float(ours) - float(engine)) < 1e-12, values  # type: ignore[arg-type]


def test_every_function_and_operator_has_its_entry() -> None:
    assert set(language.FUNCTIONS) == set(SIGNATURES)
    assert {"=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/"} == set(OPERATORS)
    used = " ".join(EXPRESSIONS)
    assert [name for name in SIGNATURES if f"{name}(" not in used] == []


def test_what_excel_cannot_say_the_same_way_is_refused() -> None:
    """Words have another order there; the cell then holds a value."""
    for text in ("c < 'no'", "w > 'a'", "m = m", "if(a > 1, c, b) = 2", "w = '10:12'"):
        with pytest.raises(Unsaid):
            language.condition(parse(text), Sheet({}))


def test_rendering() -> None:
    """Brackets where they are needed, quotes doubled, other sheets named, long texts joined from pieces."""
    one, two = Cell("items", 5, 1), Cell("lists", 2, 28)
    titles = {"items": "检查明细", "lists": "it's"}
    assert render((one + 2) * 3 - (one - 1), "items", titles) == "(A5+2)*3-(A5-1)"
    assert render(one / (two / 4), "items", titles) == "A5/('it''s'!AB2/4)"
    assert render(f.choose(f.eq(one, 'a"b'), Decimal("0.10"), -1), "items", titles) == 'IF(A5="a""b",0.10,(-1))'
    assert render(f.wrap(Fraction(1, 3)), "items", titles) == "1/3"
    long = render(f.wrap("字" * 600), "items", titles)
    assert max(len(piece) for piece in long.strip("()").split("&")) <= 255
    assert render(f.wrap("一\n二"), "items", titles) == '("一"&CHAR(10)&"二")'
    assert render(f.wrap("A & B"), "items", titles) == '"A & B"'
    assert [letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert depth(f.choose(f.eq(one, 1), f.choose(True, 1, 2), 3)) == 2


def test_many_arguments_are_grouped() -> None:
    """Excel takes 255 arguments; more are summed in groups."""
    node = f.total_of([Literal(1)] * 1000)
    assert isinstance(node, f.Call)
    assert len(node.arguments) <= 255
    assert calculated(node, {}) == 1000
