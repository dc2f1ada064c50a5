"""The first painted window against a bare QApplication with a QWidget: whole processes, up to the first paint.

Ours ends when everything in the window is painted, with the bytecode there as an installation leaves it.
"""

from __future__ import annotations

import compileall
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.pairs import Figure, pair

BARE = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
class Bare(QWidget):
    def paintEvent(self, event):
        print(flush=True)
        app.quit()
window = Bare()
window.resize(1280, 800)
window.show()
app.exec()
"""

OURS = """
import sys
from pathlib import Path
from ui.app import application, open_window
app = application()
from PySide6.QtCore import QEvent, QObject, QTimer
window = open_window(app, Path(sys.argv[1]))
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, painted)  # what stands in the window is painted right after it
        return False
def painted():
    print(flush=True)
    app.quit()
watch = Watch()
window.installEventFilter(watch)
app.exec()
"""


def until_painted(code: str, *arguments: str) -> Callable[[], float]:
    """Milliseconds from starting the process to the line it prints at its first paint."""

    def measure() -> float:
        started = time.perf_counter()
        with subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            taken = time.perf_counter() - started
            process.wait()
        return taken * 1000

    return measure


def figures() -> Iterator[Figure]:
    from argparse import Namespace

    import auditor
    import ui
    from ui.commands.demo import demo

    for package in (auditor, ui):
        compileall.compile_dir(package.__path__[0], quiet=2)
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as full:
        yield pair("start", until_painted(OURS, empty), until_painted(BARE), peer_name="bare QWidget", bar=2.0)
        demo(Namespace(data=Path(full), audits=1000, branches=30, months=12, seed=1, lang=None, json=False))
        yield pair("start 1000", until_painted(OURS, full), until_painted(BARE), peer_name="bare QWidget", bar=1.6)
