"""A report per audit for many: named before the work is shared out, resumed, cancelled, stopped by none (P3, P4)."""

from __future__ import annotations

import errno
import importlib
import json
import os
import signal
from argparse import Namespace
from pathlib import Path

import pytest

from auditor.store import Store
from exports.batch import Wanted, jobs, plan, run
from exports.batch.manifest import NAME, Manifest
from exports.letterhead import Letterhead
from tests.faults.disk import Failing, seam
from ui.commands.demo import demo

running = importlib.import_module("exports.batch.run")


@pytest.fixture(scope="module")
def bank(tmp_path_factory) -> Path:
    """Audits of a few outlets, several on one day."""
    folder = tmp_path_factory.mktemp("bank")
    demo(Namespace(data=folder, audits=14, branches=2, months=1, seed=3, lang=None, json=False))
    return folder


@pytest.fixture
def rows(bank):
    return [row for row in Store.open(bank, write=False).rows() if row.state == "finished"]


def wanted(bank: Path, to: Path, *formats: str, **more) -> Wanted:
    to.mkdir(exist_ok=True)
    return Wanted(bank, to, formats or ("csv",), **more)


def reports(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir() if one.name != NAME}


def test_every_audit_has_files_of_its_own(bank, rows, tmp_path):
    made = run(plan(rows, wanted(bank, tmp_path)), wanted(bank, tmp_path), workers=1)
    assert len(made.written) == len(rows) == len(reports(tmp_path))
    assert not made.failures
    assert not made.cancelled


def test_names_are_decided_before_the_work_is_shared_out(bank, rows, tmp_path):
    """The same outlet, kind and day get -2, -3, and a name of the folder is not taken."""
    twice = [rows[0], *rows]
    first = plan(twice, wanted(bank, tmp_path))
    names = [one.name for one in first]
    assert len(set(names)) == len(names)
    (tmp_path / f"{names[2].upper()}.csv").write_bytes(b"")
    again = [one.name for one in plan(twice, wanted(bank, tmp_path))]
    assert again[0] == names[0]
    assert names[2] not in again


def test_names_are_those_of_a_single_export(bank, rows, tmp_path):
    import exports
    from auditor.scoring import current

    store = Store.open(bank, write=False)
    for row, job in zip(rows, plan(rows, wanted(bank, tmp_path / "a")), strict=True):
        audit = store.read(row.id)
        (alone,) = exports.export(audit, current(audit), tmp_path / "b", formats=("csv",), branches=store.branches)
        assert alone.stem == job.name


def test_two_processes_write_what_one_writes(bank, rows, tmp_path):
    few = rows[:5]
    one = run(plan(few, wanted(bank, tmp_path / "1")), wanted(bank, tmp_path / "1"), workers=1)
    two = run(plan(few, wanted(bank, tmp_path / "2")), wanted(bank, tmp_path / "2"), workers=2)
    assert not two.notes
    assert [path.read_bytes() for path in one.written] == [path.read_bytes() for path in two.written]


def test_a_second_run_writes_only_what_is_missing(bank, rows, tmp_path):
    order = wanted(bank, tmp_path)
    first = run(plan(rows, order), order, workers=1)
    first.written[0].unlink()
    first.written[1].write_bytes(b"touched")
    again = run(plan(rows, order), order, workers=1)
    assert len(again.written) == 2
    assert len(again.there) == len(rows) - 2
    assert first.written[1].read_bytes() == b"touched"


def test_a_format_that_is_missing_comes_beside_its_fellow(bank, rows, tmp_path):
    few = rows[:2]
    first = run(plan(few, wanted(bank, tmp_path)), wanted(bank, tmp_path), workers=1)
    order = wanted(bank, tmp_path, "csv", "pdf")
    more = run(plan(few, order), order, workers=1)
    assert {one.stem for one in more.written} == {one.stem for one in first.written}


@pytest.mark.parametrize(
    "other",
    [
        {"copy": "branch"},
        {"lang": "en"},
        {"options": (("precision", "date"),)},
        {"options": (("letterhead", Letterhead("甲")),)},
    ],
)
def test_other_options_are_never_skipped(bank, rows, tmp_path, other):
    few = rows[:2]
    run(plan(few, wanted(bank, tmp_path)), wanted(bank, tmp_path), workers=1)
    assert all(one.formats for one in plan(few, wanted(bank, tmp_path, **other)))


def test_a_changed_audit_is_never_skipped(tmp_path):
    data = tmp_path / "data"
    demo(Namespace(data=data, audits=6, branches=1, months=1, seed=4, lang=None, json=False))
    with Store.open(data, write=True) as store:
        chosen = [row for row in store.rows() if row.state == "finished"]
        order = wanted(data, tmp_path / "to")
        run(plan(chosen, order), order, workers=1)
        opened = store.open_audit(chosen[0].id)
        opened.reopen("更正")
        opened.close()
        assert [bool(one.formats) for one in plan(chosen, order)] == [True] + [False] * (len(chosen) - 1)


def test_the_list_of_what_is_done_names_no_audit(bank, rows, tmp_path):
    """P7: it lies in a folder that may go to a branch."""
    run(plan(rows, wanted(bank, tmp_path)), wanted(bank, tmp_path), workers=1)
    told = (tmp_path / NAME).read_text("utf-8")
    assert told
    assert not [row.id for row in rows if row.id in told or row.head in told]


@pytest.mark.parametrize("torn", [b"", b'{"key": ', b"\xff\x00", b"[]\n", b'{"key":"a","file":"../x","sha256":""}\n'])
def test_a_torn_list_costs_work_and_nothing_else(bank, rows, tmp_path, torn):
    (tmp_path / NAME).write_bytes(torn)
    assert not Manifest(tmp_path)
    assert all(one.formats for one in plan(rows, wanted(bank, tmp_path)))


def test_cancelling_keeps_what_is_done_and_leaves_nothing_half(bank, rows, tmp_path):
    order, seen = wanted(bank, tmp_path), []
    made = run(plan(rows, order), order, workers=1, progress=seen.append, stopped=lambda: len(seen) > 3)
    assert made.cancelled
    assert made.remaining == len(rows) - len(made.written)
    assert reports(tmp_path) == {one.name for one in made.written}
    rest = run(plan(rows, order), order, workers=1)
    assert len(rest.written) == made.remaining


def test_ctrl_c_finishes_what_is_being_written(bank, rows, tmp_path):
    order = wanted(bank, tmp_path)

    def press(progress):
        if progress.done == 2:
            os.kill(os.getpid(), signal.SIGINT)

    made = run(plan(rows, order), order, workers=1, progress=press)
    assert len(made.written) == 2
    assert made.cancelled


def test_progress_says_how_far_and_how_long(bank, rows, tmp_path):
    order, seen = wanted(bank, tmp_path), []
    run(plan(rows, order), order, workers=1, progress=seen.append)
    assert [one.done for one in seen] == list(range(len(rows) + 1))
    assert seen[0].left is None
    assert seen[-1].left == 0


def test_a_damaged_audit_fails_alone(tmp_path):
    """P4."""
    data = tmp_path / "data"
    demo(Namespace(data=data, audits=5, branches=1, months=1, seed=4, lang=None, json=False))
    chosen = [row for row in Store.open(data, write=False).rows() if row.state == "finished"]
    journal = next(data.glob(f"audits/*/{chosen[1].id}/journal.jsonl"))
    journal.write_bytes(journal.read_bytes()[:400])
    order = wanted(data, tmp_path / "to")
    made = run(plan(chosen, order), order, workers=1)
    assert [one.audit for one in made.failures] == [chosen[1].id]
    assert len(made.written) == len(chosen) - 1
    assert all(one.message() and one.remedy() for one in made.failures[0].problems)


def test_the_other_format_of_a_failed_audit_is_listed(bank, rows, tmp_path, monkeypatch):
    monkeypatch.setattr("exports.pdf.document.render", lambda *_: b"")
    order = wanted(bank, tmp_path, "pdf", "csv")
    made = run(plan(rows[:2], order), order, workers=1)
    assert len(made.failures) == 2
    assert [one.suffix for one in made.written] == [".csv"] * 2


def test_a_full_disk_is_said_once_for_each_report_and_nothing_is_left(bank, rows, tmp_path):
    order = wanted(bank, tmp_path)
    with seam(Failing(1, errno.ENOSPC, ("open_file",))):
        made = run(plan(rows[:3], order), order, workers=1)
    assert made.failures
    assert reports(tmp_path) == {one.name for one in made.written}


def test_where_no_process_starts_the_work_is_done_all_the_same(bank, rows, tmp_path, monkeypatch):
    class Refused:
        def __init__(self, *_):
            raise OSError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr(running, "ProcessPoolExecutor", Refused)
    order = wanted(bank, tmp_path)
    made = run(plan(rows[:3], order), order, workers=2)
    assert len(made.written) == 3
    assert [one.key for one in made.notes] == ["batch.no_workers"]


def _dying(job, wanted):
    """Does the work, but is killed over one audit, as the system does when memory runs out."""
    if job.audit == os.environ.get("TEST_KILLS"):
        os.kill(os.getpid(), signal.SIGKILL)
    return jobs.make(job, wanted)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_killed_worker_costs_its_own_report_only(bank, rows, tmp_path, monkeypatch):
    few = rows[:6]
    monkeypatch.setenv("TEST_KILLS", few[2].id)
    monkeypatch.setattr(running, "make", _dying)
    order = wanted(bank, tmp_path)
    made = run(plan(few, order), order, workers=2)
    assert [(one.audit, one.problems[0].key) for one in made.failures] == [(few[2].id, "batch.worker_killed")]
    assert len(made.written) == len(few) - 1
    assert not made.notes


def test_workers_know_no_qt():
    import subprocess
    import sys

    code = "import sys, exports.batch, exports.writing; sys.exit(any(one.startswith('PySide6') for one in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_line_of_the_list_is_json(bank, rows, tmp_path):
    run(plan(rows, wanted(bank, tmp_path)), wanted(bank, tmp_path), workers=1)
    lines = (tmp_path / NAME).read_text("utf-8").splitlines()
    assert len(lines) == len(rows)
    assert all(set(json.loads(line)) == {"key", "file", "sha256"} for line in lines)
