"""The pieces of the review: what fired, what is missing, what was lost, how the sections stand, words of one's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from auditor.audit import Header
from auditor.checklist.model import Checklist
from auditor.contradictions import Contradiction
from auditor.figures import plain
from auditor.numbering import number_at
from auditor.review import Missing
from auditor.scoring.tree import Score, SectionScore
from auditor.words import tr
from ui.cards.link_row import LinkRow
from ui.controls.fields import GrowingText
from ui.controls.text_commit import TextCommit
from ui.look.style import MEDIUM, SMALL, Tone, look
from ui.widgets.labels import Badge, label
from ui.widgets.marks import Bar
from ui.widgets.panels import Card, row

Go = Callable[[str], object]
Names = Mapping[str, str]

LEAST_NAME = 110
"""Room for the name of a section beside its bar, at 100 % text size."""


def titled(title: str, note: str = "") -> Card:
    """A card with a heading, and a quiet line below it."""
    card = Card(spacing=SMALL)
    card.column.addWidget(label(title, "strong", wrap=True))
    if note:
        card.column.addWidget(label(note, "body", "quiet", wrap=True))
    return card


def effects_card(score: Score, names: Names, numbers: Names, go: Go) -> Card:
    """Which answer triggered what, and the total before and after."""
    before = tr("common.no_score") if score.before_critical is None else f"{score.before_critical:f}"
    after = tr("common.no_score") if score.total is None else f"{score.total:f}"
    words = "review_effects_so_far" if score.so_far else "review_effects_note"
    card = titled(tr("capture.review_effects"), tr(f"capture.{words}", before=before, after=after))
    card.show_tone("failed")
    for one in score.critical:
        effect = tr(f"common.effect.{one.effect}")
        effect = f"{effect} {plain(one.at)}" if one.at is not None else effect
        line = LinkRow(number_at(dict(numbers), one.path), names.get(one.path, one.path), "", effect, "failed")
        line.clicked.connect(partial(_go, go, one.path))
        card.column.addWidget(line)
    return card


def missing_card(missing: Sequence[Missing], names: Names, go: Go) -> Card:
    """What must still be given, one row an item, each leading there."""
    by_path: dict[str, list[Missing]] = defaultdict(list)
    for one in missing:
        by_path[one.path].append(one)
    title = tr("capture.review_missing", n=len(by_path)) if by_path else tr("capture.review_complete")
    card = titled(title, "" if by_path else tr("capture.review_complete_note"))
    for path, lacks in by_path.items():
        small = tr("common.semicolon").join(one.text() for one in lacks)
        line = LinkRow(lacks[0].number, names.get(path, path), small, tr("capture.fill_in"), "brand")
        line.setObjectName(f"missing:{path}")
        line.clicked.connect(partial(_go, go, path))
        card.column.addWidget(line)
    return card


def contradictions_card(found: Sequence[Contradiction], names: Names, *, finished: bool, go: Go) -> Card:
    """What does not fit together, what blocks finishing first; each row leads to its item."""
    blocking = sum(one.blocks for one in found)
    note = "note_finished" if finished else "note_blocking" if blocking else "note"
    card = titled(tr("contradictions.title", n=len(found)), tr(f"contradictions.{note}", n=blocking))
    if blocking and not finished:
        card.show_tone("failed")
    for one in found:
        badge = tr("contradictions.blocks" if one.blocks and not finished else "contradictions.warns")
        tone: Tone = "failed" if one.blocks and not finished else "lost"
        line = LinkRow(one.number, names.get(one.path, one.title), one.message, badge, tone)
        line.setObjectName(f"contradiction:{one.rule}:{one.path}")
        line.clicked.connect(partial(_go, go, one.path))
        card.column.addWidget(line)
    return card


def sections_card(score: Score, names: Names, checklist: Checklist) -> Card | None:
    """A bar for each section at the top and each instance: its figure, whether it passed. None where none has begun."""
    card = titled(tr("capture.review_sections"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(MEDIUM)
    grid.setVerticalSpacing(MEDIUM)
    grid.setColumnMinimumWidth(0, look().px(LEAST_NAME))
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    repeating = {section.id for section, _ in checklist.walk() if section.repeat is not None}
    shown = [
        one
        for one in score.sections
        if one.status not in ("hidden", "empty") and (not one.parent or one.parent in repeating)
    ]
    if not shown:
        return None
    for at, one in enumerate(shown):
        name = label(names.get(one.path, one.path), "body", "quiet" if one.parent else "ink", wrap=True)
        name.setContentsMargins(MEDIUM if one.parent else 0, 0, 0, 0)
        grid.addWidget(name, at, 0)
        grid.addWidget(Bar(float(min(1, one.ratio or 0)), _section_tone(one), 8), at, 1)
        figure = tr("common.no_score") if one.figure is None else f"{one.figure:f}"
        grid.addWidget(label(figure, "body", "quiet" if one.figure is None else "ink"), at, 2)
        if one.passed is not None:
            words, tone = ("common.passed", "good") if one.passed else ("common.failed", "failed")
            grid.addWidget(Badge(tr(words), tone), at, 3)  # type: ignore[arg-type]
    card.column.addLayout(grid)
    return card


def _section_tone(one: SectionScore) -> Tone:
    if one.status == "zeroed" or one.passed is False:
        return "failed"
    return "good" if one.ratio is not None and one.ratio >= 1 else "lost" if one.ratio is not None else "quiet"


def names_card(title: str, note: str, paths: Sequence[str], names: Names, numbers: Names, go: Go) -> Card:
    """Items by name: answers that are set aside (S2), optional items left open (S4)."""
    card = titled(title, note)
    for path in dict.fromkeys(paths):
        line = LinkRow(number_at(dict(numbers), path), names.get(path, path))
        line.clicked.connect(partial(_go, go, path))
        card.column.addWidget(line)
    return card


class WordsCard(Card):
    """Highlights and the overall appraisal, in the inspector's words. `changed` carries the header as edited."""

    changed = Signal(object)

    def __init__(self, header: Header, *, read_only: bool) -> None:
        super().__init__(spacing=SMALL)
        self._header = header
        self.highlights, self.summary = GrowingText(), GrowingText()
        self._typing: list[TextCommit] = []
        for name, field in (("highlights", self.highlights), ("summary", self.summary)):
            self.column.addWidget(label(tr(f"capture.{name}"), "strong"))
            field.setAccessibleName(tr(f"capture.{name}"))
            field.setPlaceholderText(tr(f"capture.{name}_hint"))
            field.setReadOnly(read_only)
            typing = TextCommit(field)
            typing.committed.connect(partial(self._on_text, name))
            self._typing.append(typing)
            self.column.addWidget(field)
        self.show_header(header)

    def show_header(self, header: Header) -> None:
        self._header = header
        self._typing[0].show("\n".join(header.highlights))
        self._typing[1].show(header.summary)

    def flush(self) -> None:
        for typing in self._typing:
            typing.flush()

    def _on_text(self, name: str, text: str) -> None:
        if name == "summary":
            self.changed.emit(replace(self._header, summary=text.strip()))
            return
        lines = tuple(line.strip() for line in text.splitlines() if line.strip())
        self.changed.emit(replace(self._header, highlights=lines))


class ResultHead(QWidget):
    """The figure that matters, whether it passed, the grade."""

    def __init__(self, score: Score, checklist: Checklist) -> None:
        super().__init__()
        figure = tr("common.no_score") if score.total is None else f"{score.total:f}"
        words = tr("common.so_far" if score.so_far else "common.score")
        unit = f"/ {plain(score.scale)}"
        self.figure = label(figure, "figure", "failed" if score.passed is False else "ink")
        self.figure.setAccessibleName(f"{words} {figure} {unit}")
        line = row(label(words, "body", "quiet"), self.figure, label(unit, "body", "quiet"), spacing=SMALL)
        grade = next((one for one in checklist.grades if one.id == score.grade), None)
        if grade is not None:
            line.addWidget(Badge(str(grade.title), "brand" if score.passed is None else _verdict(score.passed)))
        if score.passed is not None:
            line.addWidget(Badge(tr("common.passed" if score.passed else "common.failed"), _verdict(score.passed)))
        self.setLayout(line)


def _verdict(passed: bool) -> Tone:
    return "good" if passed else "failed"


def _go(go: Go, path: str, _checked: bool = False) -> None:
    go(path)
