"""The first painted window against a bare QApplication with a QWidget: whole processes, up to the first paint."""

from __future__ import annotations

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
from ui.app import open_window
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
app = QApplication([])
window = open_window(app, Path(sys.argv[1]))
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(flush=True)
            app.quit()
        return False
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

    from ui.commands.demo import demo

    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as full:
        yield pair("start", until_painted(OURS, empty), until_painted(BARE), peer_name="bare QWidget", bar=2.0)
        demo(Namespace(data=Path(full), audits=1000, branches=30, months=12, seed=1, lang=None, json=False))
        yield pair("start 1000", until_painted(OURS, full), until_painted(BARE), peer_name="bare QWidget", bar=1.6)
