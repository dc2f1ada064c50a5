"""What a checklist says of itself as a whole: contradictions, its versions, the instruments it covers (editor)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.checklist.model import Checklist
from checklists import drafts
from checklists.reader import read
from tests.ui.test_editor import FIRST, click, editing, form, pick, settle, type_into
from ui.app import open_window
from ui.editor.list_field import ListField
from ui.editor.page import EditorPage
from ui.main_window import MainWindow

SHIPPED = "branch_mystery_visit"


@pytest.fixture
def window(dressed: QApplication, qtbot: QtBot, data: Path) -> Iterator[MainWindow]:
    made = open_window(dressed, data)
    made.resize(1280, 800)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=5_000)
    qtbot.waitUntil(lambda: made.desk.writes, timeout=10_000)
    yield made
    settle(1)
    made.close()
    settle(1)


@pytest.fixture
def page(window: MainWindow) -> EditorPage:
    """A shipped checklist open in the editor, at its own settings."""
    made = editing(window, drafts.edit(window.desk.folder, SHIPPED))
    made._choose(())
    return made


def edited(page: EditorPage, tmp_path: Path) -> Checklist:
    """What the document reads as, once everything is committed."""
    page.form.flush()
    settle(1)
    path = tmp_path / f"{SHIPPED}.yaml"
    path.write_text(page.document.text(), "utf-8")
    return read(path)


def test_what_becomes_of_contradictions_is_chosen_rule_by_rule(page: EditorPage, tmp_path: Path) -> None:
    for rule, wanted in (("loss_without_reason", "block"), ("same_answer", "off"), ("old_photo", "warn")):
        pick(form(page).field(f"contradictions.{rule}"), wanted)
    found = edited(page, tmp_path).contradictions
    assert (found.loss_without_reason, found.same_answer, found.old_photo) == ("block", "off", "warn")
    assert found.copied_note == "warn", "unsaid"
    for rule in ("loss_without_reason", "same_answer", "old_photo"):
        pick(form(page).field(f"contradictions.{rule}"), "")
    edited(page, tmp_path)
    assert "contradictions" not in page.document.root, "nothing said is not written"


def test_the_versions_of_a_checklist_are_corrected_and_added(page: EditorPage, tmp_path: Path) -> None:
    changes: Any = form(page).field("changes")
    before = len(changes.entries)
    type_into(changes.entries[0].text or changes.entries[0].field("note").fields["zh"], "Corrected note")
    click(changes.add)
    assert len(changes.entries) == before + 1
    entry = changes.entries[-1]
    type_into(entry.field("version").field, "9.9")
    type_into(entry.field("date").field, "2026-05-01")
    found = edited(page, tmp_path).changes
    assert found[0].note.in_("zh") == "Corrected note"
    assert (found[-1].version, found[-1].date.isoformat()) == ("9.9", "2026-05-01")


def test_a_day_that_is_none_is_said_at_its_field(page: EditorPage, qtbot: QtBot) -> None:
    changes: Any = form(page).field("changes")
    type_into(changes.entries[0].field("date").field, "yesterday")
    qtbot.waitUntil(lambda: any("yesterday" in one.problem.message() for one in page.problems), timeout=5_000)
    page._choose(FIRST)
    page.list.rows.itemClicked.emit(page.list.rows.item(0))
    settle()
    assert form(page).field("changes").entries[0].field("date").field.hasFocus()


def test_instruments_are_typed_on_one_line_each_once(page: EditorPage, tmp_path: Path) -> None:
    field: ListField = form(page).field("instruments")
    assert field.line.field.text() == ", ".join(edited(page, tmp_path).instruments)
    type_into(field.line.field, "A1,B3 A1; E10")
    assert edited(page, tmp_path).instruments == ("A1", "B3", "E10")
    field.line.field.selectAll()
    QTest.keyClick(field.line.field, Qt.Key.Key_Delete)
    assert edited(page, tmp_path).instruments == ()


def test_what_is_not_touched_stays_as_it_was_written(page: EditorPage) -> None:
    before = page.document.text().splitlines()
    type_into(form(page).field("instruments").line.field, "A1")
    page.form.flush()
    settle(1)
    after = page.document.text().splitlines()
    assert len(after) == len(before)
    assert [one for one, other in zip(before, after, strict=True) if one != other] == [
        one for one in before if one.startswith("instruments:")
    ]
