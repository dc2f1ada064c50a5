"""Dark whatever the theme: the look of a note pad that lights nobody's face, and the parts it is painted with."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget

from ui.look import icons, style, stylesheet
from ui.look.style import DARK, Look, look

COLOURS = DARK._replace(ground="#0A0E10", card="#14191F", line="#28313A", well="#1E262D", brand_ground="#16323A")


def night() -> Look:
    """The look of this room, at the text size in force."""
    return look()._replace(colours=COLOURS)


def dress(widget: QWidget) -> None:
    """Put the night on a page and everything in it."""
    now = night()
    bold = f'font-family: "{now.bold_family}"; font-weight: 700;'
    own = f"""
QLabel[role="watch"] {{ font-size: {now.px(60)}px; {bold} }}
QLabel[role="watch"][tone="brand"] {{ color: {COLOURS.brand}; }}
QLabel[role="cover"] {{ font-size: {now.px(112)}px; color: {COLOURS.quiet}; {bold} }}
QLabel[role="cover-day"] {{ font-size: {now.px(22)}px; color: {COLOURS.quiet}; }}
QPushButton[thumb="true"] {{ min-height: {now.px(64) - 2}px; font-size: {now.px(18)}px; }}
QPushButton[thumb="true"]:focus {{ min-height: {now.px(64) - 4}px; }}
QPushButton[look="plain"] {{ background: {COLOURS.ground}; }}
QPushButton[look="plain"]:pressed {{ background: {COLOURS.well}; }}
QPushButton:disabled {{ color: {COLOURS.quiet}; background: {COLOURS.card}; }}
"""
    widget.setPalette(style.palette(COLOURS))
    widget.setStyleSheet(stylesheet.text(now) + own)


def pictured(button: QPushButton, name: str) -> None:
    """Give a button an icon in the ink of the night."""
    side = look().px(20)
    button.setIcon(icons.icon(name, colour=COLOURS.quiet))
    button.setIconSize(QSize(side, side))
