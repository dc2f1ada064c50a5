"""The card of one item. It paints what was saved; what is not needed yet is not built."""

from __future__ import annotations

from typing import Literal, cast

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.checklist.model import Item
from auditor.words import tr
from ui.cards import menu as card_menu
from ui.cards import words
from ui.cards.extras import Extras
from ui.cards.frame import paint_frame
from ui.cards.header import CardHeader, Icon
from ui.cards.photos import PathOf
from ui.cards.rows import Rows
from ui.cards.state import CardState
from ui.controls import CONTROLS, Control, Setting
from ui.controls.answer_bar import AnswerBar
from ui.controls.choice import ChoiceButtons
from ui.controls.photo_box import PhotoBox, Sources, ask_for_photos, photos_in, takes_photos
from ui.controls.signature import SignaturePad
from ui.look.style import LARGE, MEDIUM, Role, look

Evidence = Literal["add_photos", "add_fixed", "photos", "view_photo", "take_photo", "add_clips", "clips", "check_clip"]
_FOUND_FOR = 4000
"""Milliseconds a card stays framed after a search led to it."""
_LAYOUT = QEvent.Type.LayoutRequest
_POLICY = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
_POLICY.setHeightForWidth(True)

Deed = Literal["answer", "na", "note", "reasons", "flag", "highlight", "praise", "clear"] | Evidence
"""What a person can do to an item; the value beside it is what the session's change of that name takes."""


class ItemCard(QWidget):
    """`show_state` in; what a person did out, in one signal: the item's path, the deed, and what came of it.

    Made `asleep`, it measures and paints itself, and makes its buttons when `wake` is called or one is asked for.
    """

    said = Signal(str, str, object)

    def __init__(
        self,
        item: Item,
        setting: Setting,
        number: str = "",
        path_of: PathOf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.item, self.path, self.setting = item, setting.path, setting
        self.state = CardState()
        self._dropping = self._dirty = False
        self._awake = not setting.asleep
        self._tall: dict[int, int] = {}
        self._found: QTimer | None = None
        self.setObjectName(f"card:{self.path}")
        self.setAcceptDrops(True)
        self.setAccessibleName(f"{number} {item.text}".strip())
        self.setSizePolicy(_POLICY)
        small = "\n".join(filter(None, (words.points_line(item, blind=setting.blind), setting.last)))
        role: Role = "body" if item.kind == "info" else "strong"
        self.header = CardHeader(self, number, str(item.text), small, role)
        self.header.left_handed = setting.hand == "left"
        self.rows = Rows(MEDIUM)
        self.control: Control | None = CONTROLS[item.kind](item, setting)
        if self.control is not None:
            self.control.setParent(self)
            self.rows.insert(0, self.control)
            self._connect(self.control)
        self.extras = Extras(self, path_of)
        self._add_icons()
        if self._awake:
            self.header.wake()

    def say(self, deed: Deed, what: object = None) -> None:
        """A person did something to this item."""
        self.said.emit(self.path, deed, what)

    # In

    def show_state(self, state: CardState) -> None:
        """Paint one truth: the saved answer, its score, what it triggered."""
        before, self.state = self.state, state
        if self.control is not None:
            shown = state.answer
            if self.item.computed and state.computed is not None:
                shown = type(shown)(value=state.computed)
            if shown != before.answer or state.tone != before.tone or not isinstance(self.control, AnswerBar):
                self.control.show_answer(shown, state.tone)
            if before.read_only != state.read_only:
                self.control.setEnabled(not state.read_only)
        changed = self.header.show_away({"more", "flag"} if state.read_only else set())
        self.header.show_checked("flag", state.answer.flagged)
        badges = words.badges(self.item, state)
        changed = self.header.show_badges(badges) or changed
        if self.extras.show_state(state) or changed:
            self.relay()
        described = ", ".join([*(text for text, _ in badges), words.hint(self.item, state)[0]]).strip(", ")
        if described or before.score is not None:
            self.setAccessibleDescription(described)
        if before.tone != state.tone:
            self.update()

    @property
    def awake(self) -> bool:
        return self._awake

    def wake(self) -> None:
        """Make what was put off: its buttons."""
        if not self._awake:
            self._awake = True
            self.header.wake()
            if isinstance(self.control, AnswerBar):
                self.control.wake()
            self.order_tabs()

    def order_tabs(self) -> None:
        """The keyboard goes through the card as it is seen, whatever was made when."""
        heads = [one for one in (self.header.info, self.header.flag, self.header.more) if one is not None]
        self.rows.order_tabs(self, list(heads))

    # Layout, by the card itself

    def relay(self) -> None:
        """Something in it may be of another size now."""
        width, before = self.width(), self._tall.get(self.width())
        self.rows.forget()
        self._tall.clear()
        self._dirty = True
        if not self.isVisible():
            self.updateGeometry()
            return
        if before != self.heightForWidth(width):
            self.updateGeometry()
        self._arrange()

    def settle(self) -> None:
        """Lay out now what waits to be laid out."""
        self.rows.activate()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.LayoutRequest)
        if self._dirty:
            self._arrange()

    @property
    def fits(self) -> bool:
        """Whether it is as high as what it shows."""
        return self.height() == self.heightForWidth(self.width())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._tall:
            self._tall[width] = self.header.height(width) + self.rows.height(width - 2 * LARGE) + LARGE
        return self._tall[width]

    def sizeHint(self) -> QSize:
        known = next(iter(self._tall.values()), 0)  # layouts go by the height for a width: don't measure for this
        return QSize(look().px(520), known or look().px(160))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(232), look().px(56))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is _LAYOUT:
            self.relay()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.header.forget()
            self.relay()
        super().changeEvent(event)

    def _arrange(self) -> None:
        self._dirty = False
        width = self.width()
        self.header.place_icons(width)
        self.rows.arrange(LARGE, self.header.height(width), width - 2 * LARGE)

    def show_found(self) -> None:
        """A frame for a moment: this is what was looked for."""
        if self._found is None:
            self._found = QTimer(self)
            self._found.setSingleShot(True)
            self._found.timeout.connect(self.update)
        self._found.start(_FOUND_FOR)
        self.update()

    # By key, called by the page

    def press(self, digit: int) -> bool:
        """Answer by a digit; False where the control knows none."""
        pressed = getattr(self.control, "press", None)
        return bool(pressed is not None and not self.state.read_only and pressed(digit))

    def press_na(self) -> bool:
        """Not applicable by key: at once where one code is allowed, else by a menu."""
        if self.state.read_only or not self.setting.na_codes:
            return False
        if isinstance(self.control, ChoiceButtons):
            return self.control.press_na()
        if self.state.answer.na is not None:
            self.say("na", None)
        elif len(self.setting.na_codes) == 1:
            self.say("na", self.setting.na_codes[0])
        else:
            card_menu.offer(self)
        return True

    @property
    def takes_keyboard(self) -> bool:
        """Whether anything on it can hold the keyboard: an instruction without guidance has nothing that could."""
        return (self.control is not None and self.control.isEnabled()) or self.header.has("info")

    def take_focus(self) -> None:
        """Give the keyboard to the control, where there is one."""
        self.wake()
        if self.control is not None and self.control.isEnabled():
            self.control.take_focus()
        elif self.header.info is not None:
            self.header.info.setFocus()

    def paste_photos(self) -> bool:
        found = photos_in(QGuiApplication.clipboard().mimeData())
        if found and not self.state.read_only:
            self.say("add_photos", found)
        return bool(found)

    def flush(self) -> None:
        """Commit what is being typed (closing, leaving the page)."""
        flush = getattr(self.control, "flush", None)
        if flush is not None:
            flush()
        self.extras.flush()

    # Out

    def _connect(self, control: Control) -> None:
        if isinstance(control, PhotoBox):
            control.answered.connect(lambda sources: self.say("add_photos", sources))
            return
        control.answered.connect(lambda value: self.say("answer", value))
        if isinstance(control, ChoiceButtons):
            control.na_chosen.connect(lambda code: self.say("na", code))
        elif isinstance(control, SignaturePad):
            control.signed.connect(self._on_signed)

    def _on_signed(self, drawing: bytes | None) -> None:
        if self.state.answer.photos:
            self.say("photos", ())
        if drawing is not None:
            self.say("add_photos", [drawing])

    def ask_for_photos(self) -> None:
        ask_for_photos(self, lambda paths: self.say("add_photos", cast(Sources, paths)))

    def press_flag(self) -> bool:
        """Flag the item to come back to it, or take the flag away."""
        if self.state.read_only or self.item.kind == "info":
            return False
        self.say("flag", not self.state.answer.flagged)
        return True

    def _add_icons(self) -> None:
        item, header = self.item, self.header
        if words.has_guidance(item, blind=self.setting.blind):
            header.add("info", Icon(f"{item.text} {tr('capture.guidance')}", self.extras.toggle_guidance, True))
        if item.kind == "info" or item.computed:
            return
        if self.setting.flags:
            header.add("flag", Icon(f"{item.text} {tr('finding.flag')}", self.press_flag, True, "lost"))
        header.add("more", Icon(f"{item.text} {tr('capture.more')}", lambda: card_menu.offer(self)))

    # Looks and drops

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.wake()
        found = self._found is not None and self._found.isActive()
        lit = self._dropping or self.item.kind == "info"
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_frame(painter, QRectF(self.rect()), self.state.tone, lit=lit, framed=self._dropping, found=found)
            self.header.paint(painter, self.width())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if takes_photos(event) and not self.state.read_only and self.item.kind != "info":
            event.acceptProposedAction()
            self._drop(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._drop(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop(False)
        found = photos_in(event.mimeData())
        if found:
            event.acceptProposedAction()
            self.say("add_photos", found)

    def _drop(self, over: bool) -> None:
        self._dropping = over
        self.update()
