"""The one stylesheet, made from a look's tokens. Selectors name their class, so Qt looks at few rules per widget."""

from __future__ import annotations

from pathlib import Path

from ui.look.tokens import Look

ICONS = Path(__file__).parent / "icons"


def text(look: Look) -> str:
    """The whole stylesheet."""
    return "\n".join(
        (
            _labels(look),
            _panels(look),
            _buttons(look),
            _shaped_buttons(look),
            _answers(look),
            _fields(look),
            _lists(look),
            _small_parts(look),
        )
    )


def _bold(look: Look) -> str:
    return f'font-family: "{look.bold_family}"; font-weight: 700;' if look.bold_family else "font-weight: 700;"


def _labels(look: Look) -> str:
    c, px, bold = look.colours, look.px, _bold(look)
    tones = "\n".join(
        f'QLabel[tone="{name}"] {{ color: {c.tone(name)[0]}; }}'
        for name in ("quiet", "brand", "good", "lost", "failed")
    )
    badges = "\n".join(
        f'QLabel[badge="{name}"] {{ color: {c.tone(name)[0]}; background: {c.tone(name)[1]}; }}'
        for name in ("quiet", "brand", "good", "lost", "failed")
    )
    return f"""
QLabel {{ background: transparent; color: {c.ink}; font-size: {px(14)}px; }}
QLabel[role="quiet"] {{ color: {c.quiet}; font-size: {px(12.5)}px; }}
QLabel[role="small"] {{ font-size: {px(12.5)}px; }}
QLabel[role="strong"] {{ font-size: {px(16)}px; {bold} }}
QLabel[role="title"] {{ font-size: {px(22)}px; {bold} }}
QLabel[role="figure"] {{ font-size: {px(34)}px; {bold} }}
{tones}
QLabel[badge] {{ font-size: {px(12.5)}px; {bold} border-radius: 6px; padding: 3px 8px; }}
{badges}
QLabel:disabled {{ color: {c.quiet}; }}
"""


def _panels(look: Look) -> str:
    c = look.colours
    return f"""
QMainWindow, QWidget[panel="page"] {{ background: {c.ground}; }}
QFrame[panel="card"] {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 10px; }}
QFrame[panel="card"][tone="lost"] {{ border: 1px solid {c.lost}; border-left: 5px solid {c.lost}; }}
QFrame[panel="card"][tone="failed"] {{ border: 1px solid {c.failed}; border-left: 5px solid {c.failed}; }}
QFrame[panel="card"][tone="brand"] {{ border: 1px solid {c.brand}; }}
QFrame[panel="field"] {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 10px; }}
QFrame[panel="strip"] {{ background: {c.card}; border: 0; border-top: 1px solid {c.line}; }}
QFrame[panel="head"] {{ background: {c.card}; border: 0; border-bottom: 1px solid {c.line}; }}
QFrame[panel="rail"] {{ background: {c.card}; border: 0; border-right: 1px solid {c.line}; }}
QFrame[panel="rail"][side="right"] {{ border-right: 0; border-left: 1px solid {c.line}; }}
QFrame[panel="well"] {{ background: {c.well}; border: 0; border-radius: 10px; }}
QFrame[panel="brand"] {{ background: {c.brand_ground}; border: 0; border-radius: 10px; }}
QFrame[panel="lost"] {{ background: {c.lost_ground}; border: 0; border-radius: 10px; }}
QFrame[panel="failed"] {{ background: {c.failed_ground}; border: 0; border-radius: 10px; }}
QFrame[panel="line"] {{ background: {c.line}; border: 0; min-height: 1px; max-height: 1px; }}
QScrollArea, QScrollArea > QWidget > QWidget[panel="plain"] {{ background: transparent; border: 0; }}
"""


def _buttons(look: Look) -> str:
    c, px, bold = look.colours, look.px, _bold(look)
    tall = px(48) - 2
    return f"""
QPushButton {{ background: {c.card}; color: {c.ink}; border: 1px solid {c.line}; border-radius: 10px;
  padding: 0 20px; min-height: {tall}px; font-size: {px(14)}px; {bold} }}
QPushButton:hover {{ background: {c.well}; }}
QPushButton:pressed {{ background: {c.line}; }}
QPushButton:focus {{ border: 2px solid {c.brand}; padding: 0 19px; min-height: {tall - 2}px; }}
QPushButton:disabled {{ color: {c.quiet}; background: {c.ground}; }}
QPushButton[look="primary"] {{ background: {c.brand}; color: {c.on_brand}; border: 1px solid {c.brand}; }}
QPushButton[look="primary"]:hover, QPushButton[look="primary"]:pressed {{ background: {c.brand_pressed}; }}
QPushButton[look="primary"]:focus {{ border: 2px solid {c.ink}; }}
QPushButton[look="primary"]:disabled {{ background: {c.well}; color: {c.quiet}; border: 1px solid {c.line}; }}
QPushButton[look="quiet"] {{ background: transparent; border: 1px solid transparent; color: {c.brand};
  padding: 0 12px; }}
QPushButton[look="quiet"]:hover {{ background: {c.brand_ground}; }}
QPushButton[look="quiet"]:focus {{ border: 2px solid {c.brand}; padding: 0 11px; }}
QPushButton[look="quiet"]:disabled {{ color: {c.quiet}; background: transparent; }}
QPushButton[look="danger"] {{ color: {c.failed}; }}
QPushButton[look="danger"]:hover {{ background: {c.failed_ground}; }}
QPushButton[look="icon"] {{ background: transparent; border: 1px solid transparent; padding: 0; min-width: {tall}px; }}
QPushButton[look="icon"]:hover {{ background: {c.well}; }}
QPushButton[look="icon"]:focus {{ border: 2px solid {c.brand}; padding: 0; min-width: {tall - 2}px; }}
"""


def _shaped_buttons(look: Look) -> str:
    """Chips, rows, tiles, and the entries of the rail."""
    c, px, bold = look.colours, look.px, _bold(look)
    plain = f'font-weight: 400; font-family: "{look.family}";'
    return f"""
QPushButton[look="chip"] {{ padding: 0 16px; border-radius: {px(24)}px; {plain} }}
QPushButton[look="chip"]:focus {{ padding: 0 15px; }}
QPushButton[look="chip"]:checked {{ background: {c.lost_ground}; color: {c.lost}; border: 1px solid {c.lost}; {bold} }}
QPushButton[look="chip"][tone="brand"]:checked {{ background: {c.brand_ground}; color: {c.brand};
  border-color: {c.brand}; }}
QPushButton[look="row"] {{ text-align: left; border-color: transparent; background: transparent; padding: 0 12px; }}
QPushButton[look="row"]:hover {{ background: {c.well}; }}
QPushButton[look="row"]:checked {{ background: {c.brand_ground}; }}
QPushButton[look="row"]:focus {{ border: 2px solid {c.brand}; padding: 0 11px; }}
QPushButton[look="tile"] {{ text-align: left; padding: 0; min-height: {px(72)}px; }}
QPushButton[look="tile"]:focus {{ padding: 0; min-height: {px(72) - 2}px; }}
QPushButton[look="tile"][lines="3"] {{ min-height: {px(96)}px; }}
QPushButton[look="tile"][lines="3"]:focus {{ min-height: {px(96) - 2}px; }}
QPushButton[look="tile"][lines="4"] {{ min-height: {px(134)}px; }}
QPushButton[look="tile"][lines="4"]:focus {{ min-height: {px(134) - 2}px; }}
QPushButton[look="tile"]:checked {{ background: {c.brand_ground}; border: 2px solid {c.brand}; }}
QToolButton[look="rail"] {{ background: transparent; border: 1px solid transparent; border-radius: 10px;
  color: {c.quiet}; font-size: {px(12)}px; padding: 6px 0 4px 0; }}
QToolButton[look="rail"]:hover {{ background: {c.well}; }}
QToolButton[look="rail"]:checked {{ background: {c.brand_ground}; color: {c.brand}; {bold} }}
QToolButton[look="rail"]:focus {{ border: 2px solid {c.brand}; padding: 5px 0 3px 0; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
"""


def _answers(look: Look) -> str:
    """Answer buttons: joined in a row by `place`, in a tone once chosen."""
    c, px, bold = look.colours, look.px, _bold(look)
    plain = f'font-weight: 400; font-family: "{look.family}";'
    tones = "\n".join(
        f'QPushButton[look="answer"][tone="{name}"]:checked '
        f"{{ background: {c.tone(name)[1]}; color: {c.tone(name)[0]}; border-color: {c.tone(name)[0]}; }}"
        for name in ("good", "lost", "failed")
    )
    return f"""
QPushButton[look="answer"] {{ min-height: {px(52) - 2}px; padding: 0 12px; {plain} }}
QPushButton[look="answer"]:focus {{ min-height: {px(52) - 4}px; padding: 0 11px; }}
QPushButton[look="answer"]:checked {{ background: {c.brand_ground}; color: {c.brand}; border-color: {c.brand}; {bold} }}
{tones}
QPushButton[look="answer"][tone="quiet"]:checked {{ background: {c.well}; color: {c.ink}; border-color: {c.edge}; }}
QPushButton[look="answer"][place="first"] {{ border-top-right-radius: 0; border-bottom-right-radius: 0; }}
QPushButton[look="answer"][place="middle"] {{ border-radius: 0; border-left: 0; }}
QPushButton[look="answer"][place="last"] {{ border-top-left-radius: 0; border-bottom-left-radius: 0; border-left: 0; }}
"""


def _fields(look: Look) -> str:
    c, px = look.colours, look.px
    arrow = _icon("style-down")
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {{ background: {c.card}; color: {c.ink};
  border: 1px solid {c.line}; border-radius: 10px; font-size: {px(14)}px; font-family: "{look.family}";
  selection-background-color: {c.brand}; selection-color: {c.on_brand};
  placeholder-text-color: {c.quiet}; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: {px(48) - 2}px; padding: 0 14px; }}
QPlainTextEdit, QTextEdit {{ padding: 8px 10px; }}
QLineEdit[search="true"], QLineEdit[search="true"]:focus {{ padding-left: 4px; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ border: 2px solid {c.brand}; padding: 0 13px;
  min-height: {px(48) - 4}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {c.brand}; padding: 7px 9px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {c.quiet}; background: {c.ground}; }}
QLineEdit[look="figure"], QLineEdit[look="figure"]:focus {{ border: 0; padding: 0; background: transparent;
  font-size: {px(34)}px; {_bold(look)} }}
QLineEdit[look="figure"][running="true"] {{ color: {c.brand}; }}
QLineEdit:read-only {{ background: {c.ground}; }}
QComboBox::drop-down {{ border: 0; width: 32px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {c.card}; color: {c.ink}; border: 1px solid {c.line}; outline: 0;
  selection-background-color: {c.brand_ground}; selection-color: {c.brand}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(48)}px; padding: 0 10px; }}
QAbstractSpinBox QLineEdit {{ border: 0; padding: 0; min-height: 0; background: transparent; }}
QAbstractSpinBox QLineEdit:focus {{ border: 0; padding: 0; min-height: 0; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: 0; }}
QDateTimeEdit::drop-down {{ border: 0; width: 0; }}
QCheckBox, QRadioButton {{ color: {c.ink}; font-size: {px(14)}px; spacing: 10px; min-height: {px(48)}px;
  background: transparent; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(22)}px; height: {px(22)}px; border: 1px solid {c.edge};
  background: {c.card}; }}
QCheckBox::indicator {{ border-radius: 6px; }}
QRadioButton::indicator {{ border-radius: {px(11)}px; }}
QCheckBox::indicator:checked {{ background: {c.brand}; border-color: {c.brand};
  image: url("{_icon("style-tick-dark" if look.dark else "style-tick-light")}"); }}
QRadioButton::indicator:checked {{ background: {c.card}; border: 7px solid {c.brand}; width: {px(22) - 12}px;
  height: {px(22) - 12}px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c.brand}; }}
QSlider {{ min-height: {px(48)}px; background: transparent; }}
QSlider::groove:horizontal {{ height: 6px; border-radius: 3px; background: {c.line}; }}
QSlider::sub-page:horizontal {{ height: 6px; border-radius: 3px; background: {c.brand}; }}
QSlider::handle:horizontal {{ width: 28px; height: 28px; margin: -11px 0; border-radius: 14px; background: {c.brand}; }}
"""


def _icon(name: str) -> str:
    return (ICONS / f"{name}.svg").as_posix()


def _lists(look: Look) -> str:
    c, px = look.colours, look.px
    return f"""
QAbstractItemView {{ background: {c.card}; color: {c.ink}; border: 0; outline: 0; font-size: {px(14)}px;
  alternate-background-color: {c.card}; selection-background-color: {c.brand_ground}; selection-color: {c.ink}; }}
QListView::item {{ min-height: {px(48)}px; padding: 0 12px; border-radius: 8px; }}
QListView::item:hover {{ background: {c.well}; }}
QListView::item:selected {{ background: {c.brand_ground}; color: {c.brand}; }}
QTreeView::item {{ min-height: {px(48)}px; padding: 0 6px; border-radius: 8px; }}
QTreeView::item:hover {{ background: {c.well}; }}
QTreeView::item:selected {{ background: {c.brand_ground}; color: {c.brand}; }}
QTreeView {{ show-decoration-selected: 0; }}
QTreeView::branch {{ background: {c.card}; }}
QTreeView::branch:has-children:closed {{ image: url("{_icon("style-right")}"); }}
QTreeView::branch:has-children:open {{ image: url("{_icon("style-down")}"); }}
QTreeView:focus {{ border: 2px solid {c.brand}; border-radius: 8px; }}
QHeaderView {{ background: {c.card}; border: 0; }}
QHeaderView::section {{ background: {c.card}; color: {c.quiet}; border: 0; border-bottom: 1px solid {c.line};
  font-size: {px(12.5)}px; font-weight: 400; padding: 0 12px; height: {px(48)}px; }}
QHeaderView::section:hover {{ color: {c.ink}; }}
QHeaderView::down-arrow {{ image: url("{_icon("style-down")}"); width: 12px; height: 12px; }}
QHeaderView::up-arrow {{ image: url("{_icon("style-up")}"); width: 12px; height: 12px; }}
QTableCornerButton::section {{ background: {c.card}; border: 0; }}
"""


def _small_parts(look: Look) -> str:
    c, px = look.colours, look.px
    tick = _icon("style-tick-brand-dark" if look.dark else "style-tick-brand-light")
    return f"""
QScrollBar {{ background: transparent; border: 0; margin: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {c.edge}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 48px; }}
QScrollBar::handle:horizontal {{ min-width: 48px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent;
  border: 0; width: 0; height: 0; }}
QMenu {{ background: {c.card}; color: {c.ink}; border: 1px solid {c.line}; border-radius: 8px; padding: 6px; }}
QMenu::item {{ min-height: {px(48)}px; padding: 0 28px 0 12px; border-radius: 6px; font-size: {px(14)}px; }}
QMenu::item:selected {{ background: {c.brand_ground}; color: {c.brand}; }}
QMenu::item:disabled {{ color: {c.quiet}; }}
QMenu::indicator {{ width: 20px; height: 20px; margin-left: 8px; }}
QMenu::indicator:checked {{ image: url("{tick}"); }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 6px 8px; }}
QToolTip {{ background: {c.card}; color: {c.ink}; border: 1px solid {c.line}; padding: 6px 8px;
  font-size: {px(12.5)}px; }}
QProgressBar {{ background: {c.line}; border: 0; border-radius: 3px; height: 6px; max-height: 6px;
  text-align: center; }}
QProgressBar::chunk {{ background: {c.brand}; border-radius: 3px; }}
QSplitter::handle {{ background: {c.line}; }}
"""
