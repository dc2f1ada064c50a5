"""What a screen reader and a keyboard find on every page: names, roles, states, and an order to go by (design §6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from tests.ui.pages import PAGES, sample, settle
from ui import app as opening
from ui.cards.header import IconButton
from ui.look import style
from ui.main_window import MainWindow
from ui.photos.canvas import PhotoCanvas

SILENT = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window, QAccessible.Role.Pane}
"""Roles that say nothing of what a control does."""
TWO_WAYS = 2
"""A button may stand in two places of a page, the rail and the card, and do the same."""


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    folder = tmp_path_factory.mktemp("bank") / "data"
    sample(folder)
    window = opening.open_window(qapp, folder)
    window.resize(1280, 800)
    settle()
    yield window
    window.close()
    settle()
    style.apply(qapp, "light", 100)


def stops(window: QWidget) -> list[QWidget]:
    """What Tab stops at, in its order, each once."""
    found, one = list[QWidget](), window.nextInFocusChain()
    while one is not window:
        tabs = one.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabs and one.isVisible() and one.isEnabled() and one.focusProxy() is None:
            found.append(one)
        one = one.nextInFocusChain()
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_control_says_what_it_is(window: MainWindow, name: str) -> None:
    PAGES[name](window)
    settle()
    wrong, names = [], Counter[tuple[object, str]]()
    for one in stops(window):
        said = QAccessible.queryAccessibleInterface(one)
        text, role, state = said.text(QAccessible.Text.Name), said.role(), said.state()
        if not text.strip():
            wrong.append(f"{type(one).__name__} {one.objectName()} has no name")
        if role in SILENT and not (isinstance(one, QScrollArea | PhotoCanvas) or one.property("panel") == "page"):
            wrong.append(f"{type(one).__name__} {text} has no role")
        if isinstance(one, QAbstractButton) and one.isCheckable() and bool(state.checked) != one.isChecked():
            wrong.append(f"{type(one).__name__} {text} does not say whether it is chosen")
        if not state.focusable or state.invisible:
            wrong.append(f"{type(one).__name__} {text} is not to be reached")
        names[(role, text)] += 1
    wrong += [f"{count} are called {text}" for (_, text), count in names.items() if count > TWO_WAYS]
    assert wrong == []


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_goes_down_the_page_and_along_its_lines(window: MainWindow, name: str) -> None:
    """Among things that stand in one place: never back up, never back along a line. The icons at the head of a card
    come last, behind all there is to answer."""
    PAGES[name](window)
    settle()
    before: dict[QWidget, QWidget] = {}
    wrong = []
    for one in stops(window):
        if isinstance(one, IconButton):
            continue
        place = one.parentWidget()
        last = before.get(place)
        if last is not None and _stands_before(one, last, place):
            wrong.append(f"{_called(last)} comes before {_called(one)}")
        before[place] = one
    assert wrong == []


def _called(one: QWidget) -> str:
    return f"{type(one).__name__} {QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)}"


def _stands_before(one: QWidget, other: QWidget, place: QWidget) -> bool:
    box, other_box = (QRect(it.mapTo(place, QPoint(0, 0)), it.size()) for it in (one, other))
    level = min(box.bottom(), other_box.bottom()) - max(box.top(), other_box.top())
    if level > min(box.height(), other_box.height()) // 2:
        return box.left() < other_box.left()
    return box.bottom() <= other_box.top()
