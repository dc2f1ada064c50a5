"""The camera is offered only where there is one; what is taken goes to the item as any other photo."""

from __future__ import annotations

import importlib.util

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.scene import open_session
from ui.cards import menu as card_menu
from ui.controls.camera import camera_present
from ui.photos.viewfinder import Viewfinder

pytestmark = pytest.mark.usefixtures("dressed")


class Seen(QObject):
    """A camera that sees what it is told to."""

    frame_seen = Signal(QImage)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.running = False

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False


def frame(colour: int = 0xFF336699) -> QImage:
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def test_without_the_library_or_a_camera_none_is_offered() -> None:
    """PySide6-Essentials has no QtMultimedia; where it is installed this machine has no camera."""
    assert importlib.util.find_spec("PySide6.QtMultimedia") is None or not camera_present()


def test_what_is_seen_is_taken_as_a_jpeg(window: QWidget, qtbot: QtBot) -> None:
    camera = Seen()
    finder = Viewfinder(window, camera)
    assert camera.running
    assert not finder.shutter.isEnabled()
    camera.frame_seen.emit(frame(0xFF000000))
    camera.frame_seen.emit(frame())
    with qtbot.waitSignal(finder.taken) as signal:
        qtbot.mouseClick(finder.shutter, Qt.MouseButton.LeftButton)
    image = QImage.fromData(signal.args[0])
    assert signal.args[0][:2] == b"\xff\xd8"
    assert (image.width(), image.height()) == (320, 240)
    assert abs(image.pixelColor(5, 5).blue() - 0x99) < 12
    assert "1" in finder.said.text()


def test_it_covers_the_window_and_leaves_with_escape(window: QWidget, qtbot: QtBot) -> None:
    camera = Seen()
    finder = Viewfinder(window, camera)
    window.resize(1000, 700)
    assert finder.geometry() == window.rect()
    qtbot.keyClick(finder, Qt.Key.Key_Escape)
    assert not camera.running
    assert not window.findChildren(Viewfinder) or not finder.isVisible()


def test_a_camera_that_fails_says_so_and_takes_nothing(window: QWidget) -> None:
    camera = Seen()
    finder = Viewfinder(window, camera)
    camera.frame_seen.emit(frame())
    camera.failed.emit("in use")
    assert "in use" in finder.said.text()
    assert not finder.shutter.isEnabled()
    finder.close()


def test_the_menu_of_a_card_offers_it_where_there_is_one(tmp_path, qtbot: QtBot, monkeypatch) -> None:
    from ui.capture.page import CapturePage

    with open_session(tmp_path) as session:
        page = CapturePage(session)
        qtbot.addWidget(page)
        card = page.maker.make("q_choice")
        qtbot.addWidget(card)
        asked: list[str] = []
        page.maker.take_photo = asked.append
        offered = {}
        for there in (False, True):
            monkeypatch.setattr(card_menu, "camera_present", lambda there=there: there)
            menu = QMenu()
            card_menu.fill(menu, card)
            offered[there] = [one for one in menu.actions() if one.text() == "拍照"]
        assert offered[False] == []
        offered[True][0].trigger()
        assert asked == ["q_choice"]
