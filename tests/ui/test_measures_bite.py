"""What test_every_page measures finds what it is for: each fault, made on purpose on a page that is otherwise sound."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from auditor.words import tr
from tests.ui import looking
from tests.ui.contrast import faint
from tests.ui.painted import cramped, render
from tests.ui.test_every_page import measured
from tests.ui.tongues import misplaced
from ui.look.style import look
from ui.widgets.buttons import button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.panels import scrolling

Page = tuple[QWidget, QLabel, QPushButton]


@pytest.fixture
def page(dressed: QApplication) -> Iterator[Page]:
    """A page with a sentence and a button, as sound as any."""
    assert dressed.styleSheet()
    whole = QWidget()
    whole.setProperty("panel", "page")
    whole.setStyleSheet(f"background: {look().colours.ground}")
    column = QVBoxLayout(whole)
    said, pressed = label(tr("window.settings")), button(tr("window.start_check"))
    column.addWidget(said)
    column.addWidget(pressed)
    whole.resize(400, 300)
    whole.show()
    looking.settle()
    yield whole, said, pressed
    whole.close()


class Writing(QWidget):
    """Paints its words itself, in a colour, into so much width."""

    def __init__(self, parent: QWidget, colour: str, room: int) -> None:
        super().__init__(parent)
        self._colour, self._room = colour, room
        self.setGeometry(0, 0, 200, 40)
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look().colours.card))
        painter.setPen(QColor(self._colour))
        painter.drawText(QRect(0, 0, self._room, 40), Qt.AlignmentFlag.AlignLeft, "words of some length")
        painter.end()


def test_a_sound_page_passes_every_measure(page: Page) -> None:
    Writing(page[0], look().colours.ink, 200).move(0, 0)
    looking.settle()
    assert measured(page[0]) == []


def test_a_label_too_narrow_for_its_words_is_found(page: Page) -> None:
    page[1].setFixedWidth(20)
    looking.settle()
    assert looking.clipped(page[0])


def test_a_label_too_low_for_its_words_is_found(page: Page) -> None:
    page[1].setFixedHeight(6)
    looking.settle()
    assert looking.clipped(page[0])


def test_a_button_too_narrow_for_its_words_is_found(page: Page) -> None:
    page[2].setFixedWidth(50)
    looking.settle()
    assert looking.clipped(page[0])


def test_a_line_shortened_to_nothing_is_found(page: Page) -> None:
    line = ElidedLabel("a long line, shortened too far", parent=page[0])
    line.setGeometry(0, 0, 20, 20)
    line.show()
    assert looking.clipped(page[0])
    assert cramped(render(page[0]))


def test_grey_on_grey_is_found(page: Page) -> None:
    page[1].setStyleSheet("color: #999; background: #ddd")
    looking.settle()
    assert faint(page[0], render(page[0]))


def test_a_button_of_30_px_is_found(page: Page) -> None:
    page[2].setStyleSheet("min-height: 0; padding: 0")
    page[2].setFixedHeight(30)
    looking.settle()
    assert looking.small_targets(page[0])


def test_words_upon_a_button_are_found(page: Page) -> None:
    page[1].setGeometry(page[2].geometry())
    assert looking.overlapping(page[0])


def test_what_stands_beside_the_page_is_found(page: Page) -> None:
    page[2].move(300, 200)
    assert looking.beside_the_page(page[0])


def test_what_a_scrolling_page_holds_beside_its_edge_is_found(page: Page) -> None:
    wide = label("words that are never wrapped " * 6)
    area = scrolling(wide)
    page[0].layout().addWidget(area)  # type: ignore[union-attr]
    looking.settle()
    assert looking.beside_the_page(page[0])


def test_a_control_without_a_name_is_found(page: Page) -> None:
    page[2].setText("")
    page[2].setAccessibleName("")
    assert looking.unnamed(page[0])


def test_painted_words_without_room_are_found(page: Page) -> None:
    Writing(page[0], look().colours.ink, 40)
    assert cramped(render(page[0]))


def test_painted_words_that_are_faint_are_found(page: Page) -> None:
    Writing(page[0], "#cccccc", 200)
    assert faint(page[0], render(page[0]))


def test_words_of_another_language_are_found(page: Page) -> None:
    """A sentence of the English catalogue left on a Chinese page; one that stands in a line with others too."""
    page[1].setText(f"城东支行 · {tr('window.settings', lang='en')}")
    assert [one for one in misplaced(page[0], render(page[0]), "zh") if "Settings" in one]
    assert not [one for one in misplaced(page[0], render(page[0]), "en") if "Settings" in one]
