"""Surfaces: a card, a line, a page that scrolls by touch, an empty state, and the figure that matters."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QScroller,
    QScrollerProperties,
    QVBoxLayout,
    QWidget,
)

from ui.look import icons
from ui.look.style import LARGE, SMALL, TIGHT, WIDE, Tone, look, put
from ui.widgets.flow import Flow
from ui.widgets.labels import label

Panel = Literal["card", "strip", "head", "page", "rail", "well", "brand", "lost", "failed", "plain"]


class Card(QFrame):
    """A surface with a column of things on it: `card.column.addWidget(…)`."""

    def __init__(self, panel: Panel = "card", *, margin: int = LARGE, spacing: int = SMALL) -> None:
        super().__init__()
        self.setProperty("panel", panel)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(spacing)

    def show_tone(self, tone: Tone) -> None:
        """A coloured edge: amber where points are lost, red where it failed."""
        put(self, "tone", tone)


def row(*things: QWidget | int, spacing: int = SMALL, margin: int = 0) -> QHBoxLayout:
    """Widgets side by side; a number is stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(spacing)
    for one in things:
        if isinstance(one, int):
            made.addStretch(one)
        else:
            made.addWidget(one)
    return made


def line() -> QFrame:
    """A hairline across."""
    made = QFrame()
    made.setProperty("panel", "line")
    return made


TOUCH_AFTER = 150
"""Milliseconds until a new list can be scrolled by touch."""


def touch_scroll(area: QAbstractScrollArea) -> None:
    """Let a finger scroll `area`: a drag that begins on a button scrolls and presses nothing (design §6).

    Done a moment later: asking Qt for a viewport costs as much as building a page, and no finger is that fast.
    """
    if isinstance(area, QAbstractItemView):
        area.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        area.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    later = QTimer(area)
    later.setSingleShot(True)
    later.timeout.connect(lambda: _grab(area))
    later.start(TOUCH_AFTER)


def _grab(area: QAbstractScrollArea) -> None:
    view = area.viewport()
    QScroller.grabGesture(view, QScroller.ScrollerGestureType.TouchGesture)
    scroller = QScroller.scroller(view)
    properties = scroller.scrollerProperties()
    off = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    for metric in (
        QScrollerProperties.ScrollMetric.HorizontalOvershootPolicy,
        QScrollerProperties.ScrollMetric.VerticalOvershootPolicy,
    ):
        properties.setScrollMetric(metric, off)
    scroller.setScrollerProperties(properties)
    scroller.stateChanged.connect(_LettingGo(view).see)


class _LettingGo(QObject):
    """Qt hands the finger's press on to a button as a mouse press, and its lifting too, however far it dragged.

    Buttons that are down are told that the press ended elsewhere: when a drag begins, and when it ends, since the
    finger that stops a page in flight presses after the drag began.
    """

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._dragged = False

    def see(self, state: QScroller.State) -> None:
        if state == QScroller.State.Pressed:
            self._dragged = False
            return
        self._dragged = self._dragged or state == QScroller.State.Dragging
        if self._dragged:
            self._let_go()

    def _let_go(self) -> None:
        away, left, none = QPointF(-9999, -9999), Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        held = Qt.KeyboardModifier.NoModifier
        for one in self._view.findChildren(QAbstractButton):
            if one.isDown():
                QApplication.sendEvent(one, QMouseEvent(QEvent.Type.MouseButtonRelease, away, away, left, none, held))


def scrolling(inside: QWidget, *, name: str = "") -> QScrollArea:
    """A column that scrolls up and down, never sideways."""
    area = QScrollArea()
    inside.setProperty("panel", "plain")
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    touch_scroll(area)
    return area


class EmptyState(QWidget):
    """Nothing here yet: a picture, what this place is for, and what to do first."""

    def __init__(self, icon: str, title: str, text: str, *actions: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(SMALL)
        picture = QLabel()
        side = look().px(48)
        picture.setPixmap(icons.pixmap(icon, look().colours.brand, side, self.devicePixelRatioF()))
        words = label(text, "body", "quiet", wrap=True)
        heading = label(title, "strong", wrap=True)
        column.addStretch(1)
        for one in (picture, heading, words):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setMaximumWidth(look().px(440))
        column.addWidget(picture)
        column.addWidget(heading)
        line = row(1, words, 1)
        line.setStretch(1, 1000)
        column.addLayout(line)
        if actions:
            column.addSpacing(SMALL)
            column.addWidget(Flow(*actions, spacing=SMALL + TIGHT, centred=True))
        column.addStretch(1)


class Figure(QWidget):
    """The one figure that matters, with what it is of, small, beside it (`91.4 / 100`)."""

    def __init__(self, text: str = "", unit: str = "", *, name: str = "") -> None:
        super().__init__()
        self.figure, self.unit = label(text, "figure"), label(unit, "body", "quiet")
        self._name = name
        inside = row(self.figure, self.unit, spacing=6)
        inside.setAlignment(self.unit, Qt.AlignmentFlag.AlignBottom)
        self.unit.setContentsMargins(0, 0, 0, look().px(7))
        self.setLayout(inside)
        self.show_figure(text, unit)

    def show_figure(self, text: str, unit: str = "", tone: Tone = "ink") -> None:
        self.figure.setText(text)
        self.unit.setText(unit)
        self.unit.setVisible(bool(unit))
        put(self.figure, "tone", tone)
        self.setAccessibleName(f"{self._name} {text} {unit}".strip())
