"""Many reports from the window: the selection of the library, progress, cancel, what failed with a way to it."""

from __future__ import annotations

import io
import shutil
from argparse import Namespace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from auditor.store import Store
from auditor.words import tr
from exports.batch import Progress, run
from tests.ui.scene import settle
from ui.commands.demo import demo
from ui.commands.meter import Meter
from ui.export import batch_page
from ui.export.batch_page import BatchPage
from ui.progress import progress_words, time_left


@pytest.fixture(scope="module")
def bank(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bank")
    demo(Namespace(data=folder, audits=8, branches=2, months=1, seed=3, lang=None, json=False))
    return folder


@pytest.fixture(autouse=True)
def one_process(monkeypatch):
    """Processes are proven elsewhere; here they would only take time."""
    monkeypatch.setattr(batch_page, "run", lambda *args, **more: run(*args, workers=1, **more))


@pytest.fixture
def page(bank, tmp_path, qtbot):
    (tmp_path / "to").mkdir()
    rows = list(Store.open(bank, write=False).rows())
    made = BatchPage(bank, rows, str(tmp_path / "to"))
    qtbot.addWidget(made)
    made.formats["pdf"].setChecked(False)
    made.formats["csv"].click()
    made.show()
    return made


def texts(page) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(one.text() for one in page.findChildren(QLabel))


@pytest.fixture
def finished(bank) -> int:
    """How many of the bank's eight audits are reports to be."""
    return sum(row.state == "finished" for row in Store.open(bank, write=False).rows())


def test_drafts_are_left_out_and_it_is_said(page, finished):
    assert 0 < finished < 8
    assert tr("batch.start", n=finished) == page.start.text()
    assert tr("batch.left_out", n=8 - finished).strip() in texts(page)


def test_it_writes_a_report_for_each_and_says_so(page, tmp_path, finished):
    found = []
    page.done.connect(found.append)
    page.start.click()
    assert not page.start.isVisible()
    assert page.under_way.cancel.isVisible()
    settle()
    assert len(list((tmp_path / "to").glob("*.csv"))) == finished
    assert tr("batch.told", n=finished, folder=tmp_path / "to") in texts(page)
    assert not found[0].failures
    assert page.start.isVisible()
    assert page.under_way.bar.maximum() == finished


def test_a_second_run_says_what_was_there(page, finished):
    page.start.click()
    settle()
    page.start.click()
    settle()
    assert tr("batch.told.there", n=finished) in texts(page)


def test_cancel_keeps_what_is_done(page, monkeypatch):
    monkeypatch.setattr(batch_page, "run", lambda jobs, wanted, **more: run(jobs, wanted, workers=1, **_cut(more)))
    page.start.click()
    page.under_way.cancel.click()
    assert not page.under_way.cancel.isEnabled()
    settle()
    assert tr("batch.cancelled.remedy") in texts(page)
    assert page.under_way.cancel.isEnabled()


def _cut(more):
    return {**more, "stopped": lambda: True}


def test_what_failed_is_named_with_its_reason_and_a_way_to_it(bank, tmp_path, qtbot):
    data = tmp_path / "data"
    shutil.copytree(bank, data)
    rows = [row for row in Store.open(data, write=False).rows() if row.state == "finished"]
    journal = next(data.glob(f"audits/*/{rows[2].id}/journal.jsonl"))
    journal.write_bytes(journal.read_bytes()[:300])
    page = BatchPage(data, rows, str(tmp_path / "to"))
    qtbot.addWidget(page)
    page.formats["pdf"].setChecked(False)
    page.formats["csv"].click()
    wanted = []
    page.audit_wanted.connect(wanted.append)
    page.start.click()
    settle()
    assert tr("batch.told.failed", n=1) in texts(page)
    shown = [one for one in page.findChildren(QPushButton) if one.text() == tr("batch.open_audit")]
    shown[0].click()
    assert wanted == [rows[2].id]
    assert len(list((tmp_path / "to").glob("*.csv"))) == len(rows) - 1


def test_a_folder_that_cannot_be_used_is_a_sentence(page, tmp_path):
    page.folder.setText(str(tmp_path / "gone" / "deeper"))
    page.start.click()
    settle()
    assert tr("report.folder_missing", file=str(tmp_path / "gone")) in texts(page)


def test_leaving_stops_it(page):
    page.start.click()
    page.flush()
    assert page.under_way.stop.is_set()
    settle()


def test_nothing_chosen_starts_nothing(page):
    page.formats["csv"].click()
    assert not page.start.isEnabled()


@pytest.mark.parametrize(
    ("seconds", "words"), [(3, "5 秒"), (42, "40 秒"), (58, "1 分钟"), (200, "3 分钟"), (3900, "1 小时 5 分钟")]
)
def test_time_left_is_no_more_exact_than_it_is_known(seconds, words):
    assert time_left(seconds) == words


def test_nothing_is_said_of_the_time_left_at_first():
    assert progress_words(Progress(1, 10, 0, 0, 1.0, 9.0)) == "已完成 1 / 10 份"
    assert progress_words(Progress(5, 10, 1, 0, 60.0, 60.0)) == "已完成 5 / 10 份 · 失败 1 份 · 约剩 1 分钟"


class _Screen(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def test_a_terminal_shows_one_line_that_goes_away_and_a_pipe_nothing():
    for terminal in (True, False):
        screen = _Screen(terminal)
        meter = Meter(screen)
        meter.show(Progress(10, 10, 0, 0, 60.0, 0.0))
        meter.end()
        said = screen.getvalue()
        assert ("已完成 10 / 10 份" in said) == terminal
        assert said.endswith("\r\x1b[K") == terminal
