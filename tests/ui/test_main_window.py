"""The window with real parts: a real data folder, the shipped checklists, closed and opened again (design §4, §6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import cast

import pytest
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auditor import scoring
from auditor.audit import Header
from auditor.checklist.parts import Text
from auditor.errors import AuditorError
from auditor.store import Branch, Store
from auditor.words import language, tr
from checklists.library import find
from tests.ui import looking
from tests.ui.scene import Opener, rest
from ui import app as opening
from ui.capture.page import CapturePage
from ui.demo.visits import Visit, carry_out
from ui.library.losses import losses
from ui.look import style
from ui.review.page import ReviewPage
from ui.settings import stored
from ui.settings.page import SettingsPage
from ui.settings.stored import Settings
from ui.shortcuts import SHORTCUTS
from ui.start.page import StartPage

HEADER = Header(
    kind="mystery", visited="2026-10-01T10:00:00+08:00", branch="10001", branch_name="城东支行", shopper="青松"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a register and two drafts."""
    with Store.open(tmp_path / "data", write=True) as store:
        store.branches.merge([Branch("10001", "城东支行", "江城分行"), Branch("10002", "滨河路支行", "江城分行")])
        for name in ("greeting", "farewell"):
            store.create(find(name), HEADER).close()
    return tmp_path / "data"


def test_the_first_picture_needs_no_store(qapp: QApplication, qtbot: QtBot, folder: Path) -> None:
    """design §6: the list is shown from the index alone; the store is opened after the first paint."""
    window = opening.open_window(qapp, folder)
    qtbot.addWidget(window)
    assert window.desk.store is None
    assert window.library.shown == 2
    qtbot.waitUntil(lambda: window.desk.writes, timeout=20_000)
    rest(qtbot)
    window.close()


def test_an_empty_folder_invites(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    window = opening.open_window(qapp, tmp_path / "new")
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.desk.writes, timeout=20_000)
    rest(qtbot)
    assert window.library.sample.isVisible()
    window.close()


def test_from_start_to_capture_and_back_again(open_: Opener, qtbot: QtBot) -> None:
    """P1: what was begun is in the list after the window was closed and opened again."""
    window = open_()
    window.on_start_check()
    rest(qtbot)
    page = cast(StartPage, window.current_page())
    page._tiles.button(0).click()
    page.branches.choose(0)
    page.start.click()
    assert isinstance(window.current_page(), CapturePage)
    assert window.session is not None
    begun = window.session.audit.id
    window.go("home")
    assert window.session is None
    assert window.library.shown == 3
    window.close()
    again = open_()
    assert again.library.row(begun) is not None
    again.open_audit(begun)
    assert isinstance(again.current_page(), CapturePage)


def test_deleting_can_be_undone(open_: Opener, qtbot: QtBot) -> None:
    window = open_()
    audit = window.desk.rows[0].id
    window.delete_audit(audit)
    assert window.library.shown == 1
    undo = next(one for one in window.messages.findChildren(QPushButton) if one.text() == "撤销")
    undo.click()
    rest(qtbot)
    assert window.library.shown == 2
    assert window.library.row(audit) is not None


def test_a_damaged_audit_is_named_and_blocks_nothing(open_: Opener, folder: Path) -> None:
    """P2, P4."""
    bad = sorted(folder.glob("audits/*/*/journal.jsonl"))[0]
    good = sorted(folder.glob("audits/*/*/journal.jsonl"))[1].parent.name
    data = bad.read_bytes()
    bad.write_bytes(data[:200] + b"XX" + data[202:])
    window = open_()
    window.open_audit(bad.parent.name)
    assert window.page == "home"
    assert window.messages.isVisible()
    assert str(bad) in window.messages.text + window.messages.detail
    assert window.library.shown == 2
    row = window.library.row(bad.parent.name)
    assert row is not None
    assert row.state == "damaged", "the list says so too, from now on"
    window.open_audit(good)
    assert isinstance(window.current_page(), CapturePage)


def test_another_instance_is_named_and_reading_goes_on(open_: Opener, folder: Path) -> None:
    """design §5: one writer; the second window says who has the folder, shows the list, and changes nothing."""
    with Store.open(folder, write=True):
        window = open_()
        assert not window.desk.writes
        assert window.library.shown == 2
        assert str(folder) in window.messages.text
        assert "只能查看" in window.messages.text
        window.messages.clear()
        first = window.desk.rows[0].id
        window.delete_audit(first)
        assert window.library.shown == 2
        assert str(folder) in window.messages.text
        assert "@" in window.messages.text + window.messages.detail, "who has it is named again"
    window.delete_audit(first)
    assert window.desk.writes, "the other one has gone"
    assert window.library.shown == 1


def test_a_folder_that_vanished_is_named_and_the_list_stays(open_: Opener, folder: Path, tmp_path: Path) -> None:
    window = open_()
    folder.rename(tmp_path / "unplugged")
    window.open_audit(window.desk.rows[0].id)
    assert window.page == "home"
    assert window.library.shown == 2
    assert str(folder) in window.messages.text
    window.delete_audit(window.desk.rows[0].id)
    assert window.library.shown == 2
    assert not folder.exists(), "nothing is made where a drive was"


def test_closing_lets_the_next_writer_in(open_: Opener, folder: Path) -> None:
    open_().close()
    Store.open(folder, write=True).close()


@pytest.mark.parametrize("page", ["home", "start", "checklists", "settings", "capture"])
def test_language_theme_and_size_change_at_once_and_stay(open_: Opener, folder: Path, qtbot: QtBot, page: str) -> None:
    window = open_()
    if page == "capture":
        window.open_audit(window.desk.rows[0].id)
    elif page != "home":
        window.show_page(page)
    rest(qtbot)
    window.change(language="en")
    window.change(theme="dark", scale=150)
    rest(qtbot)
    assert window.page == page
    assert window.current_page().isVisible()
    assert (language(), style.look().dark, style.look().scale) == ("en", True, 150)
    assert window.windowTitle() == tr("common.app", lang="en")
    assert stored.load(folder)[0] == window.settings
    window.close()
    assert open_().settings.language == "en"


def test_what_was_chosen_to_start_with_outlives_a_change_of_language_and_look(open_: Opener, qtbot: QtBot) -> None:
    """Issue: Chinese and English switchable at once, in the middle of anything."""
    window = open_()
    window.show_page("start")
    rest(qtbot)
    page = cast(StartPage, window.current_page())
    at = next(n for n, one in enumerate(page._checklists) if one.scenarios and len(one.checks) > 1)
    page._tiles.button(at).click()
    page._kinds.button(1).setChecked(True)
    wanted = page._checklists[at].scenarios[-1].id
    page.scenario.choose(wanted)
    page.branches.search.setText("临时网点")
    page.branches.choose(len(page.branches.model.shown) - 1)
    page.alias.setText("青松")
    before = page.kept()
    assert (before.scenario, before.branch and before.branch.name) == (wanted, "临时网点")
    window.change(language="en")
    window.change(theme="dark")
    rest(qtbot)
    again = cast(StartPage, window.current_page())
    assert again is not page
    assert again.kept() == before
    assert again.start.isEnabled()


def test_the_settings_page_says_what_was_changed(open_: Opener, qtbot: QtBot) -> None:
    window = open_()
    window.go("settings")
    page = cast(SettingsPage, window.current_page())
    page.theme.buttons()[2].click()
    rest(qtbot)
    assert window.settings.theme == "dark"
    assert style.look().dark
    assert isinstance(window.current_page(), SettingsPage)


def test_settings_that_cannot_be_kept_are_said(open_: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The change holds for now; the strip says it was not saved."""
    window = open_()

    def refuse(_folder: Path, _settings: Settings) -> None:
        raise AuditorError("store.disk_full", file=str(folder / "settings.yaml"), said="")

    monkeypatch.setattr(stored, "save", refuse)
    window.change(alias="青松")
    assert str(folder) in window.messages.text
    assert window.messages.detail


def test_every_shortcut_has_words_and_does_something(open_: Opener) -> None:
    window = open_()
    bound = {one.key().toString() for one in window.findChildren(QShortcut)}
    for keys, name in SHORTCUTS:
        assert QKeySequence(keys).toString() in bound
        assert tr(f"window.{name}") != f"window.{name}"
    window.go("checklists")
    assert window.page == "checklists"
    window.on_larger()
    assert window.settings.scale == 110
    window.on_smaller()
    window.on_smaller()
    assert window.settings.scale == 100
    window.on_switch_theme()
    assert style.look().dark
    window.go("home")
    window.on_find()
    assert window.page == "home"


def test_size_and_place_are_remembered(open_: Opener) -> None:
    window = open_()
    window.resize(900, 700)
    window.close()
    assert open_().size().toTuple() == (900, 700)


@pytest.mark.parametrize("text", ["", "x", "1,2", "9999999,1,-99999999999999,0", "900,700,0,0,max"])
def test_a_strange_window_size_opens_a_window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, text: str) -> None:
    stored.save(tmp_path, Settings(window=text))
    window = opening.open_window(qapp, tmp_path)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.desk.store is not None, timeout=20_000)
    rest(qtbot)
    assert 640 <= window.width() <= 8000
    window.close()


def test_a_finished_audit_opens_on_its_result(open_: Opener, folder: Path) -> None:
    from argparse import Namespace

    from ui.commands.demo import demo

    wanted = Namespace(data=folder, audits=3, branches=2, months=2, seed=1, lang=None, json=False)
    demo(wanted)
    window = open_()
    done = next(row.id for row in window.desk.rows if row.state == "finished")
    window.open_audit(done)
    assert isinstance(window.current_page(), ReviewPage)
    window.export_audit(done)
    assert window.page == "export"
    assert window.exported is not None
    assert window.exported.id == done


def test_losses_are_counted_from_the_audits_in_either_language(open_: Opener, folder: Path) -> None:
    """The card rests on recent finished mystery visits of one checklist, damaged ones left out (P4, S8)."""
    checklist, now = find("greeting"), datetime.now().astimezone().isoformat(timespec="seconds")
    with Store.open(folder, write=True) as store:
        audits = []
        for wrong in (True, False, False):
            visit = Visit(checklist, replace(HEADER, visited=now), Random(1), fault_rate=0.5 if wrong else 0.0)
            opened = carry_out(store, visit)
            audits.append(opened.audit.id)
            opened.close()
        score = scoring.current(store.read(audits[0]))
        lost = sum((item.deducted for item in score.items), Fraction(0))
        damaged = next(folder.glob(f"audits/*/{audits[2]}/journal.jsonl"))
        damaged.write_bytes(damaged.read_bytes()[:300] + b"?" + damaged.read_bytes()[301:])
        found = losses(store, audits)
    assert found.n == 2
    assert sum(points for _, points in found.sections) <= float(lost) / 2 + 1e-9
    assert found.sections[0][1] >= found.sections[-1][1] > 0
    window = open_()
    window.library.show_losses(found)
    title = cast(Text, found.sections[0][0])
    assert title.in_("zh") in texts(window.library.cards.losses)
    window.change(language="en")
    window.library.show_losses(found)
    assert title.in_("en") in texts(window.library.cards.losses)


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel)]


@pytest.mark.parametrize("page", ["home", "start", "checklists", "settings"])
@pytest.mark.parametrize(
    ("size", "scale", "code"),
    [((1280, 800), 100, "zh"), ((1024, 768), 100, "en"), ((800, 1280), 100, "zh"), ((1920, 1200), 150, "en"),
     ((1280, 800), 200, "zh"), ((1280, 800), 200, "en")],
)  # fmt: skip
def test_nothing_is_clipped_small_or_unnamed(
    open_: Opener, qtbot: QtBot, page: str, size: tuple[int, int], scale: int, code: str
) -> None:
    """design §6: 48 px and more, names for screen readers, no clipped words."""
    window = open_()
    window.resize(*size)
    window.change(language=code, scale=scale)
    window.show_page(page)
    rest(qtbot)
    inside: QWidget = window
    assert looking.clipped(inside) == []
    assert looking.small_targets(inside) == []
    assert looking.unnamed(inside) == []
    assert looking.beside_the_page(inside) == []


def test_a_screen_reader_finds_the_pages(open_: Opener) -> None:
    window = open_()
    tree = QAccessible.queryAccessibleInterface(window.navigation)
    names = [tree.child(at).text(QAccessible.Text.Name) for at in range(tree.childCount())]
    assert names == ["首页", "检查表", "设置"]


def test_qt_speaks_the_language_of_the_window(qapp: QApplication) -> None:
    """design §6: Qt's own dialogs from its bundled translations, switched with the window."""
    words = opening.QtWords(qapp)
    try:
        words.speak("zh")
        chinese = qapp.translate("QPlatformTheme", "Cancel")
        words.speak("en")
        assert (chinese, qapp.translate("QPlatformTheme", "Cancel")) == ("取消", "Cancel")
    finally:
        qapp.removeTranslator(words._translator)


def test_no_display_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Qt itself would abort."""
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(AuditorError) as failed:
        opening.run(tmp_path)
    assert "显示屏" in str(failed.value)
    assert "auditor --help" in failed.value.remedy()
