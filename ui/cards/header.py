"""The head of a card: number, text, small print, badges, painted by the card; its few buttons stand on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.controls.drawing import CENTRED, WRAPPED, box, fill_box, metrics_of
from ui.controls.painted_button import PaintedButton
from ui.look import icons
from ui.look.style import LARGE, MEDIUM, SMALL, TARGET, Role, Tone, look

_NUMBER = 46
_BADGE = 24
_LINE = 24
_LEAST_TITLE, _LEAST_LINE = 150, 100
"""Room for the title, and for what stands beside badges, before it gets a line of its own; at 100 % text size."""
_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_Badges = Sequence[tuple[str, Tone]]
IconName = Literal["info", "flag", "more"]


@dataclass(frozen=True, slots=True)
class Icon:
    """One button of the head, made when its card comes into sight."""

    name: str
    """For screen readers."""
    act: Callable[[], object]
    checkable: bool = False
    tone: Tone = "brand"


class IconButton(PaintedButton):
    """An icon in a 48 px target, without a frame until it is touched; `tone` colours it while it is checked."""

    def __init__(self, icon: str, about: Icon, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._act = icon, about.tone, about.act
        self.setText(about.name)
        self.setToolTip(about.name)
        self.setCheckable(about.checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def nextCheckState(self) -> None:
        """Tapped, by finger, mouse or key; what is checked is the owner's to say."""
        self._act()

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = look()
        ink, ground = now.colours.tone(self._tone)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.isChecked() or self.isDown() or self.hovered:
                fill = ground if self.isChecked() else now.colours.well
                fill_box(painter, box(QRectF(self.rect()).adjusted(6, 6, -6, -6), 8), fill, fill)
            self.paint_ring(painter, 8, by=2)
            side = now.px(20)
            colour = ink if self.isChecked() else now.colours.quiet
            drawing = icons.pixmap(self._icon, colour, side, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, drawing)


class _Places(NamedTuple):
    number: QRect
    title: QRect
    small: QRect
    badges: tuple[QRect, ...]
    height: int
    """Of the whole head."""


class CardHeader:
    """Measures and paints the head of `card`; `icons` are its buttons, at the thumb's side."""

    def __init__(self, card: QWidget, number: str, title: str, small: str, role: Role = "strong") -> None:
        self._card, self._role = card, role
        self._number, self._title, self._small = number, title, small
        self._badges: _Badges = ()
        self._known: dict[int, _Places] = {}
        self._badges_wide = 0
        self._icons: dict[IconName, Icon] = {}
        self._away: set[IconName] = set()
        self._made: dict[IconName, IconButton] = {}
        self.left_handed = False
        self.found = ""
        """What was searched for: marked in the text."""

    # Buttons

    def add(self, which: IconName, icon: Icon) -> None:
        self._icons[which] = icon

    def has(self, which: IconName) -> bool:
        return which in self._icons and which not in self._away

    def wake(self) -> None:
        """Make the buttons that were not made yet."""
        for which in self._icons.keys() - self._made.keys():
            self._make(which)

    def button(self, which: IconName) -> IconButton | None:
        """A button of the head, made if it was not yet; None where the head has none."""
        if which not in self._icons:
            return None
        return self._made.get(which) or self._make(which)

    @property
    def info(self) -> IconButton | None:
        return self.button("info")

    @property
    def more(self) -> IconButton | None:
        return self.button("more")

    @property
    def flag(self) -> IconButton | None:
        return self.button("flag")

    def _make(self, which: IconName) -> IconButton:
        self._made[which] = made = IconButton(which, self._icons[which], self._card)
        self.place_icons(self._card.width())
        if which not in self._away:
            made.show()
        return made

    def show_checked(self, which: IconName, checked: bool) -> None:
        made = self._made.get(which) or (self._make(which) if checked and which in self._icons else None)
        if made is not None and made.isChecked() != checked:
            made.setChecked(checked)
            made.update()

    def show_away(self, away: set[IconName]) -> bool:
        """Buttons that mean nothing now; whether that is a change."""
        if away == self._away:
            return False
        self._away = away
        self.forget()
        for which, made in self._made.items():
            made.setVisible(which not in away)
        return True

    def place_icons(self, width: int) -> None:
        side, top = look().px(TARGET), self._top() + look().px(_LINE) // 2 - look().px(TARGET) // 2
        x = MEDIUM if self.left_handed else width - MEDIUM - side
        for which in ("more", "flag", "info"):
            if self.has(which):
                if which in self._made:
                    self._made[which].setGeometry(x, top, side, side)
                x += side if self.left_handed else -side

    # Looks

    def show_badges(self, badges: _Badges) -> bool:
        """Whether the head may be of another height now."""
        if badges == self._badges:
            return False
        before, self._badges = self._badges_wide, badges
        self._badges_wide = sum(wide + SMALL for wide in self._sizes())
        self._card.update()
        if before == self._badges_wide:
            return False
        self.forget()
        return True

    def forget(self) -> None:
        """What was measured holds no more."""
        self._known.clear()

    def height(self, width: int) -> int:
        """How high the head is on a card of this width."""
        return self._places(width).height

    def paint(self, painter: QPainter, width: int) -> None:
        now = look()
        places = self._places(width)
        painter.setFont(now.font("body", bold=True))
        painter.setPen(now.colours.quiet)
        painter.drawText(places.number, _TOP, self._number)
        painter.setFont(now.font(self._role))
        painter.setPen(now.colours.ink)
        painter.drawText(places.title, _TOP | WRAPPED, self._title)
        if self._small:
            painter.setFont(now.font("quiet"))
            painter.setPen(now.colours.quiet)
            painter.drawText(places.small, _TOP | WRAPPED, self._small)
        painter.setFont(now.font("small", bold=True))
        for area, (text, tone) in zip(places.badges, self._badges, strict=True):
            ink, ground = now.colours.tone(tone)
            fill_box(painter, box(QRectF(area), 6), ground, ground)
            painter.setPen(ink)
            painter.drawText(area, CENTRED, text)

    def _icons_width(self) -> int:
        return (len(self._icons) - len(self._away & self._icons.keys())) * look().px(TARGET)

    def _top(self) -> int:
        """Where the first line begins: the icons, centred on it, stay on the card at any text size."""
        return max(LARGE, (look().px(TARGET) - look().px(_LINE)) // 2) if self._icons_width() else LARGE

    def _below_icons(self) -> int:
        return self._top() + look().px(_LINE) // 2 + look().px(TARGET) // 2

    def _places(self, width: int) -> _Places:
        """Where everything stands at a width, which layouts ask many times."""
        if width not in self._known:
            self._known[width] = self._measured(width)
        return self._known[width]

    def _measured(self, width: int) -> _Places:
        """The title beside the icons; below them, as wide as the card, where too little of a line is left for it."""
        top, icons = self._top(), self._icons_width()
        shift = icons if self.left_handed else 0
        wide_number = look().px(_NUMBER) if self._number else 0
        beside = width - LARGE - wide_number - LARGE - icons
        stacked = bool(icons) and beside < look().px(_LEAST_TITLE)
        left, below = (LARGE, width - 2 * LARGE) if stacked else (LARGE + wide_number + shift, max(80, beside))
        y, room = self._below_icons() if stacked else top, below
        own_line = self._badges_wide > (beside if stacked else beside - look().px(_LEAST_LINE))
        if own_line and self._badges:
            badges = self._in_lines(QRect(left, y, below, 0))
            y = badges[-1].bottom() + SMALL
        else:
            badges = self._from_right(width - (LARGE if self.left_handed else icons + LARGE), top)
            room -= 0 if stacked else self._badges_wide
        tall = _height(metrics_of(self._role), room, self._title)
        low = _height(metrics_of("quiet"), below, self._small) if self._small else 0
        number = QRect(LARGE + shift, top, wide_number, max(tall, look().px(_LINE)))
        title, small = QRect(left, y, room, tall), QRect(left, y + tall + 2, below, low)
        lowest = small.bottom() if self._small else title.bottom()
        high = max(lowest, y + look().px(_BADGE), self._below_icons() if icons else 0)
        return _Places(number, title, small, badges, high)

    def _sizes(self) -> list[int]:
        metrics = metrics_of("small", bold=True)
        return [metrics.horizontalAdvance(text) + 16 for text, _ in self._badges]

    def _from_right(self, right: int, top: int) -> tuple[QRect, ...]:
        """The badges in one line that ends at the icons."""
        areas = []
        for wide in reversed(self._sizes()):
            areas.append(QRect(right - wide, top, wide, look().px(_BADGE)))
            right -= wide + SMALL
        return tuple(reversed(areas))

    def _in_lines(self, room: QRect) -> tuple[QRect, ...]:
        """The badges from the left, in as many lines as they need."""
        areas, x, y = [], room.left(), room.top()
        for wide in self._sizes():
            if x > room.left() and x + wide > room.right() + 1:
                x, y = room.left(), y + look().px(_BADGE) + SMALL
            areas.append(QRect(x, y, wide, look().px(_BADGE)))
            x += wide + SMALL
        return tuple(areas)


def _height(metrics: QFontMetrics, room: int, text: str) -> int:
    return metrics.boundingRect(0, 0, room, 9999, int(WRAPPED), text).height()
