"""Jots become answers and the course of the visit afterwards (jot, then complete)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from auditor import jotting
from auditor.audit import Answer, Audit, Jot
from auditor.checklist import Checklist
from auditor.checklist.model import STAMPS
from auditor.words import speaking
from checklists.library import find
from tests.auditor import builders

DAY = "2026-03-05T"


@pytest.fixture(scope="module")
def sheet() -> Checklist:
    return find("customer_journey", None)


def jotted(sheet: Checklist, *jots: Jot, **answers: Answer) -> Audit:
    made = builders.audit(sheet, answers)
    return replace(made, jots={str(n): jot for n, jot in enumerate(jots, 1)})


def stamp(name: str, clock: str, **values: str) -> Jot:
    return Jot("stamp", f"{DAY}{clock}+08:00", name, **values)  # type: ignore[arg-type]


def test_every_visit_has_five_stamps_and_the_checklists_own(sheet: Checklist) -> None:
    marks = jotting.marks(sheet)
    assert [one.name for one in marks[:5]] == list(STAMPS)
    assert {one.name: one.path for one in marks[:5]} == {
        "arrived": "arrived_at",
        "ticket": "ticket_at",
        "called": "called_at",
        "served": "",
        "left": "left_at",
    }
    own = [one.path for one in marks[5:]]
    assert any(path.endswith("done_at") for path in own)
    assert "waited" not in own
    assert [one.timed for one in marks] == sorted(one.timed for one in marks)


def test_a_call_has_no_ticket_to_take() -> None:
    marks = jotting.marks(find("telephone_mystery_call", None), "telephone")
    assert not {one.name for one in marks} & {"arrived", "ticket", "called"}
    assert any(one.path.endswith("dialled_at") for one in marks)


def test_stamps_flow_into_their_items(sheet: Checklist) -> None:
    """Tapped: the time. Typed later: the time, and how it is known. What was answered already stays."""
    audit = jotted(
        sheet,
        stamp("arrived", "10:04:51"),
        stamp("ticket", "10:05:00"),
        stamp("ticket", "10:05:20", proof="ticket"),
        stamp("left", "10:52:00", proof="estimated"),
        stamp("served", "10:13:00"),
        called_at=Answer("10:12:12"),
    )
    assert jotting.answers(audit) == {
        "arrived_at": Answer("10:04:51"),
        "ticket_at": Answer("10:05:20", note="时间以号票为准。"),
        "left_at": Answer("10:52:00", note="时间为事后估计。"),
    }


def test_a_timing_flows_in_tenths_once_it_stands() -> None:
    sheet = find("service_details", None)
    name = next(one.name for one in jotting.marks(sheet) if one.timed)
    running = Jot("timing", f"{DAY}10:12:00+08:00", name)
    assert jotting.answers(jotted(sheet, running)) == {}
    assert jotting.answers(jotted(sheet, replace(running, seconds="14.2"))) == {name: Answer(Decimal("14.2"))}


def test_the_narrative_tells_the_visit_in_order(sheet: Checklist) -> None:
    """访问经过: by when it was, not by when it was written down; a corrected stamp once, an estimate as such."""
    audit = jotted(
        sheet,
        stamp("left", "10:52:00", proof="estimated"),
        stamp("arrived", "10:00:00"),
        stamp("arrived", "10:04:51"),
        Jot("note", f"{DAY}10:07:00+08:00", text="桌上有客户单据"),
    )
    assert jotting.narrative(audit) == "10:04 到达。10:07，桌上有客户单据。约10:52 离开。"
    with speaking("en"):
        assert jotting.narrative(audit) == "10:04: arrived. 10:07: 桌上有客户单据. about 10:52: left."


def test_how_long_ago_the_shopper_left(sheet: Checklist) -> None:
    now = datetime.fromisoformat(f"{DAY}12:00:00+08:00")
    assert jotting.since_leaving(jotted(sheet), now) is None
    gone = jotted(sheet, stamp("left", "10:52:00"))
    assert jotting.since_leaving(gone, now) == timedelta(hours=1, minutes=8).total_seconds()
    assert jotting.since_leaving(gone, now - timedelta(hours=3)) == 0
