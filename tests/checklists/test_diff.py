"""What changed between two versions, by stable id (S8)."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.checklist import Checklist
from auditor.words import LANGUAGES, speaking
from checklists.diff import compare
from tests.auditor.builders import choice, item, option, section

BASE: dict[str, Any] = {
    "id": "c",
    "version": "1",
    "title": "c",
    "sections": [section("s", choice("a"), choice("b"), choice("d")), section("t", choice("e", 3))],
}


def said(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, str]]:
    changes = compare(Checklist.model_validate(old), Checklist.model_validate(new))
    return [(one.what, one.id, one.detail) for one in changes]


def with_items(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**BASE, "sections": [section("s", *items), *BASE["sections"][1:]], **more}


def test_a_new_version_alone_changes_nothing() -> None:
    assert said(BASE, {**BASE, "version": "2"}) == []


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (with_items(choice("a"), choice("d")), [("removed", "b", "")]),
        (with_items(choice("a"), choice("b"), choice("c"), choice("d")), [("added", "c", "")]),
        (with_items(choice("b"), choice("d"), choice("a")), [("moved", "a", "")]),
        (
            with_items(choice("a"), choice("b"), choice("d"), choice("e", 3))
            | {"sections": [section("s", choice("a"), choice("b"), choice("d"), choice("e", 3)), section("t")]},
            [("moved", "e", "")],
        ),
        (with_items(choice("a", text="new"), choice("b"), choice("d")), [("reworded", "a", "text")]),
        (with_items(choice("a", 2), choice("b"), choice("d")), [("points", "a", "points")]),
        (with_items(choice("a", show_if="b = yes"), choice("b"), choice("d")), [("rules", "a", "show_if")]),
        (
            with_items(choice("a", options=[option("yes"), option("no", share=0.5)]), choice("b"), choice("d")),
            [("options", "a", "no")],
        ),
        (
            with_items(
                choice("a", options=[option("yes"), {"id": "no", "text": "never", "share": 0}]),
                choice("b"),
                choice("d"),
            ),
            [("reworded", "a", "no")],
        ),
        (
            with_items(
                choice("a", options=[option("yes"), option("no", share=0), option("late", share=0)]),
                choice("b"),
                choice("d"),
            ),
            [("options", "a", "late")],
        ),
        ({**BASE, "scale": 1000, "pass": 80}, [("points", "", "scale"), ("settings", "", "pass")]),
    ],
)
def test_each_change_is_named_once(new: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    assert said(BASE, new) == expected


def test_what_is_gone_is_told_last_with_its_place() -> None:
    old, new = Checklist.model_validate(BASE), Checklist.model_validate(with_items(choice("a", 9)))
    changes = compare(old, new)
    assert [(one.what, one.id, one.old, one.new) for one in changes] == [
        ("points", "a", "1", "9"),
        ("removed", "b", "s", ""),
        ("removed", "d", "s", ""),
    ]


def test_changes_are_sentences_in_both_languages_and_plain_json() -> None:
    new = with_items(item("a", "number", points=1), choice("b", text="x"), choice("z"), scale=50)
    changes = compare(Checklist.model_validate(BASE), Checklist.model_validate(new))
    assert {one.what for one in changes} >= {"points", "rules", "options", "reworded", "added", "removed"}
    for code in LANGUAGES:
        with speaking(code):
            assert all("{" not in one.text() and "diff." not in one.text() for one in changes)
    assert changes[0].as_json() == {
        "what": "points",
        "part": "checklist",
        "id": "",
        "title": {"zh": "c", "en": "c"},
        "detail": "scale",
        "old": "100",
        "new": "50",
    }
