"""The checklist editor (issue 3), by mouse and key: from nothing to an audit, undone, dragged, refused, restored."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Answer, Reason
from auditor.errors import AuditorError
from auditor.store import Store, files
from auditor.words import use_language
from checklists import drafts, library
from tests.ui import looking
from tests.ui.scene import header
from ui import background
from ui.app import open_window
from ui.editor.condition_words import in_words
from ui.editor.fields import ChoiceField
from ui.editor.page import EditorPage
from ui.editor.state import Editing
from ui.editor.surroundings import Surroundings
from ui.look import style
from ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
FIRST = ("sections", 0, "items", 0)


def settle(times: int = 3) -> None:
    for _ in range(times):
        QTest.qWait(20)
        while not background.idle():
            QTest.qWait(5)
        QApplication.processEvents()


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)
    settle(1)


def type_into(widget: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Replace what stands in a field, by keys, and go on to the next."""
    widget.setFocus()
    widget.selectAll()
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Tab)
    settle(1)


def pick(field: ChoiceField, value: str) -> None:
    """Choose by keys alone."""
    box = field.box
    box.setFocus()
    while box.currentIndex() > 0:
        QTest.keyClick(box, Qt.Key.Key_Up)
    for _ in range(field._values.index(value)):
        QTest.keyClick(box, Qt.Key.Key_Down)
    settle(1)


@pytest.fixture
def window(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window(dressed, tmp_path)
    made.resize(1280, 800)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=5_000)
    qtbot.waitUntil(lambda: made.desk.writes, timeout=10_000)
    yield made
    settle(1)
    made.close()
    made.deleteLater()
    settle(1)


def editing(window: MainWindow, opened: drafts.Opened) -> EditorPage:
    window.editing = Editing(opened)
    window.show_page("editor")
    settle()
    page = window.current_page()
    assert isinstance(page, EditorPage)
    return page


def form(page: EditorPage) -> Any:
    return page.form.form


def test_a_checklist_made_from_nothing_by_keys_and_clicks_is_audited_with(window: MainWindow, qtbot: QtBot) -> None:
    """The issue's "done when": a checklist made from nothing in the editor, then used through the store."""
    window.go("checklists")
    settle()
    start: Any = window.current_page()
    qtbot.waitUntil(lambda: bool(start._group.buttons()), timeout=20_000)
    click(next(one for one in start.findChildren(QWidget) if getattr(one, "text", str)() == "新建检查表"))
    type_into(start.begin.title, "hall check")
    type_into(start.begin.id, "hall_2026")
    click(start.begin.start)
    page: Any = window.current_page()
    assert isinstance(page, EditorPage)

    tree = page.outline.tree
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Down)
    settle(1)
    assert page.path == ("sections", 0)
    type_into(form(page).field("title").fields["zh"], "Entrance")
    QTest.keyClick(tree, Qt.Key.Key_Down)
    settle(1)
    assert page.path == FIRST
    type_into(form(page).field("text").fields["zh"], "Greets first")
    type_into(form(page).field("points").field, "4")
    options = form(page).field("options")
    click(options.add)
    assert len(options.entries) == 3
    worth = options.entries[2].field("")
    pick(worth.mode, "deduct")
    type_into(worth.figure.field, "1.5")
    click(page.outline.buttons["item"])
    assert page.path == ("sections", 0, "items", 1)
    pick(form(page).field("kind"), "duration")
    page.act("section")
    settle()
    qtbot.waitUntil(lambda: page._checked == page.document.text() and background.idle(), timeout=5_000)
    assert not [one for one in page.problems if one.problem.severity == "error"]
    click(page.head.save)
    assert window.messages.text == "检查表已保存"

    made = library.find("hall_2026", window.desk.folder)
    window.go("home")
    assert window.desk.store is not None
    item = made.sections[0].items[0]
    assert [str(item.text), item.points, len(item.options)] == ["Greets first", 4, 3]
    audit = window.desk.store.create(made, header())
    audit.answer(item.id, Answer(value=item.options[2].id, reasons=(Reason("seated"),)))
    found = audit.score.item(item.id)
    audit.close()
    assert found is not None
    assert float(found.deducted) == 1.5


def test_every_edit_is_undone_by_key_and_done_again(window: MainWindow) -> None:
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    before = page.document.text()
    page.reveal((*FIRST, "points"))
    type_into(form(page).field("points").field, "9")
    assert page.document.get((*FIRST, "points")) == "9"
    page.outline.tree.setFocus()
    QTest.keyClick(page.outline.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.document.text() == before
    assert form(page).field("points").field.text() == "5"
    QTest.keyClick(page.outline.tree, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.document.get((*FIRST, "points")) == "9"


def test_a_field_with_nothing_of_its_own_to_take_back_leaves_ctrl_z_to_the_editor(window: MainWindow) -> None:
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    page._choose(FIRST)
    page.act("duplicate")
    settle()
    field = form(page).field("points").field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not page.document.changed


def drop(page: EditorPage, dragged: tuple[Any, ...], on: tuple[Any, ...], where: Any, monkeypatch: Any) -> None:
    """What Qt does when a person lets go of a node over another."""
    tree = page.outline.tree
    tree.show_current(dragged)
    page._choose(dragged)
    box = tree.visualItemRect(tree._nodes[on])
    tree.scrollToItem(tree._nodes[on])
    point = QPointF(tree.visualItemRect(tree._nodes[on]).center())
    assert box.isValid()
    monkeypatch.setattr(tree, "dropIndicatorPosition", lambda: where)
    none = Qt.KeyboardModifier.NoModifier
    tree.dropEvent(QDropEvent(point, Qt.DropAction.MoveAction, QMimeData(), LEFT, none))
    settle()


def test_dragging_reorders_items_and_sections(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    ids = [one["id"] for one in page.document.get(("sections", 0, "items"))]
    place = QAbstractItemView.DropIndicatorPosition
    drop(page, FIRST, ("sections", 0, "items", 2), place.BelowItem, monkeypatch)
    after = [one["id"] for one in page.document.get(("sections", 0, "items"))]
    assert after == [ids[1], ids[2], ids[0], *ids[3:]]
    assert page.path == ("sections", 0, "items", 2)
    drop(page, ("sections", 0, "items", 0), ("sections", 1), place.OnItem, monkeypatch)
    assert page.document.get(("sections", 1, "items"))[-1]["id"] == ids[1]
    titles = [one["id"] for one in page.document.get(("sections",))]
    drop(page, ("sections", 0), ("sections", 1), place.BelowItem, monkeypatch)
    assert [one["id"] for one in page.document.get(("sections",))] == [titles[1], titles[0], *titles[2:]]
    drop(page, ("sections", 0), ("sections", 1), place.OnItem, monkeypatch)
    assert "放不下" in window.messages.text


def test_the_tree_shows_what_the_document_says_after_a_drop(window: MainWindow) -> None:
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    tree = page.outline.tree
    page.drop(FIRST, ("sections", 0, "items"), 3)
    settle()
    words = [tree._nodes[("sections", 0, "items", n)].text(0) for n in range(3)]
    assert [one.split()[0] for one in words] == ["1.1", "1.2", "1.3"]
    assert words[2].endswith("大堂经理在岗")


def test_keys_move_an_item_on_into_the_next_section(window: MainWindow) -> None:
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    last = len(page.document.get(("sections", 0, "items"))) - 1
    id = page.document.get(("sections", 0, "items", last, "id"))
    page._choose(("sections", 0, "items", last))
    page.outline.tree.setFocus()
    QTest.keyClick(page.outline.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle()
    assert page.document.get(("sections", 1, "items", 0, "id")) == id
    assert page.path == ("sections", 1, "items", 0)


def test_a_broken_document_shows_its_problems_and_cannot_replace_the_file(window: MainWindow, qtbot: QtBot) -> None:
    opened = drafts.blank(window.desk.folder, "mine", "1", "我的")
    drafts.save(opened)
    before = opened.home.read_bytes()
    page = editing(window, drafts.edit(window.desk.folder, "mine"))
    page._choose(FIRST)
    type_into(form(page).field("points").field, "two")
    qtbot.waitUntil(lambda: page.list.rows.count() > 0, timeout=5_000)
    assert "two" in page.list.rows.item(0).text()
    page._choose(())
    click(page.head.save)
    assert opened.home.read_bytes() == before
    assert opened.draft.is_file()
    assert "1" in window.messages.text
    assert page.path == FIRST, "the first error is shown"
    page._choose(())
    page.list.rows.itemClicked.emit(page.list.rows.item(0))
    settle()
    assert page.path == FIRST
    assert form(page).field("points").field.hasFocus()


def test_a_checklist_in_use_is_saved_as_its_next_version_with_a_note(window: MainWindow) -> None:
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    page._choose(FIRST)
    type_into(form(page).field("points").field, "4")
    click(page.head.save)
    panel = page.form.version
    assert panel.isVisible()
    assert panel.version.text() == "1.1"
    type_into(panel.version, "1.0")
    click(panel.confirm)
    assert panel.wrong.isVisible()
    type_into(panel.version, "1.1")
    type_into(panel.note, "lobby manager 4")
    click(panel.confirm)
    own = library.find("greeting", window.desk.folder)
    assert (own.version, str(own.changes[-1].note)) == ("1.1", "lobby manager 4")
    assert not page.document.changed


def test_unsaved_edits_survive_leaving_and_a_restart(window: MainWindow) -> None:
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    page._choose(FIRST)
    field = form(page).field("points").field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "7")
    window.go("home")
    again = drafts.edit(window.desk.folder, "greeting")
    assert again.restored
    assert again.document.get((*FIRST, "points")) == "7"
    page = editing(window, again)
    assert page.form._notice.isVisible()
    page._discard()
    settle()
    assert not drafts.edit(window.desk.folder, "greeting").restored
    assert page.document.get((*FIRST, "points")) == "5"
    page.undo()
    page.keep()
    assert drafts.edit(window.desk.folder, "greeting").document.get((*FIRST, "points")) == "7"


def test_a_draft_never_saved_is_deleted_and_had_again(window: MainWindow, qtbot: QtBot) -> None:
    opened = drafts.blank(window.desk.folder, "mine", "1", "我的")
    drafts.keep(opened)
    window.go("checklists")
    start: Any = window.current_page()
    qtbot.waitUntil(lambda: bool(start._group.buttons()), timeout=20_000)
    click(next(one for one in start.findChildren(QWidget) if one.accessibleName().startswith("继续编辑 我的")))
    page = window.current_page()
    assert isinstance(page, EditorPage)
    page._discard()
    settle()
    assert not opened.draft.exists()
    click(next(one for one in window.messages.findChildren(QWidget) if getattr(one, "text", str)() == "撤销"))
    assert opened.draft.is_file()


def test_a_draft_is_written_after_a_pause(window: MainWindow, qtbot: QtBot) -> None:
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    page._choose(FIRST)
    type_into(form(page).field("points").field, "7")
    draft = window.desk.folder / "checklists" / "greeting.draft.yaml"
    qtbot.waitUntil(draft.is_file, timeout=5_000)
    page.undo()
    page.keep()
    assert not draft.exists(), "back where it was: nothing is left to keep"


@pytest.mark.parametrize("do", ["save", "keep"])
def test_a_folder_that_cannot_be_written_gives_a_sentence(
    do: str, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = editing(window, drafts.blank(window.desk.folder, "mine", "1", "我的"))
    page.change({("title",): "改了"})

    def refuse(*_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patched:
        patched.setattr(files, "open_file", refuse)
        getattr(page, do)()
    assert "只读" in window.messages.text
    assert window.messages.detail
    assert page.document.get(("title",)) == "改了"


def test_another_language_and_look_keep_the_place_and_the_steps(window: MainWindow) -> None:
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    page._choose(FIRST)
    type_into(form(page).field("points").field, "7")
    window.change(language="en", theme="dark")
    settle()
    again = window.current_page()
    assert isinstance(again, EditorPage)
    assert again is not page
    assert again.path == FIRST
    assert again.document.can_undo
    assert again.outline.tree._nodes[FIRST].text(0) == "1.1 Lobby manager on post"
    use_language("zh")


def test_the_preview_is_the_shoppers_card_and_records_nothing(window: MainWindow) -> None:
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    page._choose(FIRST)
    page._show_preview()
    (trial,) = page.preview.trials
    before = page.document.root
    assert trial.card.press(3)
    settle()
    assert trial.answer.value == "nobody"
    assert trial.card.state.lost
    assert page.document.root is before
    with Store.open(window.desk.folder, write=False) as store:
        assert store.rows() == []


def test_search_shows_only_what_is_sought(window: MainWindow) -> None:
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    window.on_find()
    assert page.outline.search.hasFocus()
    page.outline.search.setText("微笑问候")
    QTest.keyClick(page.outline.search, Qt.Key.Key_Return)
    settle()
    assert page.document.get(page.path)["text"]["zh"] == "微笑问候"
    shown = [path for path, node in page.outline.tree._nodes.items() if not node.isHidden()]
    assert shown == [(), ("sections", 0), page.path]


def test_conditions_are_said_in_plain_words() -> None:
    around = Surroundings()
    around.show(drafts.Document(library.FOLDER.joinpath("greeting.yaml").read_text("utf-8")).root)
    said = in_words("manager_on_post = nobody and not answered(stands_to_greet)", around)
    assert said == "“大堂经理在岗”是“无人值守”，并且并非（“柜员起立迎接”已作答）"
    assert in_words("= 3", around)
    assert in_words("", around) == ""


@pytest.mark.parametrize("path", [(), ("sections", 0), FIRST, ("sections", 3, "items", 1)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_clipped_small_or_unnamed(path: tuple[Any, ...], language: str, window: MainWindow) -> None:
    """Every group unfolded, every entry's further settings shown."""
    window.change(language=language)
    page = editing(window, drafts.edit(window.desk.folder, "greeting"))
    page._choose(path)
    unfold(page)
    page._draw.stop()
    page._show_preview()
    settle()
    assert looking.clipped(page) == []
    assert looking.small_targets(page) == []
    assert looking.unnamed(page) == []
    assert looking.beside_the_page(page) == []


def unfold(page: EditorPage) -> None:
    for part in form(page).parts:
        part.open()
    settle(1)
    for one in form(page).findChildren(QWidget):
        more: Callable[[], None] | None = getattr(one, "show_more", None)
        if more is not None:
            more()
    settle()


def test_every_shipped_checklist_opens_at_every_node(window: MainWindow) -> None:
    """No raw value of a real checklist upsets a form or the preview."""
    wrong: list[AuditorError] = []
    for path in library.shipped()[::6]:
        page = editing(window, drafts.edit(window.desk.folder, path.stem))
        page.failed.connect(wrong.append)
        for place in page.around.places[::4]:
            page._choose(place.path)
            page._show_preview()
        assert not page.document.changed, path.name
        window.go("home")
    assert not wrong
    style.apply(QApplication.instance(), "light", 100)  # type: ignore[arg-type]
