"""The pictures of every page in docs/pages, with their table: `python -m tests.ui.documentation`.

Each page of tests/ui/pages.py at 1280×800, in Chinese by day and in English by night. Few colours are kept, so that
the whole set stays small.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer
from PySide6.QtWidgets import QApplication

from auditor.words import use_language
from tests.ui.pages import PAGES, sample, settle
from ui import app as opening
from ui.main_window import MainWindow

FOLDER = Path(__file__).parents[2] / "docs" / "pages"
LOOKS = (("zh", "light"), ("en", "dark"))
WIDTH, HEIGHT, COLOURS = 1280, 800, 128


def picture(window: MainWindow, name: str) -> bytes:
    """One page as PNG."""
    PAGES[name](window)
    settle()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    drawn = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    out = io.BytesIO()
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def table() -> str:
    """docs/pages/README.md: every page by name, Chinese and English side by side."""
    lines = ["# Every page", "", "| page | 中文 | English |", "|---|---|---|"]
    lines += [f"| {name} | ![{name}]({name}-zh.png) | ![{name}, dark]({name}-en.png) |" for name in PAGES]
    return "\n".join(lines) + "\n"


def draw(app: QApplication, folder: Path, language: str, theme: str) -> None:
    """Every page in one language and theme, of a bank of its own."""
    use_language(language)
    sample(folder)
    window = opening.open_window(app, folder)
    settle()
    window.resize(WIDTH, HEIGHT)
    window.change(language=language, theme=theme, scale=100)
    for name in PAGES:
        (FOLDER / f"{name}-{language}.png").write_bytes(picture(window, name))
    window.close()
    settle()


def main() -> None:
    app = QApplication(sys.argv[:1])
    FOLDER.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.gettempdir()) / "branch-auditor"  # its name is in the pictures
    os.environ["HOME"] = str(home)
    for language, theme in LOOKS:
        home.mkdir()
        try:
            draw(app, home / "data", language, theme)
        finally:
            shutil.rmtree(home)
    (FOLDER / "README.md").write_text(table(), "utf-8")


if __name__ == "__main__":
    main()
