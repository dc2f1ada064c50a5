"""A soak (F16): thousands of audits with photos in one process; memory and open files stay flat, every chain holds."""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.store import Store, files, photos
from auditor.store.verify import verify
from tests.faults.scene import fill_all, header, picture, small_checklist

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def soak(data: Path, audits: int, each: int) -> None:
    dice, checklist = random.Random(1), small_checklist(3)
    pictures = [photos.load(picture(colour, (320, 240))) for colour in ("red", "green", "blue", "black")]
    settled = 0
    handles = 0
    with Store.open(data, write=True) as store:
        for number in range(audits):
            opened = store.create(checklist, header(branch_name=f"第{number % 300}支行"))
            fill_all(opened, dice.choice(["yes", "no"]))
            for photo in range(each):
                opened.add_photo("q0", pictures[photo % 4], f"{photo}.jpg")
            opened.finish()
            opened.close()
            if number == audits // 4:
                gc.collect()
                settled, handles = resident(), len(list(Path("/proc/self/fd").iterdir()))
        gc.collect()
        grown, now = resident(), len(list(Path("/proc/self/fd").iterdir()))
        assert now <= handles + 2
        assert grown - settled < settled * 0.1 + audits * 4_000, "only the library's rows may grow"
        assert len(store.rows()) == audits
        report = verify(store)
    assert (report.count("ok"), report.count("damaged")) == (audits, 0)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power is cut here, so the real fsync may be spared."""
    monkeypatch.setattr(files, "sync", lambda _handle: None)


def test_a_short_soak(data: Path, record_property: Callable[[str, object], None]) -> None:
    record_property("tries", 300)
    soak(data, 300, 2)


@pytest.mark.full
@pytest.mark.timeout(7200)
def test_ten_thousand_audits_with_photos(data: Path, record_property: Callable[[str, object], None]) -> None:
    record_property("tries", 10_000)
    soak(data, 10_000, 4)
