"""The sections of a visit: how far each has come, what it lost, and where one is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from auditor.checklist.model import Section
from auditor.words import tr
from ui.capture.places import Place, Progress, has_veto, instance_title, minus
from ui.capture.rail_row import RailRow, RowState
from ui.controls import Hand
from ui.look.style import LARGE, MEDIUM, SMALL, TARGET, TIGHT, Tone, look, put
from ui.widgets.buttons import button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.marks import Bar
from ui.widgets.panels import row, scrolling

WIDE, NARROW = 268, 72


class SectionRail(QFrame):
    """`show_places`, `show_progress` in; `place_chosen`, `instance_asked`, `left` out."""

    place_chosen = Signal(str)
    instance_asked = Signal(str)
    left = Signal()

    def __init__(self, title: str, small: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "rail")
        self.rows: dict[str, RailRow] = {}
        self._extra: list[QWidget] = []
        self._vetoes: set[str] = set()
        self.compact = False
        self.back = button("", "icon", icon="back", name=tr("capture.leave"), on_click=self.left.emit)
        self.back.setFixedWidth(look().px(TARGET))
        self.title, self.small = ElidedLabel(title, "strong"), ElidedLabel(small, "quiet")
        self.counts, self.saved = label("", "quiet"), label("", "quiet")
        self.bar = Bar()
        self._words, self._foot = QWidget(), QWidget()
        self._build()

    def _build(self) -> None:
        titles = QVBoxLayout(self._words)
        titles.setContentsMargins(0, 0, 0, 0)
        titles.setSpacing(0)
        titles.addWidget(self.title)
        titles.addWidget(self.small)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(MEDIUM, TIGHT, MEDIUM, TIGHT)
        self._list.setSpacing(TIGHT)
        self._list.addStretch(1)
        self.area = scrolling(inside, name=tr("capture.sections"))
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(LARGE, MEDIUM, LARGE, LARGE)
        foot.addLayout(row(self.counts, 1, self.saved))
        foot.addWidget(self.bar)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, SMALL, 1, 0)
        column.setSpacing(SMALL)
        head = row(self.back, self._words, spacing=TIGHT)
        head.setContentsMargins(SMALL, 0, MEDIUM, 0)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addWidget(self._foot)
        self.show_compact(False)

    def show_hand(self, hand: Hand) -> None:
        """A left thumb has the rail at the other side of the page."""
        put(self, "side", "right" if hand == "left" else "left")
        self._column.setContentsMargins(int(hand == "left"), SMALL, int(hand != "left"), 0)

    def show_compact(self, compact: bool) -> None:
        """Rings only, where the window is narrow."""
        self.compact = compact
        self.setFixedWidth(look().px(NARROW if compact else WIDE))
        for one in (self._words, self._foot):
            one.setVisible(not compact)
        self._list.setContentsMargins(*((TIGHT, TIGHT, TIGHT, TIGHT) if compact else (MEDIUM, TIGHT, MEDIUM, TIGHT)))
        for one in self.rows.values():
            one.compact = compact
            one.update()
        for one in self._extra:
            one.setVisible(not compact)

    def show_places(
        self, places: Sequence[Place], can_add: frozenset[str] = frozenset(), without: Sequence[Section] = ()
    ) -> None:
        """A row per place, under the titles of the sections above; below a repeating one, a button for one more.

        `can_add` names the repeating sections that may still grow, `without` those that have no instance yet.
        """
        self._clear()
        self._vetoes = {one.section.id for one in places if has_veto(one.section)}
        above: tuple[str, ...] = ()
        for at, place in enumerate(places):
            heads = tuple(str(one.title) for one in place.above)
            if place.repeating is place.section:
                heads = (*heads, str(place.section.title))
            for level, head in enumerate(heads):
                if heads[: level + 1] != above[: level + 1]:
                    self._add(_heading(head), extra=True)
            above = heads
            self.rows[place.key] = made = RailRow(place.key)
            made.compact = self.compact
            made.clicked.connect(lambda _=False, key=place.key: self.place_chosen.emit(key))
            self._add(made)
            later = places[at + 1] if at + 1 < len(places) else None
            owner = place.repeating
            if owner is not None and owner.id in can_add and (later is None or later.repeat != place.repeat):
                self._add_more(owner, place.instance + 1)
        for section in without:
            self._add(_heading(str(section.title)), extra=True)
            self._add_more(section)

    def show_place(self, key: str) -> None:
        """Mark where one is."""
        for one in self.rows.values():
            one.setChecked(one.key == key)
        if key in self.rows:
            self.area.ensureWidgetVisible(self.rows[key], 0, SMALL)

    def show_progress(self, place: Place, progress: Progress, *, blind: bool = False, facts: str = "") -> None:
        """`facts` is what an instance's header says: its window, its staff number."""
        found = self.rows.get(place.key)
        if found is None:
            return
        found.setVisible(progress.visible)
        lost = "" if blind or not progress.lost else minus(progress.lost)
        done = progress.applicable > 0 and progress.answered == progress.applicable
        tone: Tone = "brand"
        if not blind and progress.fired:
            tone = "failed"
        elif done:
            tone = "lost" if lost else "brand" if blind else "good"
        ratio = progress.answered / progress.applicable if progress.applicable else 0.0
        small = row_words(progress, done=done, blind=blind, veto=place.section.id in self._vetoes)
        small = " · ".join(part for part in (small, facts) if part)
        found.show_row(RowState(rail_title(place), small, ratio, tone, lost, bool(progress.fired) and not blind))

    def show_counts(self, answered: int, applicable: int) -> None:
        self.counts.setText(tr("capture.answered", k=answered, n=applicable))
        self.bar.show_ratio(answered / applicable if applicable else 0.0)

    def show_saved(self, words: str) -> None:
        self.saved.setText(words)

    def _add_more(self, owner: Section, number: int = 1) -> None:
        words = tr("capture.add_instance", title=instance_title(owner, number))
        more = button(words, "quiet", icon="plus", on_click=partial(self.instance_asked.emit, owner.id))
        more.setObjectName(f"add:{owner.id}")
        self._add(more, extra=True)

    def _add(self, widget: QWidget, *, extra: bool = False) -> None:
        if extra:
            self._extra.append(widget)
            widget.setVisible(not self.compact)
        self._list.insertWidget(self._list.count() - 1, widget)

    def _clear(self) -> None:
        for one in (*self.rows.values(), *self._extra):
            one.hide()
            self._list.removeWidget(one)
            one.deleteLater()
        self.rows, self._extra = {}, []


def rail_title(place: Place) -> str:
    """In the rail the instance's own name is enough: its section stands above."""
    return place.title() if place.repeating is place.section else str(place.section.title)


def row_words(progress: Progress, *, done: bool, blind: bool, veto: bool) -> str:
    """`5/11 · 含一票否决项`; nothing where nothing is to be answered."""
    parts = [f"{progress.answered}/{progress.applicable}"] if progress.applicable else []
    if done and not blind and not progress.lost:
        parts.append(tr("capture.nothing_lost"))
    elif not blind and progress.fired:
        parts.append(tr(f"common.effect.{progress.fired[0]}"))
    elif not blind and veto and not done:
        parts.append(tr("capture.has_veto"))
    return " · ".join(parts)


def _heading(text: str) -> QLabel:
    made = label(text, "quiet", wrap=True)
    made.setContentsMargins(MEDIUM, SMALL, MEDIUM, 0)
    return made
