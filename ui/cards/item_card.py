"""The card of one item. It paints what was saved; what is not needed yet is not built."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from auditor.checklist.model import Item, NaCode
from auditor.words import tr
from ui.cards import words
from ui.cards.extras import Extras
from ui.cards.header import CardHeader
from ui.cards.photos import PathOf
from ui.cards.state import CardState
from ui.controls import CONTROLS, Control, Setting
from ui.controls.choice import ChoiceButtons
from ui.controls.drawing import box, fill_box, inner
from ui.controls.photo_box import PhotoBox, Sources, ask_for_photos, photos_in, takes_photos
from ui.controls.signature import SignaturePad
from ui.look.style import LARGE, MEDIUM, RADIUS, look

_EDGE = 5


class ItemCard(QWidget):
    """`show_state` in; what a person did out, each with the item's path in front."""

    answered = Signal(str, object)
    na_chosen = Signal(str, object)
    noted = Signal(str, str)
    reasons_changed = Signal(str, object)
    photos_added = Signal(str, object)
    photos_changed = Signal(str, object)
    cleared = Signal(str)

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
        self._dropping = False
        self.setObjectName(f"card:{self.path}")
        self.setAcceptDrops(True)
        self.setAccessibleName(f"{number} {item.text}".strip())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(LARGE, 0, LARGE, LARGE)
        self.column.setSpacing(MEDIUM)
        small = words.points_line(item, blind=setting.blind)
        self.header = CardHeader(number, str(item.text), small, "body" if item.kind == "info" else "strong")
        self.column.addWidget(self.header)
        self.control: Control | None = CONTROLS[item.kind](item, setting)
        if self.control is not None:
            self.column.addWidget(self.control)
            self._connect(self.control)
        self.extras = Extras(self, path_of)
        self._add_icons()

    # In

    def show_state(self, state: CardState) -> None:
        """Paint one truth: the saved answer, its score, what it triggered."""
        before, self.state = self.state, state
        if self.control is not None:
            shown = state.answer
            if self.item.computed and state.computed is not None:
                shown = type(shown)(value=state.computed)
            self.control.show_answer(shown, state.tone)
            if before.read_only != state.read_only:
                self.control.setEnabled(not state.read_only)
        if before.read_only != state.read_only:
            self.header.show_read_only(state.read_only)
        self.header.show_badges(words.badges(self.item, state))
        self.extras.show_state(state)
        self.setAccessibleDescription(self._description())
        if before.tone != state.tone:
            self.update()

    def _description(self) -> str:
        parts = [text for text, _ in words.badges(self.item, self.state)]
        return ", ".join([*parts, words.hint(self.item, self.state)[0]]).strip(", ")

    # By key, called by the page

    def press(self, digit: int) -> bool:
        """Answer by a digit; False where the control knows none."""
        control = self.control
        pressed = getattr(control, "press", None)
        return bool(pressed is not None and not self.state.read_only and pressed(digit))

    def press_na(self) -> bool:
        """Not applicable by key: at once where one code is allowed, else by a menu."""
        if self.state.read_only or not self.setting.na_codes:
            return False
        if isinstance(self.control, ChoiceButtons):
            return self.control.press_na()
        if self.state.answer.na is not None:
            self.na_chosen.emit(self.path, None)
        elif len(self.setting.na_codes) == 1:
            self.na_chosen.emit(self.path, self.setting.na_codes[0])
        else:
            self._on_more()
        return True

    @property
    def takes_keyboard(self) -> bool:
        """Whether anything on it can hold the keyboard: an instruction without guidance has nothing that could."""
        return (self.control is not None and self.control.isEnabled()) or self.header.info is not None

    def take_focus(self) -> None:
        """Give the keyboard to the control, where there is one."""
        if self.control is not None and self.control.isEnabled():
            self.control.take_focus()
        elif self.header.info is not None:
            self.header.info.setFocus()

    def paste_photos(self) -> bool:
        found = photos_in(QGuiApplication.clipboard().mimeData())
        if found and not self.state.read_only:
            self.photos_added.emit(self.path, found)
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
            control.answered.connect(lambda sources: self.photos_added.emit(self.path, sources))
        else:
            control.answered.connect(lambda value: self.answered.emit(self.path, value))
        if isinstance(control, ChoiceButtons):
            control.na_chosen.connect(lambda code: self.na_chosen.emit(self.path, code))
        if isinstance(control, SignaturePad):
            control.signed.connect(self._on_signed)

    def _on_signed(self, drawing: bytes | None) -> None:
        if self.state.answer.photos:
            self.photos_changed.emit(self.path, ())
        if drawing is not None:
            self.photos_added.emit(self.path, [drawing])

    def ask_for_photos(self) -> None:
        ask_for_photos(self, lambda paths: self.photos_added.emit(self.path, cast(Sources, paths)))

    def _add_icons(self) -> None:
        if words.has_guidance(self.item, blind=self.setting.blind):
            self.header.add_info(f"{self.item.text} {tr('capture.guidance')}")
            self.header.info_asked.connect(self.extras.toggle_guidance)
        if self.item.kind != "info" and not self.item.computed:
            self.header.add_more(f"{self.item.text} {tr('capture.more')}")
            self.header.more_asked.connect(self._on_more)

    def _on_more(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("card_menu")
        self._fill_menu(menu)
        assert self.header.more is not None
        spot = self.header.more.mapToGlobal(QPoint(0, self.header.more.height()))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QPoint(spot.x() - menu.sizeHint().width() + self.header.more.width(), spot.y()))

    def _fill_menu(self, menu: QMenu) -> None:
        def add(text: str, act: Callable[[], object]) -> None:
            menu.addAction(text).triggered.connect(lambda: act())

        def choose(code: NaCode | None) -> Callable[[], None]:
            return lambda: self.na_chosen.emit(self.path, code)

        add(tr("capture.write_note"), lambda: self.extras.open("note"))
        if self.item.scored:
            add(tr("capture.write_reason"), lambda: self.extras.open("reasons"))
        add(tr("capture.add_photos"), self.ask_for_photos)
        add(tr("capture.paste"), self.paste_photos)
        menu.addSeparator()
        for code in self.setting.na_codes:
            if code != self.state.answer.na:
                add(tr(f"common.na.{code}"), choose(code))
        if self.state.answer.na is not None:
            add(tr("capture.not_na"), choose(None))
        if not self.state.answer.empty:
            add(tr("capture.clear"), lambda: self.cleared.emit(self.path))

    # Looks and drops

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = look().colours
        tone = self.state.tone
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = inner(QRectF(self.rect()))
            line = colours.line if tone == "brand" else colours.tone(tone)[0]
            if self.item.kind == "info":
                fill_box(painter, box(area, RADIUS), colours.brand_ground, colours.brand_ground)
            elif self._dropping:
                fill_box(painter, box(area, RADIUS), colours.brand_ground, colours.brand, 2)
            elif tone == "brand":
                fill_box(painter, box(area, RADIUS), colours.card, line)
            else:
                fill_box(painter, box(area, RADIUS), line, line)
                fill_box(painter, box(area.adjusted(_EDGE, 0.5, -0.5, -0.5), RADIUS - 1), colours.card, colours.card)

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
            self.photos_added.emit(self.path, found)

    def _drop(self, over: bool) -> None:
        self._dropping = over
        self.update()
