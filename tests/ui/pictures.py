"""Every page as PNG, to be looked at beside the sketches: `python -m tests.ui.pictures FOLDER [PAGE…]`.

The pages are those of tests/ui/pages.py, each drawn in both languages, themes, sizes.
`python -m tests.ui.pictures FOLDER instruments` draws every shipped checklist filled in, for contact sheets:
`montage FOLDER/zh-*.png -tile 3x3 -resize 640x -geometry +4+4 FOLDER/sheet-zh.png`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from auditor.words import use_language
from tests.ui.pages import PAGES, sample, settle
from ui import app as opening
from ui.look import style
from ui.main_window import MainWindow

SIZES = ((1280, 800), (1920, 1080))
PLAIN_ONLY = ((800, 1280),)
"""Portrait: Chinese, light only."""


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
