"""Every kind takes what people, files and widgets give, keeps one normal form, and refuses the rest in words (S5)."""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.checklist.model import Checklist, Item, Kind
from auditor.errors import AuditorError
from auditor.kinds import KINDS, accept_na, na_codes
from auditor.text import LONGEST, clean_text
from auditor.words import speaking

OPTIONS = [
    {"id": "none", "text": {"zh": "未发现", "en": "no fault"}, "exclusive": True},
    {"id": "dirty", "text": {"zh": "不整洁", "en": "untidy"}, "deduct": "1"},
    {"id": "late", "text": {"zh": "迟到", "en": "late"}, "deduct": "0.5"},
]


def item(kind: str, **more: Any) -> Item:
    return Item.model_validate({"id": "q", "kind": kind, "text": {"zh": "题", "en": "Question"}, **more})


def take(kind: str, raw: object, **more: Any) -> Any:
    return KINDS[kind].accept(item(kind, **more), raw)


def refusal(kind: str, raw: object, **more: Any) -> AuditorError:
    with pytest.raises(AuditorError) as caught:
        take(kind, raw, **more)
    return caught.value


def test_every_kind_of_the_format_has_its_entry() -> None:
    assert set(KINDS) == set(get_args(Kind))


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("raw", [None, "", "  ", [], ()])
def test_nothing_given_clears_the_answer(kind: str, raw: object) -> None:
    assert take(kind, raw, options=OPTIONS) is None


def test_a_choice_is_an_option_id() -> None:
    assert take("choice", " dirty ", options=OPTIONS) == "dirty"


def test_a_mistyped_option_is_refused_with_the_nearest_and_all_allowed() -> None:
    fault = refusal("choice", "drity", options=OPTIONS)
    with speaking("en"):
        assert str(fault) == "“Question” (q) has no option “drity”. Did you mean “dirty”?"
        assert fault.remedy() == "Possible answers: none (未发现)、dirty (不整洁)、late (迟到)."
    with speaking("zh"):
        assert "是否想填“dirty”" in str(fault)


def test_an_option_like_no_other_is_refused_without_a_guess() -> None:
    assert refusal("choice", "xyzzy", options=OPTIONS).key == "answer.option"


@pytest.mark.parametrize(
    "raw", [["late", "dirty"], ("late", "dirty", "late"), "late, dirty", "late、dirty", "late;dirty"]
)
def test_several_faults_come_in_the_checklists_order_each_once(raw: object) -> None:
    assert take("multi", raw, options=OPTIONS) == ("dirty", "late")


def test_no_fault_is_exclusive() -> None:
    assert take("multi", ["none"], options=OPTIONS) == ("none",)
    assert refusal("multi", ["none", "late"], options=OPTIONS).key == "answer.exclusive"
    assert refusal("multi", {"late": True}, options=OPTIONS).key == "answer.several"


@pytest.mark.parametrize(
    ("raw", "decimals", "kept"),
    [
        ("12", 0, "12"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("2.345", 2, "2.35"),
        (2.675, 2, "2.68"),
        ("１２．５", 1, "12.5"),
        (7, 2, "7.00"),
    ],
)
def test_numbers_are_kept_half_up_to_the_items_decimals(raw: object, decimals: int, kept: str) -> None:
    assert str(take("number", raw, decimals=decimals)) == kept


@pytest.mark.parametrize(
    "raw",
    [
        "1e5",
        "nan",
        "inf",
        "1,000",
        "12%",
        True,
        float("nan"),
        "0x10",
        "9" * 40,
        pytest.param(10**5000, id="endless"),
        "٣",
        [1],
    ],
)
def test_what_is_no_plain_number_is_refused(raw: object) -> None:
    assert refusal("number", raw).key == "answer.number"


@pytest.mark.parametrize(("raw", "kept"), [("3", 3), (3.0, 3), (Decimal("2"), 2), (0, 0)])
def test_occurrences_are_whole(raw: object, kept: int) -> None:
    assert take("occurrences", raw) == kept


@pytest.mark.parametrize("raw", ["-1", "1.5", "viele", 10_000, True])
def test_occurrences_below_nought_or_broken_are_refused(raw: object) -> None:
    assert refusal("occurrences", raw).key == "answer.whole"


def test_a_rating_stays_on_its_scale() -> None:
    assert take("rating", "5") == 5
    assert take("rating", 0, low=0, high=10) == 0
    with speaking("en"):
        assert str(refusal("rating", 6)) == "“Question” (q) takes a whole number from 1 to 5; “6” was given."


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("12.5", "12.5"),
        ("12.45", "12.5"),
        ("12.449", "12.4"),
        (0.25, "0.3"),
        ("1:05", "65.0"),
        ("1：05", "65.0"),
        ("1:02:05", "3725.0"),
        ("6分08秒", "368.0"),
        ("1小时2分", "3720.0"),
        ("6 min 8 s", "368.0"),
        ("11.8秒", "11.8"),
        (datetime.timedelta(seconds=3, milliseconds=150), "3.2"),
    ],
)
def test_durations_are_kept_half_up_to_a_tenth_of_a_second(raw: object, kept: str) -> None:
    assert str(take("duration", raw)) == kept


@pytest.mark.parametrize("raw", ["-1", "1:75", "1:60:00", "soon", "360000.1", ":", True, "分秒"])
def test_what_is_no_duration_is_refused(raw: object) -> None:
    assert refusal("duration", raw).key == "answer.duration"


@given(st.decimals(0, 359_999, places=1, allow_nan=False))
def test_a_duration_reads_back_as_it_is_shown(seconds: Decimal) -> None:
    """To the second above a minute, as a bank prints it."""
    for language in ("zh", "en"):
        with speaking(language):
            text = KINDS["duration"].show(item("duration"), seconds)
            assert abs(take("duration", text) - seconds) <= (Decimal(0) if seconds < 60 else Decimal("0.5"))


@pytest.mark.parametrize(
    ("raw", "kept"), [("9:05", "09:05"), ("14:30:20", "14:30:20"), ("9：05", "09:05"), (datetime.time(8, 1), "08:01")]
)
def test_times_of_day(raw: object, kept: str) -> None:
    assert take("time", raw) == kept


@pytest.mark.parametrize("raw", ["24:00", "12:60", "12", "12:5", "noon", 12.5])
def test_what_is_no_time_of_day_is_refused(raw: object) -> None:
    assert refusal("time", raw).key == "answer.time"


@pytest.mark.parametrize(
    "raw",
    ["2026-03-05", "2026/3/5", "2026.3.5", "2026年3月5日", datetime.date(2026, 3, 5), datetime.datetime(2026, 3, 5, 9)],
)
def test_dates(raw: object) -> None:
    assert take("date", raw) == "2026-03-05"


@pytest.mark.parametrize("raw", ["2026-02-30", "5.3.2026", "0000-01-01", "today", 20260305])
def test_what_is_no_date_is_refused(raw: object) -> None:
    assert refusal("date", raw).key == "answer.date"


def test_photos_and_information_take_no_value() -> None:
    assert refusal("photo", "a.jpg").key == "answer.photo"
    assert refusal("info", "read").key == "answer.info"
    assert refusal("text", ["a"]).key == "answer.text"


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(
    raw=st.one_of(
        st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.lists(st.text(max_size=4), max_size=3)
    )
)
def test_whatever_comes_is_taken_or_refused_in_words(kind: str, raw: object) -> None:
    """Bad input: only our own error ever comes out, and what was taken is taken again unchanged."""
    try:
        value = take(kind, raw, options=OPTIONS)
    except AuditorError as caught:
        value, fault = None, caught
    else:
        fault = None
    assert fault is None or all(said(fault, language) for language in ("zh", "en"))
    assert take(kind, value, options=OPTIONS) == value


def said(fault: AuditorError, language: str) -> bool:
    """Whether it has a sentence and a remedy."""
    with speaking(language):
        return str(fault) != fault.key and bool(fault.remedy())


def test_text_passes_the_gate() -> None:
    assert clean_text("a\r\nb\rc\u0000\u001b[1m\ud800\uffff\ttab") == "a\nb\nc[1m\ttab"
    assert clean_text("e\u0301") == "é"
    assert clean_text("x" * LONGEST) == "x" * LONGEST
    with pytest.raises(AuditorError) as caught:
        clean_text("x" * (LONGEST + 1))
    assert caught.value.values == {"length": LONGEST + 1, "limit": LONGEST}


@given(st.text())
def test_the_gate_lets_only_clean_text_through(raw: str) -> None:
    text = clean_text(raw)
    assert text == clean_text(text) == unicodedata.normalize("NFC", text)
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t"]


def test_values_as_people_read_them() -> None:
    with speaking("zh"):
        assert KINDS["choice"].show(item("choice", options=OPTIONS), "late") == "迟到"
        assert KINDS["multi"].show(item("multi", options=OPTIONS), ("dirty", "late")) == "不整洁、迟到"
        assert KINDS["occurrences"].show(item("occurrences"), 3) == "3处"
        assert KINDS["number"].show(item("number", measure="人"), Decimal("12")) == "12 人"
        assert KINDS["duration"].show(item("duration"), Decimal("368.0")) == "6分08秒"
        assert KINDS["rating"].show(item("rating", low=1, high=2, labels=["差", "好"]), 2) == "好"
    with speaking("en"):
        assert KINDS["rating"].show(item("rating"), 4) == "4 of 5"
        assert KINDS["multi"].show(item("multi", options=OPTIONS), ("dirty", "late")) == "untidy, late"
    assert all(rule.show(item(kind), None) == "" for kind, rule in KINDS.items())


def checklist(**more: Any) -> Checklist:
    section = {"id": "s", "title": "S", "items": [{"id": "q", "text": "Q"}]}
    return Checklist.model_validate({"id": "c", "version": "1", "title": "C", "sections": [section], **more})


def test_not_applicable_only_where_the_checklist_allows_it() -> None:
    """S3: the item says which codes, else the checklist."""
    assert accept_na(checklist(), item("choice"), "not_observed") == "not_observed"
    assert accept_na(checklist(), item("choice"), None) is None
    for bad in (item("choice", na_codes=["cannot_judge"]), item("choice", na_codes=[]), item("info")):
        with pytest.raises(AuditorError):
            accept_na(checklist(), bad, "not_observed")
    assert na_codes(checklist(na_codes=[]), item("choice")) == ()
    assert na_codes(checklist(na_codes=[]), item("choice", na_codes=["not_applicable"])) == ("not_applicable",)


def test_points_are_exact() -> None:
    """S1, S5: a third of two points is two thirds, not 0.6667."""
    worth = KINDS["rating"].points(item("rating", low=1, high=4, points="2"), 2)
    assert worth is not None
    assert worth.earned == Fraction(2, 3)
