"""The bundled font (design §6): the same files as in the PDF, and what they call themselves."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QFontInfo, QGuiApplication

log = logging.getLogger(__name__)
FOLDER = Path(__file__).parent.parent.parent / "exports" / "fonts"


@cache
def load(folder: Path = FOLDER) -> tuple[str, str]:
    """The families to write regular and bold text in: the bundled ones, else what the desktop offers.

    Read from what the font database answers, never assumed: two files may share one family or have one each.
    """
    regular, bold = "", ""
    for path in sorted(folder.glob("*.ttf")) if folder.is_dir() else []:
        number = QFontDatabase.addApplicationFont(str(path))
        names = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        if not names:
            log.warning("font not usable: %s", path.name)
        elif "bold" in path.stem.lower():
            bold = names[0]
        else:
            regular = names[0]
    fallback = QFontInfo(QGuiApplication.font()).family()
    return regular or bold or fallback, bold or regular or fallback
