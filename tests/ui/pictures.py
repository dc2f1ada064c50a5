"""Every page as PNG, to be looked at beside the sketches: `python -m tests.ui.pictures FOLDER [PAGE…]`.

Each entry of `PAGES` brings the window to a page; what is added there is drawn in both languages, themes, sizes.
`python -m tests.ui.pictures FOLDER instruments` draws every shipped checklist filled in, for contact sheets:
`montage FOLDER/zh-*.png -tile 3x3 -resize 640x -geometry +4+4 FOLDER/sheet-zh.png`.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from auditor.words import use_language
from ui import app as opening
from ui import background
from ui.look import style
from ui.main_window import MainWindow

SIZES = ((1280, 800), (1920, 1080))
PLAIN_ONLY = ((800, 1280),)
"""Portrait: Chinese, light only."""


def draft(window: MainWindow) -> str:
    return next(row.id for row in window.desk.rows if row.state == "draft")


def finished(window: MainWindow) -> str:
    return next(row.id for row in window.desk.rows if row.state == "finished")


def start(window: MainWindow) -> None:
    window.on_start_check()
    settle()
    page = window.current_page()
    page._tiles.button(0).click()  # type: ignore[attr-defined]
    page.branches.choose(1)  # type: ignore[attr-defined]


def editor(window: MainWindow) -> None:
    """A shipped checklist open in the editor, at an item, with something wrong in another."""
    from checklists import drafts
    from ui.editor.page import EditorPage
    from ui.editor.state import Editing

    window.editing = Editing(drafts.edit(window.desk.folder, "greeting"))
    window.editing.document.put(("sections", 0, "items", 2, "points"), "两分")
    window.editing.path = ("sections", 0, "items", 1)
    window.show_page("home")
    window.show_page("editor")
    settle()
    page = window.current_page()
    assert isinstance(page, EditorPage)
    page._show_preview()


def role(window: MainWindow, name: str) -> None:
    """The first page of somebody in a role."""
    from ui import pages
    from ui.role.today import Person

    row = next(row for row in window.desk.rows if row.kind == "self")
    pages.become(window, Person(name, "青松", row.branch, row.branch_name))  # type: ignore[arg-type]


def photo(window: MainWindow) -> None:
    """A photo of a draft, large, with a blur, an arrow and a box on it."""
    from auditor.store.marks import Mark
    from ui.demo.pictures import picture
    from ui.photos.page import PhotoPage

    window.go("home")
    settle()
    window.open_audit(draft(window))
    settle()
    assert window.session is not None
    path = next(one.path for one in window.session.score.items if one.status in ("open", "met", "lost"))
    window.session.add_photos(path, [picture(path)])
    settle()
    window.photo = (path, window.session.current(path).photos[-1].sha256)
    window.show_page("photo")
    settle()
    page = window.current_page()
    assert isinstance(page, PhotoPage)
    page._choose("blur")
    for mark in (
        Mark("blur", 0.14, 0.32, 0.24, 0.44),
        Mark("arrow", 0.4, 0.85, 0.52, 0.68),
        Mark("box", 0.6, 0.58, 0.8, 0.7),
    ):
        page.canvas._put((*page.canvas.shapes, mark), -1)


PAGES: dict[str, Callable[[MainWindow], object]] = {
    "library": lambda window: window.go("home"),
    "role": lambda window: (role(window, "branch_head"), window.show_page("role")),
    "home-shopper": lambda window: role(window, "shopper"),
    "home-branch-head": lambda window: role(window, "branch_head"),
    "start": start,
    "checklists": lambda window: window.go("checklists"),
    "editor": editor,
    "settings": lambda window: window.go("settings"),
    "capture": lambda window: window.open_audit(draft(window)),
    "photo": photo,
    "review": lambda window: window.open_audit(finished(window)),
    "export": lambda window: window.export_audit(finished(window)),
    "batch": lambda window: window.export_rows(window.desk.rows),
    "register": lambda window: window.export_rows(window.desk.rows, "register"),
}


def settle(seconds: float = 20) -> None:
    """Let everything under way come to its end and be painted."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()
        if background.idle():
            break
        time.sleep(0.01)
    for _ in range(5):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, 0)


def sample(folder: Path) -> None:
    """A bank's audits in `folder`."""
    from ui.commands.demo import demo

    demo(Namespace(data=folder, audits=40, branches=10, months=6, seed=1, lang=None, json=False))


def draw(window: MainWindow, name: str, to: Path, tag: str) -> None:
    try:
        PAGES[name](window)
        settle()
    except Exception as error:
        print(f"{name}: {error!r}", file=sys.stderr)
        return
    window.grab().save(str(to / f"{name}-{tag}.png"))


def draw_instruments(app: QApplication, to: Path) -> None:
    """Every shipped checklist, filled in."""
    from tests.ui import instruments

    with tempfile.TemporaryDirectory() as made:
        audits = instruments.fill(Path(made))
        window = opening.open_window(app, Path(made))
        settle()
        instruments.draw(window, audits, to, settle)
        window.close()


def main(to: Path, names: list[str]) -> None:
    app = QApplication(sys.argv[:1])
    to.mkdir(parents=True, exist_ok=True)
    if names == ["instruments"]:
        draw_instruments(app, to)
        return
    with tempfile.TemporaryDirectory() as made:
        kept = os.environ.get("PICTURES_DATA")
        folder = Path(kept) if kept else Path(made)
        if not (folder / "library.jsonl").exists():
            sample(folder)
        window = opening.open_window(app, folder)
        settle()
        for width, height in SIZES:
            window.resize(width, height)
            for language in ("zh", "en"):
                for theme in ("light", "dark"):
                    use_language(language)
                    window.change(language=language, theme=theme, scale=100)
                    for name in names or PAGES:
                        draw(window, name, to, f"{width}-{language}-{theme}")
        window.change(language="zh", theme="light")
        for width, height in PLAIN_ONLY:
            window.resize(width, height)
            for name in names or PAGES:
                draw(window, name, to, f"{width}-zh-light")
        window.resize(1280, 800)
        window.change(scale=style.SCALES[-1])
        for name in names or PAGES:
            draw(window, name, to, "1280-zh-200")
        window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
