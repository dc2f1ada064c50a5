"""Cards of an open audit: made with what the session knows, painted from what it saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from auditor.audit import Praise, split_path
from auditor.checklist.model import Repeat
from auditor.jotting import photos_for
from auditor.kinds import KINDS, na_codes
from auditor.kinds.points import full
from auditor.words import tr
from ui.capture.places import Place, instance_facts, instance_title
from ui.capture.praise import is_highlight, is_praised, openings, sentence, toggled
from ui.cards.instance_card import InstanceCard
from ui.cards.item_card import Deed, ItemCard
from ui.cards.state import CardState
from ui.controls import Hand, Setting
from ui.session import AuditSession
from ui.widgets.labels import label


class CardMaker:
    """Makes the card of a path and says what it has to paint."""

    def __init__(self, session: AuditSession, numbers: Mapping[str, str], hand: Hand = "both") -> None:
        self._session, self._numbers, self._hand = session, numbers, hand
        self._starts: dict[str, tuple[str, ...]] = {}
        self.view_photo: Callable[[str, str], object] = lambda _path, _sha256: None
        """What shows a photo large: the window's to say."""
        self.share: Callable[[], object] = lambda: None
        """What opens the sharing out of sections: the page's to say."""
        self.take_photo: Callable[[str], object] = lambda _path: None
        """What opens the camera for an item: the window's to say."""
        self._deeds: dict[Deed, Callable[[str, Any], object]] = {
            "answer": session.answer,
            "na": session.set_na,
            "note": session.note,
            "reasons": session.set_reasons,
            "add_photos": session.add_photos,
            "add_fixed": lambda path, sources: session.add_photos(path, sources, "after"),
            "photos": session.set_photos,
            "view_photo": lambda path, sha256: self.view_photo(path, sha256),
            "take_photo": lambda path, _: self.take_photo(path),
            "add_clips": session.listening.add,
            "clips": session.set_clips,
            "check_clip": lambda _, asked: session.listening.check(*asked),
            "flag": session.flag,
            "highlight": self._toggle_highlight,
            "praise": self._praise,
        }

    @property
    def blind(self) -> bool:
        """Whether points are withheld: a blind checklist, as long as it is filled in."""
        audit = self._session.audit
        return audit.checklist.blind and audit.state == "draft"

    def make(self, path: str) -> ItemCard:
        session, item = self._session, self._session.item(path)
        codes = na_codes(session.audit.checklist, item)
        setting = Setting(
            codes,
            self.blind,
            path,
            session.running,
            self._hand,
            flags=True,
            suggested=sentence(item, self._instance(path)),
            asleep=True,
            last=session.sharing.last_line(path),
        )
        card = ItemCard(item, setting, self._numbers.get(item.id, ""), session.photo_path)
        card.show_state(self.state_of(path))
        card.said.connect(self._do)
        return card

    def _do(self, path: str, deed: str, what: Any) -> None:
        """Have what a person did on a card saved."""
        if deed == "clear":
            self._session.clear(path)
        else:
            self._deeds[cast(Deed, deed)](path, what)

    def _instance(self, path: str) -> str:
        """The name of the instance an item stands in, "" where it stands in none."""
        section, number, _ = split_path(path)
        if not number:
            return ""
        owner = next((one for one, _ in self._session.audit.checklist.walk() if one.id == section), None)
        return instance_title(owner, number) if owner is not None else ""

    def _openings(self, path: str) -> tuple[str, ...]:
        if path not in self._starts:
            self._starts[path] = openings(self._session.item(path), self._instance(path))
        return self._starts[path]

    def _toggle_highlight(self, path: str, _: object) -> None:
        session, item = self._session, self._session.item(path)
        suggested, note = sentence(item, self._instance(path)), session.current(path).note
        session.set_header(toggled(session.audit.header, self._openings(path), suggested, note))

    def _praise(self, _path: str, praise: Praise) -> None:
        header = self._session.audit.header
        self._session.set_header(replace(header, praises=(*header.praises, praise)))

    def make_texts(self, place: Place) -> list[QWidget]:
        """What is to be read above the cards: that the audit is finished, whose section it is, its introduction."""
        texts = [tr("capture.finished_banner")] if self._session.audit.state == "finished" else []
        texts += [str(place.section.intro)] if place.section.intro is not None else []
        above: list[QWidget] = [label(text, "body", "quiet", wrap=True) for text in texts]
        return [self._duty_band(place), *above] if self._session.sharing.offered else above

    def _duty_band(self, place: Place) -> QWidget:
        from ui.duties.band import DutyBand

        band = DutyBand(self._session, place.section.id)
        band.sharing_wanted.connect(lambda: self.share())
        return band

    def facts(self, place: Place) -> str:
        """What the rail says of a place besides how far it is: its window, its staff number, who has it."""
        parts = (instance_facts(place, self._session.audit.answers), self._session.sharing.facts(place.section.id))
        return " · ".join(part for part in parts if part)

    def make_instance(self, place: Place) -> InstanceCard:
        """The head of the instance a place stands in, with its own fields."""
        session, owner = self._session, place.repeating
        assert owner is not None
        repeat = owner.repeat or Repeat()
        numbers = session.audit.instances.get(owner.id, ())
        kept = session.read_only or session.sharing.locked(f"{owner.id}#{place.instance}")
        removable = not kept and len(numbers) > max(1, repeat.min)
        growing = not kept and len(numbers) < repeat.max
        more = instance_title(owner, max(numbers, default=0) + 1) if growing else ""
        made = InstanceCard(repeat, place.title(), removable=removable, more=more)
        prefix = f"{owner.id}#{place.instance}"
        for field in repeat.header:
            made.show_answer(field.id, session.current(f"{prefix}/{field.id}"))
        made.show_read_only(kept)
        made.answered.connect(lambda field, text: session.answer(f"{prefix}/{field}", text))
        made.removed.connect(lambda: session.remove_instance(owner.id, place.instance))
        made.setVisible(bool(repeat.header) or removable or growing)
        return made

    def state_of(self, path: str) -> CardState:
        session, item = self._session, self._session.item(path)
        answer, score, header = session.current(path), session.item_score(path), session.audit.header
        return CardState(
            answer,
            score,
            fired=tuple(one for one in session.score.critical if one.path == path),
            lost_by=tuple(self._numbers.get(split_path(one)[2], one) for one in score.lost_by) if score else (),
            computed=session.score.computed.get(path),
            worth=None if answer.value is None else KINDS[item.kind].points(item, answer.value),
            full=full(item) if item.scored and item.role == "normal" else None,
            read_only=session.read_only or session.sharing.locked(path),
            blind=self.blind,
            highlight=bool(header.highlights) and is_highlight(header, self._openings(path)),
            praised=bool(header.praises) and is_praised(header, self._openings(path)),
            jotted=photos_for(session.audit, path),
        )
