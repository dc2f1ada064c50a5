"""Corrective actions: which losses must be put right, how each stands on a day, what cannot be right about its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditor import corrective
from auditor.audit import Audit, Finding, Photo
from auditor.scoring import score
from tests.auditor.builders import answer, audit, checklist, choice, option, section

TODAY = date(2026, 3, 20)
PHOTO = Photo("a" * 64)


@pytest.mark.parametrize(
    ("finding", "state"),
    [
        (Finding(), "wanted"),
        (Finding(required="重新培训", owner="李主任", due="2026-03-20"), "wanted"),
        (Finding(measure="晨会点评"), "doing"),
        (Finding(photos_after=(PHOTO,)), "doing"),
        (Finding(due="2026-03-19"), "overdue"),
        (Finding(measure="晨会点评", due="2026-03-19"), "overdue"),
        (Finding(due="2026-03-19", done_on="2026-03-20"), "done"),
        (Finding(due="2026-03-19", done_on="2026-03-18", cleared_on="2026-03-20"), "cleared"),
    ],
)
def test_how_an_action_stands(finding: Finding, state: str) -> None:
    """A day is not over before it is over: due today is not overdue."""
    assert corrective.state(finding, TODAY) == state


def visit(findings: dict[str, Finding] | None = None) -> Audit:
    """`a` loses `b` with it; `c` loses by itself; `d` is full."""
    no = option("no", share=0, lose=["b"])
    sheet = checklist(
        section(
            "s",
            choice("a", 2, options=[option("yes"), no], action="当场示范"),
            choice("b", 3),
            choice("c", 5),
            choice("d", 1),
        )
    )
    made = audit(sheet, {"a": "no", "b": "yes", "c": "no", "d": "yes"})
    return replace(made, findings=findings or {})


def test_what_is_lost_with_another_is_put_right_with_it() -> None:
    made = visit()
    assert list(corrective.demanded(made, score(made))) == ["a", "c"]
    made = visit({"b": Finding(owner="张三")})
    assert list(corrective.demanded(made, score(made))) == ["a", "b", "c"]


def test_a_finding_of_what_is_no_loss_any_more_is_no_action() -> None:
    made = visit({"d": Finding(owner="张三", due="2026-01-01")})
    assert "d" not in [one.path for one in corrective.actions(made, score(made), TODAY)]


def test_the_checklist_says_what_is_required_until_somebody_does() -> None:
    made = visit({"c": Finding(required="重新培训")})
    found = {one.path: one.required for one in corrective.actions(made, score(made), TODAY)}
    assert found == {"a": "当场示范", "c": "重新培训"}


def test_the_most_urgent_comes_first_and_what_has_no_day_last() -> None:
    made = visit({"a": Finding(due="2026-03-25"), "b": Finding(due="2026-03-01")})
    found = [(one.path, one.state) for one in corrective.pending(made, score(made), TODAY)]
    assert found == [("b", "overdue"), ("a", "wanted"), ("c", "wanted")]
    made = visit({"a": Finding(done_on="2026-03-25"), "c": Finding(cleared_on="2026-03-25")})
    assert corrective.pending(made, score(made), TODAY) == ()


def test_a_fault_put_right_on_the_spot_waits_for_nobody() -> None:
    """立查立改: the photo of after is the proof."""
    made = visit()
    shown = answer(made.checklist, "c", "no")
    photos = (replace(PHOTO, stage="before"), replace(PHOTO, sha256="b" * 64, stage="after"))
    made = replace(made, answers={**made.answers, "c": replace(shown, photos=photos)})
    states = {one.path: one.state for one in corrective.actions(made, score(made), TODAY)}
    assert states == {"a": "wanted", "c": "done"}
    assert len(list(corrective.unmet(made, score(made)))) == 1


@pytest.mark.parametrize(
    ("finding", "doubts"),
    [
        (Finding(due="2026-03-10", done_on="2026-03-06", cleared_on="2026-03-06"), ()),
        (Finding(due="2026-03-04"), (("due", "before_visit"),)),
        (Finding(done_on="2026-03-04"), (("done_on", "before_visit"),)),
        (Finding(cleared_on="2026-03-08"), (("cleared_on", "not_done"),)),
        (Finding(done_on="2026-03-08", cleared_on="2026-03-07"), (("cleared_on", "before_done"),)),
        (Finding(done_on="2026-03-21"), (("done_on", "future"),)),
    ],
)
def test_days_that_cannot_be_right(finding: Finding, doubts: tuple[tuple[str, str], ...]) -> None:
    assert corrective.doubts(finding, "2026-03-05T10:00:00+08:00", TODAY) == doubts
