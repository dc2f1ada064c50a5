"""Clocks that jump, change zone, or stand in 1970 (F15): the order is the journal's, no duration is negative, and
nothing refuses to save (P1)."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from auditor.audit import Answer
from auditor.store import Store
from auditor.store.clock import Clock
from auditor.store.journal import read_journal
from auditor.store.verify import verify
from tests.faults.scene import gestures, header, seen, small_checklist

STARTS = {
    "1970": datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC),
    "2038": datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC),
    "9998": datetime(9998, 6, 1, tzinfo=UTC),
    "summer time ends": datetime(2026, 10, 25, 0, 59, 58, tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin")),
    "Shanghai 1991": datetime(1991, 9, 14, 14, 59, 58, tzinfo=UTC).astimezone(ZoneInfo("Asia/Shanghai")),
}
JUMPS = [timedelta(hours=-2), timedelta(hours=2), timedelta(days=-200), timedelta(days=200), timedelta(seconds=1)]


class Jumping(Clock):
    """A wall clock that jumps at every look; the monotonic one goes on."""

    def __init__(self, start: datetime, dice: random.Random) -> None:
        self._now, self._dice = start, dice

    def now(self) -> datetime:
        moved = self._now + self._dice.choice(JUMPS)
        if 1970 <= moved.year <= 9998:
            self._now = moved
        return self._now


@pytest.mark.parametrize("name", STARTS)
def test_a_jumping_clock_changes_no_order(
    data: Path, name: str, record_property: Callable[[str, object], None]
) -> None:
    record_property("tries", 40)
    dice = random.Random(name)
    with Store.open(data, write=True) as store:
        store._clock = Jumping(STARTS[name], dice)
        opened = store.create(small_checklist(), header())
        for gesture in gestures(random.Random(7), 40):
            gesture(opened)
        shown, folder = seen(opened.audit), store.library.folder_of(opened.audit.id)
        assert opened.saved_at.tzinfo is not None
        opened.close()
    with Store.open(data, write=True) as store:
        assert seen(store.read(opened.audit.id)) == shown
        assert [entry.seq for entry in store.history(opened.audit.id)] == [
            line.body.seq for line in read_journal(folder).lines
        ]
        assert verify(store).count("ok") == 1
        assert store.rows()[0].id == opened.audit.id
    times = [line.body.mono for line in read_journal(folder).lines]
    assert times == sorted(times), "durations are measured on the monotonic clock"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs tzset")
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/St_Johns", "Pacific/Kiritimati", "Europe/Berlin", "UTC"])
def test_a_changed_time_zone_stands_in_the_line(data: Path, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line says its offset; times are subtracted in UTC."""
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header())
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        try:
            opened.answer("q0", Answer("yes"))
            there = opened.saved_at
            assert there.utcoffset() == datetime.now(ZoneInfo(zone)).utcoffset()
            assert abs(there - datetime.now(UTC)) < timedelta(seconds=5)
        finally:
            monkeypatch.delenv("TZ")
            time.tzset()
        opened.close()
        assert verify(store).count("ok") == 1
    assert os.environ.get("TZ") != zone


def test_audits_of_one_second_have_ids_of_their_own(data: Path) -> None:
    """A clock that stands still makes no two audits one."""

    class Standing(Clock):
        def now(self) -> datetime:
            return STARTS["2038"]

    with Store.open(data, write=True) as store:
        store._clock = Standing()
        ids = {store.create(small_checklist(), header()).audit.id for _ in range(20)}
        assert len(ids) == 20
        assert {id_[:16] for id_ in ids} == {"20380119T031407Z"}
