"""The head of a card: number, text, small print, badges, painted by the card; its few buttons stand on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.controls.drawing import CENTRED, WRAPPED, box, fill_box, metrics_of
from ui.controls.painted_button import PaintedButton
from ui.look import icons
from ui.look.style import LARGE, MEDIUM, SMALL, TARGET, Look, Role, Tone, look

_NUMBER = 46
_BADGE = 24
_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_Badges = Sequence[tuple[str, Tone]]
IconName = Literal["info", "flag", "more"]


class IconButton(PaintedButton):
    """An icon in a 48 px target, without a frame until it is touched; `tone` colours it while it is checked."""

    def __init__(self, icon: str, name: str, parent: QWidget, tone: Tone = "brand") -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, tone
        self.setText(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

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


@dataclass(frozen=True, slots=True)
class Icon:
    """One button of the head, made when its card comes into sight."""

    name: str
    """For screen readers."""
    act: Callable[[], object]
    checkable: bool = False
    tone: Tone = "brand"


class CardHeader:
    """Measures and paints the head of `card`; `icons` are its buttons, at the thumb's side."""

    def __init__(self, card: QWidget, number: str, title: str, small: str, role: Role = "strong") -> None:
        self._card, self._role = card, role
        self._number, self._title, self._small = number, title, small
        self._badges: _Badges = ()
        self._known: dict[int, tuple[QRect, QRect]] = {}
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
        about = self._icons[which]
        self._made[which] = made = IconButton(which, about.name, self._card, about.tone)
        made.setCheckable(about.checkable)
        made.clicked.connect(about.act)
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
        side, top = look().px(TARGET), LARGE + look().px(12) - look().px(TARGET) // 2
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
        metrics = metrics_of("small", bold=True)
        self._badges_wide = sum(metrics.horizontalAdvance(text) + 16 + SMALL for text, _ in badges)
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
        title, small = self._text_boxes(width)
        least = LARGE + look().px(12) + look().px(TARGET) // 2 if self._icons_width() else 0
        return max(small.bottom() if self._small else title.bottom(), title.top() + look().px(_BADGE), least)

    def paint(self, painter: QPainter, width: int) -> None:
        now = look()
        title, small = self._text_boxes(width)
        painter.setFont(now.font("body", bold=True))
        painter.setPen(now.colours.quiet)
        painter.drawText(QRect(self._left(), LARGE, now.px(_NUMBER), title.height()), _TOP, self._number)
        painter.setFont(now.font(self._role))
        painter.setPen(now.colours.ink)
        painter.drawText(title, _TOP | WRAPPED, self._title)
        if self._small:
            painter.setFont(now.font("quiet"))
            painter.setPen(now.colours.quiet)
            painter.drawText(small, _TOP | WRAPPED, self._small)
        self._paint_badges(painter, now, width)

    def _paint_badges(self, painter: QPainter, now: Look, width: int) -> None:
        painter.setFont(now.font("small", bold=True))
        right, tall = width - (LARGE if self.left_handed else self._icons_width() + LARGE), now.px(_BADGE)
        for text, tone in reversed(self._badges):
            ink, ground = now.colours.tone(tone)
            wide = painter.fontMetrics().horizontalAdvance(text) + 16
            area = QRect(right - wide, LARGE, wide, tall)
            fill_box(painter, box(QRectF(area), 6), ground, ground)
            painter.setPen(ink)
            painter.drawText(area, CENTRED, text)
            right -= wide + SMALL

    def _icons_width(self) -> int:
        return (len(self._icons) - len(self._away & self._icons.keys())) * look().px(TARGET)

    def _left(self) -> int:
        return LARGE + (self._icons_width() if self.left_handed else 0)

    def _text_boxes(self, width: int) -> tuple[QRect, QRect]:
        """Where title and small print stand at a width, which layouts ask many times."""
        if width not in self._known:
            self._known[width] = self._measured(width)
        return self._known[width]

    def _measured(self, width: int) -> tuple[QRect, QRect]:
        left = LARGE + (look().px(_NUMBER) if self._number else 0)
        below = max(80, width - left - LARGE - self._icons_width())
        room = max(80, below - self._badges_wide)
        left += self._icons_width() if self.left_handed else 0
        tall = _height(metrics_of(self._role), room, self._title)
        title = QRect(left, LARGE, room, tall)
        low = _height(metrics_of("quiet"), below, self._small) if self._small else 0
        return title, QRect(left, LARGE + tall + 2, below, low)


def _height(metrics: QFontMetrics, room: int, text: str) -> int:
    return metrics.boundingRect(0, 0, room, 9999, int(WRAPPED), text).height()
