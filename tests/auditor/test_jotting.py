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
from auditor.errors import AuditorError
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


def test_an_answer_that_says_otherwise_is_named(sheet: Checklist) -> None:
    jots = (stamp("arrived", "10:04:51"), stamp("ticket", "10:05:20"), stamp("left", "10:52:00"))
    audit = jotted(sheet, *jots, arrived_at=Answer("10:04"), ticket_at=Answer("10:07:00"))
    assert jotting.differing(audit) == ["ticket_at"]


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


NOW = datetime.fromisoformat(f"{DAY}12:00:00+08:00")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("10:05", "10:05:00"),
        ("10:05:20", "10:05:20"),
        ("1005", "10:05:00"),
        ("100520", "10:05:20"),
        ("9：58", "09:58:00"),
    ],
)
def test_a_stamp_typed_later_is_an_estimate_on_the_day_of_the_visit(sheet: Checklist, text: str, at: str) -> None:
    assert jotting.typed(jotted(sheet), "ticket", text, NOW) == stamp("ticket", at, proof="estimated")
    assert jotting.typed(jotted(sheet), "ticket", text, NOW, "ticket").proof == "ticket"


@pytest.mark.parametrize("text", ["", "10", "25:00", "10:75", "10:05:61", "早上", "10:5"])
def test_what_is_no_time_is_refused_with_a_sentence(sheet: Checklist, text: str) -> None:
    with pytest.raises(AuditorError) as refused:
        jotting.typed(jotted(sheet), "ticket", text, NOW)
    assert refused.value.key == "jot.not_a_time"
    assert "10:05" in refused.value.remedy()


def test_a_typed_stamp_may_not_lie_ahead_nor_contradict_the_others(sheet: Checklist) -> None:
    there = jotted(sheet, stamp("arrived", "10:04:51"), stamp("called", "10:12:12"))
    for text, key in (("12:01", "jot.in_future"), ("10:03", "jot.too_early"), ("10:13", "jot.too_late")):
        with pytest.raises(AuditorError) as refused:
            jotting.typed(there, "ticket" if key != "jot.in_future" else "left", text, NOW)
        assert refused.value.key == key
    assert "到达 10:04:51" in str(_refusal(there, "10:03"))
    assert jotting.typed(there, "ticket", "10:05", NOW).at == f"{DAY}10:05:00+08:00"


def _refusal(audit: Audit, text: str) -> AuditorError:
    with pytest.raises(AuditorError) as refused:
        jotting.typed(audit, "ticket", text, NOW)
    return refused.value


def test_a_ticket_prints_minutes_and_fits_into_the_minute_of_arriving(sheet: Checklist) -> None:
    there = jotted(sheet, stamp("arrived", "10:04:51"))
    assert jotting.typed(there, "ticket", "10:04", NOW, "ticket").at == f"{DAY}10:04:51+08:00"
    assert _refusal(there, "10:04:50").key == "jot.too_early"


def test_unfolding_gives_answers_the_time_of_leaving_and_the_narrative(sheet: Checklist) -> None:
    audit = jotted(sheet, stamp("arrived", "10:04:51"), stamp("left", "10:52:00"))
    answers, header = jotting.unfolded(audit)
    assert set(answers) == {"arrived_at", "left_at"}
    assert (header.left, header.narrative) == (f"{DAY}10:52:00+08:00", "10:04 到达。10:52 离开。")


def test_a_narrative_somebody_wrote_in_is_never_overwritten(sheet: Checklist) -> None:
    audit = jotted(sheet, stamp("arrived", "10:04:51"), stamp("left", "10:52:00"))
    drafted = replace(audit, header=replace(audit.header, narrative="10:04 到达。"))
    assert jotting.is_drafted(drafted)
    assert jotting.unfolded(drafted)[1].narrative == "10:04 到达。10:52 离开。"
    own = replace(audit, header=replace(audit.header, narrative="10:04 到达，门口没有人。"))
    assert not jotting.is_drafted(own)
    assert jotting.unfolded(own)[1].narrative == "10:04 到达，门口没有人。"


def test_elapsed_time_is_checked_against_a_clock_nobody_can_set() -> None:
    """Within one run both clocks are known; after a restart only the machine's, and set back it tells nothing."""
    start = Jot("timing", f"{DAY}11:59:46.500+08:00", "q")
    assert jotting.elapsed(start, NOW) == jotting.Elapsed(13.5)
    assert jotting.elapsed(start, NOW, 13.4) == jotting.Elapsed(13.5)
    assert jotting.elapsed(start, NOW, 73.5) == jotting.Elapsed(73.5, -60.0)
    assert jotting.elapsed(start, NOW - timedelta(hours=1), 13.5) == jotting.Elapsed(13.5, -3600.0)
    assert jotting.elapsed(start, NOW - timedelta(hours=1)) is None


def test_free_timings_are_all_told(sheet: Checklist) -> None:
    """A timing that belongs to no item has a name of its own words, and the next one does not replace it."""
    audit = jotted(
        sheet,
        Jot("timing", f"{DAY}10:10:00+08:00", "", "14.2", "等经理"),
        Jot("timing", f"{DAY}10:20:00+08:00", "", "60", "等复核"),
    )
    assert jotting.narrative(audit) == "10:10，等经理用时14.2秒。10:20，等复核用时1分00秒。"
