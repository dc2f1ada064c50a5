"""The program in a real window on a real X server, used with a real mouse and a real keyboard: `python -m ui` under
Xvfb, moved by xdotool. What it kept is read from the disk (P1)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.audit import Audit
from auditor.store import Branch, Store
from auditor.words import tr
from checklists import library
from ui.settings import stored
from ui.settings.stored import Settings

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"),
]
SIZE = (1280, 800)
PICTURE = os.environ.get("REAL_WINDOW_PICTURE", "")
"""Where to leave a picture of the screen, by ImageMagick's `import`."""
TELLS = """
import json, runpy, sys
from PySide6.QtCore import QPoint, QSocketNotifier
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView, QWidget

app = QApplication([sys.argv[0], "-style", "fusion"])

def seen(widget):
    spot = widget.mapToGlobal(widget.rect().center())
    there = app.widgetAt(spot)
    return there is widget or (there is not None and widget.isAncestorOf(there))

def places(words):
    found = []
    for one in app.allWidgets():
        names = (one.accessibleName(), one.objectName(), one.text() if isinstance(one, QAbstractButton) else "")
        if one.isVisible() and any(name == words or name.startswith(words + " ") for name in names) and seen(one):
            spot = one.mapToGlobal(one.rect().center())
            found.append((spot.x(), spot.y()))
    return found

def rows(words):
    view = next(one for one in app.allWidgets() if isinstance(one, QListView) and one.isVisible())
    box = view.visualRect(view.model().index(int(words), 0))
    spot = view.viewport().mapToGlobal(box.center())
    return [(spot.x(), spot.y())]

def answers(_):
    found = [one for one in app.allWidgets() if type(one).__name__ == "AnswerButton" and one.isVisible() and seen(one)]
    open_ = [one for one in found if one._number == 0 and not any(b.isChecked() for b in one.parent().buttons)]
    spots = [one.mapToGlobal(one.rect().center()) for one in open_]
    return sorted(((spot.x(), spot.y()) for spot in spots), key=lambda spot: spot[1])

ASKED = {"place": places, "row": rows, "answers": answers}

def work():
    kind, _, words = sys.stdin.readline().rstrip("\\n").partition(" ")
    print(json.dumps(ASKED[kind](words)), flush=True)

notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
notifier.activated.connect(work)
sys.argv = ["ui", "--data", sys.argv[1]]
runpy.run_module("ui", run_name="__main__")
"""
"""`python -m ui --data FOLDER`, which also says where on the screen a thing is to be seen; it presses nothing."""


class Screen:
    """An X server, the program on it, and a mouse."""

    def __init__(self, display: str, running: subprocess.Popen[str]) -> None:
        self._env, self._running = {**os.environ, "DISPLAY": display}, running

    def ask(self, kind: str, words: str = "") -> list[tuple[int, int]]:
        assert self._running.stdin is not None
        assert self._running.stdout is not None
        self._running.stdin.write(f"{kind} {words}\n")
        self._running.stdin.flush()
        return [(x, y) for x, y in json.loads(self._running.stdout.readline())]

    def wait(self, kind: str, words: str = "") -> tuple[int, int]:
        """Where it is, once it is there."""
        for _ in range(200):
            found = self.ask(kind, words)
            if found:
                return found[0]
            time.sleep(0.1)
        raise AssertionError(f"{words} never came to be seen")

    def click(self, at: tuple[int, int]) -> None:
        self.do("mousemove", "--sync", str(at[0]), str(at[1]), "click", "1")
        time.sleep(0.3)

    def do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._env, check=True, timeout=30)

    def picture(self, name: str) -> None:
        if PICTURE:
            subprocess.run(["import", "-window", "root", f"{PICTURE}-{name}.png"], env=self._env, check=True)


@pytest.fixture
def screen(data: Path) -> Iterator[Screen]:
    with Store.open(data, write=True) as store:
        store.branches.merge([Branch("10001", "城东支行", "江城分行"), Branch("10002", "滨河路支行", "江城分行")])
    stored.save(data, Settings(role="officer", theme="light", window=f"{SIZE[0]},{SIZE[1]},0,0"))
    reading, writing = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    line = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    with subprocess.Popen(line, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as said:
            display = f":{said.readline().strip()}"
        env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        program = [sys.executable, "-c", TELLS, str(data)]
        with subprocess.Popen(
            program, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=data.parent
        ) as running:
            yield Screen(display, running)
            running.kill()
        server.terminate()


def drafts(data: Path) -> list[Audit]:
    with Store.open(data) as store:
        return [store.read(row.id) for row in store.rows()]


def test_a_check_is_begun_and_answered_with_a_real_mouse(screen: Screen, data: Path) -> None:
    """From the first page: start, checklist (found by typing), branch, one click for each of three
    answers with the wheel between them, two by key, home."""
    screen.click(screen.wait("place", tr("window.start_check")))
    screen.click(screen.wait("place", tr("window.search_checklist")))
    screen.do("type", "--delay", "40", "greeting")
    time.sleep(0.5)
    screen.click(screen.wait("place", str(library.find("greeting", None).title)))
    screen.click(screen.wait("row", "0"))
    screen.picture("start")
    screen.click(screen.wait("place", tr("window.start")))
    screen.wait("answers")
    time.sleep(0.5)
    for _ in range(3):
        screen.click(screen.wait("answers"))
        screen.picture("answered")
        screen.do("click", "--repeat", "2", "--delay", "60", "5")
        time.sleep(0.5)
    for key in ("Down", "1", "Down", "1"):
        screen.do("key", key)
        time.sleep(0.3)
    screen.picture("five")
    screen.click(screen.wait("place", tr("capture.leave")))
    screen.wait("place", tr("window.start_check"))
    screen.picture("home")
    (audit,) = drafts(data)
    assert len(audit.answers) == 5
    assert all(one.value is not None for one in audit.answers.values())
    journal = next(data.glob("audits/*/*/journal.jsonl")).read_text("utf-8")
    assert len([line for line in journal.splitlines() if '"answer"' in line]) >= 5
