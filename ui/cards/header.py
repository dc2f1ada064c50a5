"""The head of a card: number, text, small print, badges; painted, so that many cost little."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.controls.drawing import CENTRED, WRAPPED, box, fill_box
from ui.controls.painted_button import PaintedButton
from ui.look import icons
from ui.look.style import LARGE, SMALL, TARGET, Role, Tone, look

_NUMBER = 46
_BADGE = 24
_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_Badges = Sequence[tuple[str, Tone]]


class IconButton(PaintedButton):
    """An icon in a 48 px target, without a frame until it is touched."""

    def __init__(self, icon: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setText(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.isChecked() or self.isDown() or self.hovered:
                ground = now.colours.brand_ground if self.isChecked() else now.colours.well
                fill_box(painter, box(QRectF(self.rect()).adjusted(6, 6, -6, -6), 8), ground, ground)
            self.paint_ring(painter, 8, by=2)
            side = now.px(20)
            colour = now.colours.brand if self.isChecked() else now.colours.quiet
            drawing = icons.pixmap(self._icon, colour, side, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, drawing)


class CardHeader(QWidget):
    """`show_badges` in; `info_asked` and `more_asked` out."""

    info_asked = Signal()
    more_asked = Signal()

    def __init__(self, number: str, title: str, small: str, role: Role = "strong") -> None:
        super().__init__()
        self._role: Role = role
        self._number, self._title, self._small = number, title, small
        self._badges: _Badges = ()
        self._known: dict[int, tuple[QRect, QRect]] = {}
        self._tall: dict[int, int] = {}
        self.info: IconButton | None = None
        self.more: IconButton | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_info(self, name: str) -> None:
        self.info = IconButton("info", name, self)
        self.info.setCheckable(True)
        self._forget()
        self.info.clicked.connect(self.info_asked)

    def add_more(self, name: str) -> None:
        self.more = IconButton("more", name, self)
        self._forget()
        self.more.clicked.connect(self.more_asked)

    def show_read_only(self, read_only: bool) -> None:
        """Nothing more can be done with an item that only is read."""
        if self.more is not None:
            self.more.setVisible(not read_only)
            self._forget()

    def show_badges(self, badges: _Badges) -> None:
        if badges != self._badges:
            wider = self._badges_width(badges) != self._badges_width(self._badges)
            self._badges = badges
            if wider:
                self._forget()
            self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._tall:
            title, small = self._text_boxes(width)
            least = LARGE + look().px(12) + look().px(TARGET) // 2 if self._icons_width() else 0
            tall = max(small.bottom() if self._small else title.bottom(), title.top() + look().px(_BADGE), least)
            self._tall[width] = tall
        return self._tall[width]

    def sizeHint(self) -> QSize:
        wide = look().px(480)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        now = look()
        return QSize(now.px(200), now.px(40))

    def _forget(self) -> None:
        """What was measured holds no more."""
        self._known.clear()
        self._tall.clear()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        side, right = look().px(TARGET), event.size().width()
        for one in (self.more, self.info):
            if one is not None and not one.isHidden():
                one.setGeometry(right - side, LARGE + look().px(12) - side // 2, side, side)
                right -= side

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = look()
        with QPainter(self) as painter:
            title, small = self._text_boxes(self.width())
            painter.setFont(now.font("body", bold=True))
            painter.setPen(now.colours.quiet)
            painter.drawText(QRect(0, LARGE, now.px(_NUMBER), title.height()), _TOP, self._number)
            painter.setFont(now.font(self._role))
            painter.setPen(now.colours.ink)
            painter.drawText(title, _TOP | WRAPPED, self._title)
            if self._small:
                painter.setFont(now.font("quiet"))
                painter.setPen(now.colours.quiet)
                painter.drawText(small, _TOP | WRAPPED, self._small)
            self._paint_badges(painter)

    def _paint_badges(self, painter: QPainter) -> None:
        now = look()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(now.font("small", bold=True))
        right, tall = self.width() - self._icons_width(), now.px(_BADGE)
        for text, tone in reversed(self._badges):
            ink, ground = now.colours.tone(tone)
            wide = painter.fontMetrics().horizontalAdvance(text) + 16
            area = QRect(right - wide, LARGE, wide, tall)
            fill_box(painter, box(QRectF(area), 6), ground, ground)
            painter.setPen(ink)
            painter.drawText(area, CENTRED, text)
            right -= wide + SMALL

    def _icons_width(self) -> int:
        count = sum(one is not None and not one.isHidden() for one in (self.info, self.more))
        return count * look().px(TARGET)

    def _badges_width(self, badges: _Badges) -> int:
        metrics = QFontMetrics(look().font("small", bold=True))
        return sum(metrics.horizontalAdvance(text) + 16 + SMALL for text, _ in badges)

    def _text_boxes(self, width: int) -> tuple[QRect, QRect]:
        """Where title and small print stand at a width, which layouts ask many times."""
        if width not in self._known:
            self._known[width] = self._measured(width)
        return self._known[width]

    def _measured(self, width: int) -> tuple[QRect, QRect]:
        now = look()
        left = now.px(_NUMBER) if self._number else 0
        room = max(80, width - left - self._icons_width() - self._badges_width(self._badges))
        strong, quiet = QFontMetrics(now.font(self._role)), QFontMetrics(now.font("quiet"))
        tall = strong.boundingRect(0, 0, room, 9999, int(WRAPPED), self._title).height()
        title = QRect(left, LARGE, room, tall)
        below = max(80, width - left - self._icons_width())
        low = quiet.boundingRect(0, 0, below, 9999, int(WRAPPED), self._small).height() if self._small else 0
        return title, QRect(left, LARGE + tall + 2, below, low)
