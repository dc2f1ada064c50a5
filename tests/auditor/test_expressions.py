"""The checklist language (design §3; scoring.md, "Conditions and computed values")."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import AuditorError
from auditor.expressions import bind, evaluate, holds, names, parse, reads_empty, sections, walk
from auditor.expressions.checking import Known, constant, doubts
from auditor.expressions.values import MOST_BITS, Raw
from auditor.words import speaking


@dataclass(frozen=True)
class Visit:
    """What a test's visit answered; `rows` are the instances of one repeating section."""

    values: Mapping[str, Raw] = field(default_factory=dict)
    na: frozenset[str] = frozenset()
    scores: Mapping[str, Fraction | None] = field(default_factory=dict)
    rows: Sequence[Mapping[str, Raw]] = ()
    repeated: frozenset[str] = frozenset()

    def value(self, item: str, /) -> Raw:
        return self.values.get(item)

    def answered(self, item: str, /) -> bool:
        return self.values.get(item) is not None

    def is_na(self, item: str, /) -> bool:
        return item in self.na

    def score(self, section: str, /) -> Fraction | None:
        return self.scores.get(section)

    def today(self) -> str:
        return "2026-03-05"

    def instances(self, items: frozenset[str], /) -> Sequence[Visit] | None:
        if not items & self.repeated:
            return None
        return [Visit({**self.values, **row}, self.na, self.scores) for row in self.rows]


WORDS = {"a": ("yes", "no", "1"), "m": ("f1", "f2"), "greet": ("yes", "no")}
VISIT = Visit(
    {
        "a": "yes",
        "b": 3,
        "m": ("f1",),
        "t": "09:05",
        "u": "09:05:00",
        "v": "10:20",
        "w": "好的",
        "d": "2026-03-01",
        "大堂": 2,
    },
    frozenset({"n"}),
    {"hall": Fraction(250, 3), "none": None},
    ({"greet": "yes", "wait": 10}, {"greet": "no", "wait": 25}, {"greet": None, "wait": None}),
    frozenset({"greet", "wait"}),
)


def worth(text: str, visit: Visit = VISIT) -> object:
    return evaluate(bind(parse(text), WORDS), visit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 3 - 2", 5),
        ("8 / 4 / 2", 1),
        ("-2 * 3", -6),
        ("1 / 3", Fraction(1, 3)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("大堂 + b", 5),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(1 / 3, 2)", Fraction(33, 100)),
        ("abs(1 - b)", 2),
        ("length(w)", 2),
        ("length(m)", 1),
        ("if(b > 2, 1, 2)", 1),
        ("if(b > 3, 1, 2)", 2),
        ("minutes_between(t, v)", 75),
        ("seconds_between(t, v)", 4500),
        ("minutes_between(v, t)", -75),
        ("days_between(d, today())", 4),
        ("score(hall)", Fraction(250, 3)),
        ("min(b, 1, 7)", 1),
        ("max(b, 1, 7)", 7),
        ("mean(b, 1, 7)", Fraction(11, 3)),
        ("count(b, nothing, 7)", 2),
    ],
)
def test_values_are_exact(text: str, value: object) -> None:
    """S1: exact inside."""
    assert worth(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "a = yes",
        "yes = a",
        "a = 'yes'",
        "a != no",
        "a in (no, yes)",
        "f1 in m",
        "not f2 in m",
        "m = f1",
        "b = 3 and a = yes",
        "b = 4 or a = yes",
        "not a = no",
        "not (a = no or b = 4)",
        "b >= 3 and b <= 3 and not b < 3 and not b > 3",
        "t = u",
        "t < v",
        't < "9:06"',
        "d < today()",
        "answered(a) and not answered(nothing)",
        "is_na(n) and not is_na(a)",
        "a = yes and b > 1 or b > 100",
        "true and not false",
        "answered(a) = true",
    ],
)
def test_conditions_that_hold(text: str) -> None:
    assert worth(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "nothing = 1",
        "nothing = nothing",
        "nothing = ''",
        "nothing < 1",
        "nothing >= 1",
        "nothing in (1, 2)",
        "b < nothing",
    ],
)
def test_empty_is_never_equal_nor_ordered(text: str) -> None:
    assert worth(text) is False


@pytest.mark.parametrize(
    "text", ["nothing != 1", "b != nothing", "nothing != nothing", "not nothing", "not (nothing = 1)"]
)
def test_unlike_is_not_alike(text: str) -> None:
    """`a != b` means `not (a = b)`; an empty condition is false."""
    assert holds(parse(text), VISIT)


@pytest.mark.parametrize(
    "text",
    [
        "nothing + 1",
        "1 / 0",
        "b / (b - 3)",
        "-nothing",
        "abs(nothing)",
        "min(nothing)",
        "mean(nothing, nothing)",
        "score(none)",
        "b + w",
        "minutes_between(t, nothing)",
        "minutes_between(t, w)",
        "length(nothing)",
        "round(1.5, 10)",
        "round(nothing)",
        "if(nothing, 1, nothing)",
    ],
)
def test_arithmetic_with_empty_is_empty(text: str) -> None:
    """Division by zero and values of the wrong type too."""
    assert worth(text) is None


def test_any_and_all_over_nothing_are_false_and_count_is_zero() -> None:
    empty = Visit(repeated=frozenset({"greet", "wait"}))
    assert worth("any(greet = yes)", empty) is False
    assert worth("all(greet = yes)", empty) is False
    assert worth("count(greet = yes)", empty) == 0
    assert worth("min(wait)", empty) is worth("max(wait)", empty) is worth("mean(wait)", empty) is None


def test_aggregates_range_over_instances_and_ignore_empty() -> None:
    """S5: outside its instance a repeated item is read only through the aggregates."""
    assert worth("any(greet = no)") is True
    assert worth("all(wait > 5)") is False, "a comparison with an empty value is false, not empty"
    assert worth("count(greet = yes)") == 1
    assert worth("count(wait)") == 2
    assert worth("mean(wait)") == Fraction(35, 2)
    assert worth("max(wait) - min(wait)") == 15
    assert worth("any(wait > b and greet = no)") is True, "other items are seen from within an instance"
    assert worth("count(answered(greet))") == 2


def test_a_condition_stops_where_it_is_decided() -> None:
    class Fragile(Visit):
        def value(self, item: str, /) -> Raw:
            assert item != "never"
            return VISIT.value(item)

    assert holds(bind(parse("a = no and never = 1 or b = 3 or never = 1"), WORDS), Fragile()) is True
    assert evaluate(parse("if(b = 3, 1, never)"), Fragile()) == 1


def test_a_valid_if_knows_what_it_could_not_read() -> None:
    """A `valid_if` that reads an empty value is not tested; aggregates, answered and is_na read nothing empty."""
    assert reads_empty(parse("b > 1 and nothing > 1"), VISIT)
    assert reads_empty(parse("score(none) > 1"), VISIT)
    assert not reads_empty(parse("b > 1 or answered(nothing) or is_na(nothing) or count(nothing) > 0"), VISIT)


def test_names_and_sections() -> None:
    expr = parse("answered(x) and score(hall) > any(y = z) or -q < round(w)")
    assert names(expr) == {"x", "y", "z", "q", "w"}
    assert sections(expr) == {"hall"}


def test_a_bare_option_is_one_only_beside_its_item() -> None:
    assert worth("a = yes") is True
    assert worth("a = 1", Visit({"a": "1"})) is True, "an option may be numbered"
    assert worth("b = yes", Visit({"b": 3, "yes": 3})) is True, "elsewhere the name is an item"
    assert names(bind(parse("a in (yes, other)"), WORDS)) == {"a", "other"}


@pytest.mark.parametrize(
    ("text", "name", "offset"),
    [
        ("a and", "ends", 5),
        ("", "ends", 0),
        ("(a", "open_bracket", 0),
        ("a)", "closing", 1),
        ("a b", "joined", 2),
        ("a == b", "sign", 2),
        ("a ≥ b", "sign", 2),
        ("（a）", "sign", 0),
        ("a && b", "sign", 2),
        ("a = 'x", "open_text", 4),
        ("3天", "number", 0),
        ("1e5", "number", 0),
        ("a.b", "character", 1),
        ("a[0]", "character", 1),
        ("a = b = c", "chain", 6),
        ("a + or b", "operand", 4),
        ("1 + not a", "brackets_wanted", 4),
        ("anserwed(a)", "function_guess", 0),
        ("eval(a)", "function", 0),
        ("answered(1)", "wants_item", 0),
        ("score(1 + 1)", "wants_section", 0),
        ("round()", "arguments", 0),
        ("a" * 1001, "long", 1000),
        ("(" * 40 + "a" + ")" * 40, "deep", 32),
        ("+".join(["a"] * 200), "many", 301),
        ("lambda: 1", "character", 6),
        ("__import__('os')", "function", 0),
    ],
)
def test_what_is_not_the_language_is_refused_where_it_stands(text: str, name: str, offset: int) -> None:
    with pytest.raises(AuditorError) as caught:
        parse(text)
    assert (caught.value.key, caught.value.values["offset"]) == (f"expressions.{name}", offset)
    for code in ("zh", "en"):
        with speaking(code):
            assert str(caught.value) != caught.value.key
            assert caught.value.remedy()


KNOWN = Known(
    {
        "a": "option",
        "m": "options",
        "n": "number",
        "t": "time",
        "d": "date",
        "w": "words",
        "p": "nothing",
        "wait": "number",
        "greet": "option",
        "left": "option",
    },
    {**WORDS, "left": ("yes", "no")},
    ("hall",),
    {"wait": "teller", "greet": "teller", "left": "guard"},
)


@pytest.mark.parametrize(
    ("text", "wanted", "name", "at"),
    [
        ("a = yse", "condition", "option_guess", 4),
        ("a = 'xx'", "condition", "option", 4),
        ("naem > 1", "condition", "unknown", 0),
        ("wiat > 1", "condition", "unknown_guess", 0),
        ("n-1 > 2", "condition", "hyphen", 0),
        ("score(hal) > 1", "condition", "unknown_guess", 6),
        ("n", "condition", "wants_condition", 0),
        ("a", "condition", "wants_condition", 0),
        ("a = yes", "number", "wants_number", 2),
        ("n + w", "number", "wants_number", 4),
        ("n > 'x'", "condition", "not_comparable", 2),
        ("t > d", "condition", "not_comparable", 2),
        ("t < '25:00'", "condition", "not_comparable", 2),
        ("w < 'b'", "condition", "not_comparable", 2),
        ("m = f1", "condition", "use_in", 2),
        ("p = 1", "condition", "no_value", 0),
        ("wait > 1", "condition", "repeated", 0),
        ("any(wait > 1 and left = yes)", "condition", "two_sections", 13),
        ("mean(greet)", "number", "wants_number", 5),
        ("round(n, a)", "number", "wants_number", 9),
        ("minutes_between(t, n)", "number", "wants_time", 19),
    ],
)
def test_what_can_be_known_wrong_before_any_answer(text: str, wanted: str, name: str, at: int) -> None:
    found = doubts(bind(parse(text), KNOWN.options), KNOWN, wanted)  # type: ignore[arg-type]
    assert [(one.name, one.at) for one in found] == [(name, at)]


@pytest.mark.parametrize(
    "text",
    [
        "a = yes",
        "f1 in m",
        "t < '12:00' and d > '2026-01-01'",
        "any(wait > n)",
        "all(greet = yes)",
        "answered(p)",
        "length(m) > 1 and length(w) > 1",
        "n in (1, 2)",
        "a in (yes, no)",
        "score(hall) >= 80",
        "if(a = yes, n, 2) > 1",
        "count(greet = no) >= 2",
    ],
)
def test_sound_conditions_raise_no_doubt(text: str) -> None:
    expr = bind(parse(text), KNOWN.options)
    assert doubts(expr, KNOWN, "condition") == []
    assert constant(expr, KNOWN) is None


def test_from_inside_an_instance_its_items_are_its_own() -> None:
    inside = Known(KNOWN.types, KNOWN.options, KNOWN.sections, KNOWN.repeated, "teller")
    assert doubts(parse("wait > 1"), inside, "condition") == []


@pytest.mark.parametrize(
    ("text", "always"),
    [
        ("a = yes or a != yes", True),
        ("a = yes and a = no", False),
        ("1 = 1", True),
        ("answered(a) and is_na(a)", False),
        ("a = yes", None),
        ("n > 0 or n <= 0", None),
        ("today() > d", None),
    ],
)
def test_conditions_that_never_change(text: str, always: bool | None) -> None:
    assert constant(bind(parse(text), KNOWN.options), KNOWN) is always


def test_numbers_cannot_grow_without_end() -> None:
    """Computed values may feed on each other: beyond the budget they are empty."""
    assert worth("b * b", Visit({"b": 10**100})) is None
    assert worth("b * 1", Visit({"b": 2 ** (MOST_BITS - 1)})) == 2 ** (MOST_BITS - 1)


def test_expressions_built_to_burn_time_are_cheap() -> None:
    """P6"""
    crowd = Visit(rows=[{"wait": n} for n in range(99)], repeated=frozenset({"wait"}))
    text = "any(" + " or ".join(["wait * 999999999 * wait = 1"] * 30) + ")"
    started = time.perf_counter()
    assert worth(text, crowd) is False
    assert time.perf_counter() - started < 1


def test_too_many_steps_are_refused() -> None:
    crowd = Visit(rows=[{"wait": 1}] * 2000, repeated=frozenset({"wait"}))
    with pytest.raises(AuditorError, match="100000"):
        worth("any(" + " or ".join(["wait = 2"] * 60) + ")", crowd)


def test_the_language_loads_neither_pydantic_nor_yaml() -> None:
    code = (
        "import sys, auditor.expressions as e; e.parse('a = 1'); print({'pydantic', 'yaml', 'lark'} & set(sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "set()"
    )


_PIECES = st.sampled_from(
    "a b m wait 大堂 yes 1 0.5 'x' \"y\" ( ) , + - * / = != < <= > >= in and or not true any( all( if( round( score( "
    "answered( length( mean( today() （ ！ == . - -- 9999999999999999 é \u0301 \u202e \U0001f600".split()
)
_TEXTS = st.one_of(
    st.text(max_size=60), st.lists(_PIECES, max_size=40).map(" ".join), st.lists(_PIECES, max_size=40).map("".join)
)


def _only_our_errors(text: str) -> None:
    refused = None
    try:
        expr = bind(parse(text), KNOWN.options)
    except AuditorError as error:
        refused = error
    if refused:
        assert refused.key.startswith("expressions.")
        assert 0 <= refused.values["offset"] <= max(len(text), 1000)
        assert str(refused) != refused.key
        return
    found = doubts(expr, KNOWN, "condition")
    assert all(0 <= one.at <= len(text) for one in found)
    constant(expr, KNOWN)
    evaluate(expr, VISIT)
    assert {one.at for one in walk(expr)} <= set(range(len(text) + 1))


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    """Only our own error type ever comes out."""
    _only_our_errors(text)


@pytest.mark.full
@given(_TEXTS)
@settings(max_examples=100_000, deadline=None)
def test_a_hundred_thousand_texts_are_read_or_refused(text: str) -> None:
    _only_our_errors(text)
