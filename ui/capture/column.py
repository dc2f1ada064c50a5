"""The cards of one place, in a column that scrolls. Items come and go without the page jumping."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.cards.item_card import ItemCard
from ui.cards.state import CardState
from ui.controls.painted_button import PaintedButton
from ui.look.style import WIDE, Tone
from ui.widgets.labels import label
from ui.widgets.panels import scrolling
from ui.widgets.reading_column import ReadingColumn

MakeCard = Callable[[str], ItemCard]
_AT_REST = 400
"""Milliseconds of rest after which what is in sight is where one is."""
_AT_ONCE = 4
"""Cards made whole in one go while nothing else is asked for."""


class _Column(ReadingColumn):
    """Keys that no card took go to the page before the scroll area eats them."""

    key_pressed = Signal(QKeyEvent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.key_pressed.emit(event)


class CardColumn(QWidget):
    """`show_cards(paths)` in; it makes cards through `make` and keeps those that stay."""

    key_pressed = Signal(QKeyEvent)
    came_to_rest = Signal()
    """Something else is in sight, and has been for a moment."""

    def __init__(self, make: MakeCard, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._name = name
        self.cards: dict[str, ItemCard] = {}
        self._held: tuple[str, int] | None = None
        self._told: list[ItemCard] = []
        """Cards that paint something else since they are held."""
        self._replaced = False
        """Whether cards came or went since."""
        self._inside: _Column
        self._list: QVBoxLayout
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._waking = QTimer(self)
        self._waking.timeout.connect(self._wake_some)
        self._resting, self._starting = QTimer(self), QTimer(self)
        for one in (self._resting, self._starting):
            one.setSingleShot(True)
        self._resting.setInterval(_AT_REST)
        self._resting.timeout.connect(self._rest)
        self._starting.timeout.connect(lambda: self.start_at(*self._start))
        self._start: tuple[str, tuple[str, int] | None] = ("", None)
        self._returning: tuple[str, int] | None = None
        """What is scrolled back to, again whenever the page is laid out anew, until it has come to rest."""
        self.area = self._new_area()

    def show_cards(self, paths: Sequence[str], *, above: Sequence[QWidget] = (), empty: str = "") -> None:
        """A fresh page: what stands above, a card per path, or a sentence where there is none."""
        self.flush()
        old, held_keyboard = self.area, self.focused() is not None
        self.cards, self._held, self._told, self._replaced, self._returning = {}, None, [], False, None
        self.area = self._new_area()
        self._inside.setUpdatesEnabled(False)
        for one in above:
            self._list.insertWidget(self._list.count() - 1, one)
        for path in paths:
            self._insert(self._list.count() - 1, path)
        if not paths and empty:
            self._say(empty, "quiet")
        self._inside.setUpdatesEnabled(True)
        self._outer.removeWidget(old)
        if held_keyboard:  # or it would go to whatever comes next in the window: the button that leaves the visit
            self.area.show()
            self._inside.setFocus()
        old.hide()
        old.deleteLater()
        self._waking.start(0)
        self._resting.start()

    @property
    def asleep(self) -> list[ItemCard]:
        """Cards that still put off making their buttons: they do so when seen, the others when there is time."""
        return [card for card in self.cards.values() if not card.awake]

    def wake_all(self) -> None:
        """Have every card whole now."""
        for card in self.asleep:
            card.wake()

    def _wake_some(self) -> None:
        some = self.asleep[:_AT_ONCE]
        for card in some:
            card.wake()
        if not some:
            self._waking.stop()

    def change_cards(self, paths: Sequence[str]) -> None:
        """Cards come and go; those that stay are not built anew."""
        come = [path for path in paths if path not in self.cards]
        gone = [path for path in self.cards if path not in paths]
        self._replaced = True
        first = self._list.count() - 1 - len(self.cards)
        if self._held is not None:
            self._inside.setUpdatesEnabled(False)  # until `release` has them in place
        for path in gone:
            card = self.cards.pop(path)
            card.flush()
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        for path in come:
            self._insert(first + list(paths).index(path), path)
            self.cards[path].wake()
            self.cards[path].show()
        self.cards = {path: self.cards[path] for path in paths}

    def hold(self) -> None:
        """Before anything changes: remember where the focused card, else the first one seen, is on the screen."""
        self._returning = None
        if self._held is not None:
            return
        view = self.area.viewport().rect()
        focused = self.focused()
        spot = focused.mapTo(self.area.viewport(), QPoint(0, 0)).y() if focused is not None else -1
        card = focused if focused is not None and view.top() <= spot < view.bottom() else self._first_seen()
        if card is not None:
            self._held = card.path, card.mapTo(self.area.viewport(), QPoint(0, 0)).y()

    def show_state(self, path: str, state: CardState) -> None:
        """Have a card paint something else; the page stays as it is until `release`."""
        self.hold()
        self.cards[path].show_state(state)
        self._told.append(self.cards[path])

    def release(self) -> None:
        """After everything changed: put that card back to where it was, so that the page doesn't jump."""
        if self._held is None:
            return
        (path, before), self._held = self._held, None
        card, moved = self.cards.get(path), self._moved()
        self._told, self._replaced = [], False
        if card is not None and moved:
            self.settle()
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + card.mapTo(self.area.viewport(), QPoint(0, 0)).y() - before)
        if not self._inside.updatesEnabled():  # to say so again would paint every card in sight anew
            self._inside.setUpdatesEnabled(True)

    def _moved(self) -> bool:
        """Whether anything may stand elsewhere now: cards came or went, or one is of another height."""
        if not self._replaced:
            for card in self._told:
                card.settle()
        return self._replaced or not all(card.fits for card in self._told)

    def settle(self) -> None:
        """Lay out now, so that positions can be asked for."""
        for card in self.cards.values():
            card.settle()
        self._list.activate()
        QCoreApplication.sendEvent(self.area, QEvent(QEvent.Type.LayoutRequest))

    def reveal(self, path: str) -> None:
        """Bring a card into sight and give it the keyboard; again once the page is laid out, if it is not yet."""
        self._start, self._returning = (path, None), None
        card = self.cards.get(path)
        if card is not None:
            self.settle()
            card.take_focus()
            self.area.ensureWidgetVisible(card, 0, WIDE)

    def take_keyboard(self) -> None:
        """Give the keyboard to the first card in sight."""
        card = self._first_seen()
        if card is not None:
            card.take_focus()

    def spot(self) -> tuple[str, int]:
        """Where the page is scrolled to, or will be at once: the first card in sight, and where its upper edge is."""
        if self._starting.isActive() and self._start[1] is not None:
            return self._start[1]
        card = self._first_seen()
        return ("", 0) if card is None else (card.path, card.mapTo(self.area.viewport(), QPoint(0, 0)).y())

    def mark(self, path: str) -> None:
        """Show for a moment which card was looked for."""
        card = self.cards.get(path)
        if card is not None:
            card.show_found()

    def start_soon(self, path: str, spot: tuple[str, int] | None = None) -> None:
        """`start_at`, once the page is laid out; at another card if the page is led there by then."""
        self._start = (path, spot)
        self._starting.start(0)

    def start_at(self, path: str, spot: tuple[str, int] | None = None) -> None:
        """Begin at a card, else at the first: in sight, with the keyboard, but without its ring.

        `spot` is where the page was scrolled to when it was left.
        """
        card = self.cards.get(path) or self.next_of(None, 1)
        if card is None:
            return
        if path in self.cards:
            self.reveal(path)
        else:  # what stands above the first answer is to be read first
            card.take_focus()
        if spot is not None and spot[0] in self.cards:
            self.settle()
            self._returning = spot
            self._return()
        button = self.window().focusWidget()
        if isinstance(button, PaintedButton):
            button.hide_ring()

    def _return(self) -> None:
        if self._returning is not None and self._returning[0] in self.cards:
            at = self.cards[self._returning[0]].mapTo(self.area.viewport(), QPoint(0, 0)).y()
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + at - self._returning[1])
            self._resting.start()

    def _rest(self) -> None:
        self._returning = None
        self.came_to_rest.emit()

    def flush(self) -> None:
        """Commit what is being typed on any card."""
        for card in list(self.cards.values()):
            card.flush()

    def focused(self) -> ItemCard | None:
        """The card that holds the keyboard."""
        widget: QWidget | None = (
            self.focusWidget() if not self.window().isActiveWindow() else self.window().focusWidget()
        )
        while widget is not None and widget is not self:
            if isinstance(widget, ItemCard):
                return widget
            widget = widget.parentWidget()
        return None

    def next_of(self, card: ItemCard | None, step: int) -> ItemCard | None:
        """The card below or above one, past those that cannot hold the keyboard."""
        shown = [one for one in self.cards.values() if one is card or one.takes_keyboard]
        if card not in shown:
            return shown[0 if step > 0 else -1] if shown else None
        at = shown.index(card) + step
        return shown[at] if 0 <= at < len(shown) else None

    def _new_area(self) -> QScrollArea:
        self._inside = _Column()
        self._inside.key_pressed.connect(self.key_pressed)
        self._list = self._inside.column
        area = scrolling(self._inside, name=self._name)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.verticalScrollBar().valueChanged.connect(lambda _value: self._resting.start())
        area.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._return())
        self._outer.addWidget(area)
        return area

    def _insert(self, at: int, path: str) -> None:
        self.cards[path] = card = self._make(path)
        self._list.insertWidget(at, card)

    def _say(self, words: str, tone: Tone) -> None:
        made = label(words, "body", tone, wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setMinimumHeight(160)
        self._list.insertWidget(self._list.count() - 1, made)

    def _first_seen(self) -> ItemCard | None:
        seen = self.area.verticalScrollBar().value()
        return next((card for card in self.cards.values() if card.geometry().bottom() > seen), None)
