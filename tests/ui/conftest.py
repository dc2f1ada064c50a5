"""Offscreen windows dressed as the real one, in Chinese at 100 %."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.words import use_language
from tests.ui.scene import Opener, rest
from ui import app as opening
from ui.look import style
from ui.main_window import MainWindow


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    use_language("zh")
    yield
    use_language("zh")


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application with our style, light, at 100 %."""
    style.apply(qapp, "light", 100)
    return qapp


@pytest.fixture
def open_(qapp: QApplication, qtbot: QtBot, folder: Path) -> Iterator[Opener]:
    """Opens windows on the module's `folder`, each with its store there and at rest; they are closed at the end."""
    made: list[MainWindow] = []

    def work() -> MainWindow:
        window = opening.open_window(qapp, folder)
        made.append(window)
        qtbot.addWidget(window)
        qtbot.waitUntil(lambda: window.desk.store is not None, timeout=20_000)
        rest(qtbot)
        return window

    yield work
    for window in made:
        window.close()
    style.apply(qapp, "light", 100)
