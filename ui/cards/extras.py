"""What a card shows only when needed: guidance, fault chips, reasons, note, photos, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar, cast

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from auditor.audit import Praise
from auditor.words import tr
from ui.cards import menu, words
from ui.cards.clips import ClipList
from ui.cards.photos import PathOf, PhotoStrip
from ui.cards.praise_row import PraiseRow
from ui.cards.reasons import Reasons, is_named, toggled
from ui.cards.state import CardState
from ui.controls.chips import ChipFlow
from ui.controls.fields import GrowingText
from ui.controls.text_commit import TextCommit
from ui.look.style import MEDIUM, SMALL, Tone, put
from ui.widgets.buttons import button
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ui.cards.item_card import ItemCard

Name = Literal["guidance", "control", "chips", "reasons", "note", "praise", "photos", "clips", "hint"]
ORDER: tuple[Name, ...] = ("guidance", "control", "chips", "reasons", "note", "praise", "photos", "clips", "hint")
W = TypeVar("W", bound=QWidget)


class Extras:
    """The optional rows of one card, built when first needed and hidden when not."""

    def __init__(self, card: ItemCard, path_of: PathOf | None) -> None:
        self._card, self._path_of = card, path_of
        self._built: dict[Name, QWidget] = {}
        self._opened: set[Name] = set()
        self._note: TextCommit | None = None

    def show_state(self, state: CardState) -> bool:
        """Show the rows a state asks for; whether rows came or went."""
        wanted = self._wanted(state)
        if not wanted and not self._built:
            return False
        changed, new = False, wanted - self._built.keys()
        for name in ORDER:
            if name in new:
                self._build(name)
            row = self._built.get(name)
            if row is not None and row.isHidden() == (name in wanted):
                row.setVisible(name in wanted)
                changed = True
        self._show_values(state, wanted)
        if new:
            self._card.order_tabs()
        return changed or bool(new)

    def open(self, name: Name) -> None:
        """Show a row a person asked for, and put the keyboard there."""
        self._opened.add(name)
        self._show_again()
        if name == "note":
            self._built["note"].setFocus()
        elif name == "reasons":
            cast(Reasons, self._built["reasons"]).lines[0].take_focus()
        elif name == "praise":
            cast(PraiseRow, self._built["praise"]).suggest(self._card.setting.suggested)

    def close(self, name: Name) -> None:
        """Put a row away again."""
        self._opened.discard(name)
        self._show_again()

    def toggle_guidance(self) -> None:
        self._opened ^= {"guidance"}
        self._card.header.show_checked("info", "guidance" in self._opened)
        self._show_again()

    def _show_again(self) -> None:
        if self.show_state(self._card.state):
            self._card.relay()

    def flush(self) -> None:
        if self._note is not None:
            self._note.flush()
        for name in ("reasons", "photos", "clips"):
            if name in self._built:
                cast("Reasons | PhotoStrip | ClipList", self._built[name]).flush()

    def row(self, name: Name) -> QWidget | None:
        """A row that has been built and is shown."""
        found = self._built.get(name)
        return found if found is not None and not found.isHidden() else None

    def _wanted(self, state: CardState) -> set[Name]:
        answer, item = state.answer, self._card.item
        found = set(self._opened)
        judged = state.given and (state.lost or bool(state.fired) or state.blind)
        if judged and item.kind != "info" and answer.na is None:
            found.add("reasons")
        if answer.reasons or "reason" in state.missing:
            found.add("reasons")
        if item.faults and "reasons" in found:
            found.add("chips")
        if answer.note or {"note", "na_reason"} & set(state.missing):
            found.add("note")
        if answer.photos and item.kind != "signature":
            found.add("photos")
        if answer.clips:
            found.add("clips")
        if words.hint(item, state)[0]:
            found.add("hint")
        return found

    def _show_values(self, state: CardState, wanted: set[Name]) -> None:
        answer, item = state.answer, self._card.item
        if "chips" in wanted:
            said = answer.reasons[0].text if answer.reasons else ""
            flow = cast(ChipFlow, self._built["chips"])
            tone: Tone = "brand" if state.blind else "lost"
            numbers = {n for n, fault in enumerate(item.faults) if is_named(fault, said)}
            flow.show_checked(numbers, [tone] * len(item.faults))
        if "reasons" in wanted:
            count = answer.value if item.kind == "occurrences" and isinstance(answer.value, int) else 1
            reasons = cast(Reasons, self._built["reasons"])
            reasons.show_reasons(answer.reasons, min(count, 20))
            self._show_photo_count(len(answer.photos))
        if self._note is not None:
            self._note.show(answer.note)
            asked = tr("capture.na_note" if answer.na is not None else "capture.note")
            cast(GrowingText, self._built["note"]).setPlaceholderText(asked)
        if "photos" in self._built:
            strip = cast(PhotoStrip, self._built["photos"])
            strip.show_photos(answer.photos, read_only=state.read_only, lost=state.lost and not state.blind)
        if "clips" in self._built:
            cast(ClipList, self._built["clips"]).show_clips(answer.clips, read_only=state.read_only)
        if "hint" in wanted:
            text, tone_ = words.hint(item, state)
            hint = cast(QLabel, self._built["hint"])
            hint.setText(text)
            put(hint, "tone", tone_)
        for name, row in self._built.items():
            if row.isEnabled() == state.read_only and name not in ("photos", "clips"):
                row.setEnabled(not state.read_only)

    def _show_photo_count(self, count: int) -> None:
        words_ = tr("capture.photos") if not count else tr("capture.photos_n", n=count)
        self._photo_button.setText(words_)

    def _build(self, name: Name) -> None:
        makers = {
            "guidance": self._make_guidance,
            "chips": self._make_chips,
            "reasons": self._make_reasons,
            "note": self._make_note,
            "praise": self._make_praise,
            "photos": self._make_photos,
            "clips": self._make_clips,
            "hint": self._make_hint,
        }
        row = makers[name]()
        # The rows stand in ORDER, the control among them.
        before = [one for one in ORDER[: ORDER.index(name)] if one in self._built]
        control = self._card.control is not None and ORDER.index(name) > ORDER.index("control")
        row.setParent(self._card)
        self._card.rows.insert(len(before) + int(control), row)
        self._built[name] = row

    def _make_guidance(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("panel", "well")
        column = QVBoxLayout(frame)
        column.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(SMALL)
        for text in words.guidance_lines(self._card.item, blind=self._card.setting.blind):
            column.addWidget(label(text, "body", wrap=True))
        return frame

    def _make_chips(self) -> QWidget:
        card = self._card
        flow = ChipFlow([(str(fault.text), "") for fault in card.item.faults])
        flow.toggled.connect(self._on_chip)
        return flow

    def _on_chip(self, number: int) -> None:
        card = self._card
        card.flush()
        reasons = toggled(card.item.faults[number], card.state.answer.reasons)
        card.say("reasons", reasons)

    def _make_reasons(self) -> QWidget:
        card = self._card
        made = Reasons(str(card.item.text))
        made.changed.connect(lambda reasons: card.say("reasons", reasons))
        made.show_reasons((), 1)
        name = f"{card.item.text} {tr('capture.add_photos')}"
        self._photo_button = button(tr("capture.photos"), icon="camera", name=name, on_click=card.ask_for_photos)
        made.lines[0].line.addWidget(self._photo_button)
        return made

    def _make_note(self) -> QWidget:
        card = self._card
        field = GrowingText()
        field.setAccessibleName(f"{card.item.text} {tr('capture.note')}")
        self._note = TextCommit(field)
        self._note.committed.connect(lambda text: card.say("note", text))
        return field

    def _make_praise(self) -> QWidget:
        made = PraiseRow(str(self._card.item.text))
        made.given.connect(self._on_praise)
        made.closed.connect(lambda: self.close("praise"))
        return made

    def _on_praise(self, praise: Praise) -> None:
        self.close("praise")
        self._card.say("praise", praise)

    def _make_photos(self) -> QWidget:
        card, path_of = self._card, self._path_of
        assert path_of is not None
        strip = PhotoStrip(str(card.item.text), path_of)
        strip.changed.connect(lambda photos: card.say("photos", photos))
        strip.view_wanted.connect(lambda sha256: card.say("view_photo", sha256))
        strip.fix_wanted.connect(lambda: menu.ask_for_fixed(card))
        return strip

    def _make_clips(self) -> QWidget:
        card = self._card
        made = ClipList(str(card.item.text))
        made.changed.connect(lambda clips: card.say("clips", clips))
        made.check_wanted.connect(lambda clip, path: card.say("check_clip", (clip, path)))
        return made

    def _make_hint(self) -> QWidget:
        return label("", "small", "lost", wrap=True)
