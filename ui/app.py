"""Opens the window: language, look, the library from its index, first paint; everything else after it.

What needs no Qt is imported here, and Qt when the application is made.
"""

from __future__ import annotations

import builtins
import gc
import logging
import os
import sys
from argparse import Namespace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, cast

import auditor.store.index  # noqa: F401 - the library is read from it
from auditor.errors import AuditorError
from auditor.words import language as language_in_force
from auditor.words import use_language
from ui.settings import stored

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.look.style import Theme
    from ui.main_window import MainWindow

log = logging.getLogger(__name__)
QT_WORDS = {"zh": "qtbase_zh_CN", "en": "qtbase_en"}


def run(folder: Path, language: str | None = None) -> int:
    """Open the window on a data folder and stay until it is closed. Raises `window.no_display`."""
    if not _display():
        raise AuditorError("window.no_display")
    app = application()
    window = open_window(app, Path(folder).expanduser().absolute(), language)
    qt_words = QtWords(app)
    window.language_changed.connect(qt_words.speak)
    sys.excepthook = _excepthook(window, folder)
    return app.exec()


def application() -> QApplication:
    """The one application, without what PySide6 and Python do beside: the first paint waits for it most."""
    gc.disable()  # nothing made before the first paint is garbage; looking for some costs a twentieth of the start
    plain_import = builtins.__import__
    from PySide6.QtWidgets import QApplication

    builtins.__import__ = plain_import  # PySide6's own looks through the source of every module imported after it
    # by argument: asking for the style, or setting it, would load every flag of QStyle before the first paint
    app = QApplication.instance() or QApplication([sys.argv[0], "-style", "fusion"])
    assert isinstance(app, QApplication)
    return app


def open_window(app: QApplication, folder: Path, language: str | None = None) -> MainWindow:
    """The window, shown; its store is opened as soon as it is painted."""
    settings, wrong = stored.load(folder)
    if language is not None:
        from dataclasses import replace

        settings = replace(settings, language=language)
    use_language(settings.language)
    from ui.desk import Desk
    from ui.look import style
    from ui.main_window import MainWindow

    style.choose(app, cast("Theme", settings.theme), settings.scale)
    desk = Desk(folder)
    desk.peek()
    window = MainWindow(desk, settings)
    desk.setParent(window)
    style.dress(app)
    if window.opens_maximised:
        window.showMaximized()
    else:
        window.show()
    window.painted.connect(gc.enable)
    window.painted.connect(desk.open)
    window.painted.connect(lambda: _after_the_first_paint(window))
    if wrong is not None:
        window.say_wrong(wrong)
    return window


def _after_the_first_paint(window: MainWindow) -> None:
    """Back to where a crash left it; room for an on-screen keyboard, whenever there is one, on every page; and quick
    fingers."""
    from ui.coming_back import ComingBack
    from ui.controls.keyboard_room import KeyboardRoom
    from ui.widgets.quick_taps import QuickTaps

    ComingBack(window)
    QuickTaps(window.windowHandle())
    room = KeyboardRoom(window)
    window.page_shown.connect(room.look)


def _display() -> bool:
    """Whether there is a screen to open a window on; Qt itself would only abort."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class QtWords:
    """Qt's own words (file dialogs, the menu of a text field) from its bundled translations."""

    def __init__(self, app: QApplication) -> None:
        from PySide6.QtCore import QTranslator

        self._app, self._translator = app, QTranslator(app)
        self.speak(language_in_force())

    def speak(self, code: str) -> None:
        """Change to a language, at once."""
        from PySide6.QtCore import QLibraryInfo, QLocale

        self._app.removeTranslator(self._translator)
        where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(QT_WORDS.get(code, "qtbase_en"), where):
            self._app.installTranslator(self._translator)
        QLocale.setDefault(QLocale("zh_CN" if code == "zh" else "en_GB"))


def _excepthook(window: MainWindow, folder: Path):  # type: ignore[no-untyped-def]
    """What no one foresaw: kept in the log, said in the strip; the program goes on, everything is saved already."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from PySide6.QtWidgets import QApplication

        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        from ui.commands.crash import crashed

        crashed(error.with_traceback(trace), Namespace(data=folder))
        if isinstance(error, Exception):
            window.say_wrong(error)

    return hook
