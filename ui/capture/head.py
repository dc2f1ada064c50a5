"""Above the cards: where one is, what is shown of it, and the score so far."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.figures import plain
from auditor.scoring.tree import Score
from auditor.words import tr
from ui.capture.route import FILTERS, Filter
from ui.controls.drawing import box, fill_box
from ui.controls.painted_button import PaintedButton
from ui.look.style import LARGE, MEDIUM, SMALL, WIDE, Tone, look, put
from ui.widgets.buttons import SegmentedButtons, button
from ui.widgets.filter_chip import FilterChip
from ui.widgets.labels import label

_LEAST_TITLE, _MOST_TITLE = 150, 300
"""Room for a title beside the buttons; and that the filters leave it for one line; at 100 % text size."""


class ScoreButton(PaintedButton):
    """The score so far; pressed, it is explained. Effects that fired stand below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure, self._of, self._below, self._caption = "–", "", "", ""
        self._tone: Tone = "ink"
        self.setObjectName("score")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_score(self, score: Score) -> None:
        figure = tr("common.no_score") if score.total is None else f"{score.total:f}"
        caption = tr("common.so_far") if score.so_far else tr("common.score")
        effects = list(dict.fromkeys(tr(f"common.effect.{one.effect}") for one in score.critical))
        below = tr("common.comma").join(effects)
        self._tone = "failed" if effects else "ink"
        shape = len(self._figure), self._of, self._words()
        self._figure, self._of, self._below, self._caption = figure, f"/ {plain(score.scale)}", below, caption
        self.setAccessibleName(f"{self._caption} {figure} {self._of} {self._below}".strip())
        self.setToolTip(tr("capture.explain"))
        if shape != (len(figure), self._of, self._words()):
            self.updateGeometry()
        self.update()

    def _words(self) -> str:
        return self._below or self._caption

    def sizeHint(self) -> QSize:
        now = look()
        figure = QFontMetrics(self._figure_font()).horizontalAdvance(self._figure)
        of = QFontMetrics(now.font("body")).horizontalAdvance(self._of)
        below = QFontMetrics(now.font("small", bold=True)).horizontalAdvance(self._words())
        return QSize(max(figure + of + 6, below) + 2 * SMALL, now.px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hovered or self.isDown():
                fill_box(painter, box(QRectF(self.rect()).adjusted(0, 4, 0, -4), 8), now.colours.well, now.colours.well)
            self.paint_ring(painter, 8, by=2)
            area = self.rect().adjusted(SMALL, 0, -SMALL, 0)
            half = area.height() // 2
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.setFont(now.font("quiet") if self._tone == "ink" else now.font("small", bold=True))
            painter.setPen(now.colour("quiet") if self._tone == "ink" else now.colour(self._tone))
            painter.drawText(QRect(area.x(), half - now.px(25), area.width(), now.px(20)), right, self._words())
            painter.setFont(now.font("body"))
            of = painter.fontMetrics().horizontalAdvance(self._of)
            base = half + now.px(20)
            painter.setPen(QColor(now.colours.quiet))
            painter.drawText(area.right() - of + 1, base, self._of)
            painter.setFont(self._figure_font())
            painter.setPen(now.colour(self._tone))
            wide = painter.fontMetrics().horizontalAdvance(self._figure)
            painter.drawText(area.right() - of - 6 - wide + 1, base, self._figure)

    def _figure_font(self) -> QFont:
        font = look().font("title")
        font.setPixelSize(look().px(26))
        return font


class CaptureHead(QFrame):
    """`show_title`, `show_counts`, `show_score` in; what was chosen or asked for out."""

    filter_chosen = Signal(str)
    score_asked = Signal()
    search_asked = Signal()
    jot_asked = Signal()
    more_asked = Signal()
    folded = False
    """Whether the filters stand below the title."""
    narrow = False
    """Whether they are one chip with a menu, in the line of the buttons."""

    def __init__(self, *, blind: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "head")
        self._blind = blind
        self._filters = [one for one in FILTERS if not (blind and one == "lost")]
        self._filter: Filter = "all"
        self._counts: Mapping[Filter, int] = {}
        self.title = label("", "title", wrap=True)
        self.note = label("", "quiet", wrap=True)
        self.filter = SegmentedButtons([(one, _filter_words(one, 0)) for one in self._filters], "all")
        self.filter.setAccessibleName(tr("capture.filter"))
        self.filter.chosen.connect(lambda one: self.filter_chosen.emit(str(one)))
        self.chip = FilterChip(tr("capture.filter"), self._choices)
        self.chip.chosen.connect(lambda one: self.filter_chosen.emit(one or "all"))
        self.chip.hide()
        self.search = button("", "icon", icon="search", name=tr("finding.search"), on_click=self.search_asked.emit)
        self.search.setToolTip(f"{tr('finding.search')} (Ctrl+F)")
        self.jot = button("", "icon", icon="note", name=tr("jot.open_name"), on_click=self.jot_asked.emit)
        self.jot.hide()
        self.more = button("", "icon", icon="more", name=tr("capture.more"), on_click=self.more_asked.emit)
        self.more.hide()
        self.leaving = label("", "quiet", wrap=True)
        self.leaving.hide()
        self.score = ScoreButton()
        self.score.setVisible(not blind)
        self.score.clicked.connect(lambda _=False: self.score_asked.emit())
        self._line, self._below, self._last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._build()
        self.show_counts({})

    def _build(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addStretch(1)
        titles.addWidget(self.title)
        titles.addWidget(self.note)
        titles.addWidget(self.leaving)
        titles.addStretch(1)
        self._line.setSpacing(MEDIUM)
        self._last.setSpacing(SMALL)
        self._line.addLayout(titles, 1)
        for one in (self.filter, self.search, self.jot, self.more, self.score):
            self._line.addWidget(one)
        self._below.addStretch(1)
        self._last.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, SMALL - 2, LARGE, SMALL - 2)
        column.setSpacing(SMALL)
        column.addLayout(self._line, 1)
        column.addLayout(self._below)
        column.addLayout(self._last)
        self.setMinimumHeight(look().px(72))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold(event.size().width())

    def _fold(self, width: int) -> None:
        """The filters go below the title where there is no room beside it; where there is less, the buttons too."""
        icons = [one for one in (self.search, self.jot, self.more) if not one.isHidden()]
        buttons = sum(one.sizeHint().width() + SMALL for one in icons)
        beside = buttons + self.score.sizeHint().width() * (not self._blind) + look().px(_LEAST_TITLE)
        edges = WIDE + LARGE + 3 * MEDIUM
        said = self.title.fontMetrics().horizontalAdvance(self.title.text())
        more = max(0, min(said, look().px(_MOST_TITLE)) - look().px(_LEAST_TITLE))
        below = width < beside + more + self.filter.sizeHint().width() + edges
        if below != self.folded:
            self.folded = below
            self._line.removeWidget(self.filter)
            self._below.removeWidget(self.filter)
            self._below.insertWidget(0, self.filter) if below else self._line.insertWidget(1, self.filter)
        narrow = width < beside + edges
        if narrow != self.narrow:
            self.narrow = narrow
            for one in (self.search, self.jot, self.more):
                (self._line if narrow else self._last).removeWidget(one)
                self._last.addWidget(one) if narrow else self._line.insertWidget(self._line.count() - 1, one)
            self.filter.setVisible(not narrow)
            self.chip.setVisible(narrow)
        self._put_chip(self._below if width < buttons + self.chip.minimumWidth() + edges else self._last)

    def _put_chip(self, line: QHBoxLayout) -> None:
        if line.indexOf(self.chip) < 0:  # moved at every tap, it would lay out the whole head at every tap
            (self._last if line is self._below else self._below).removeWidget(self.chip)
            line.insertWidget(0, self.chip)

    def show_title(self, title: str) -> None:
        self.title.setText(title)
        self._fold(self.width())

    def show_note(self, note: str) -> None:
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def offer_jotting(self) -> None:
        """During a covert visit the way back to the note pad stands here."""
        self.jot.show()

    def offer_more(self) -> None:
        """What is wanted now and then stands in a menu."""
        self.more.show()

    def show_leaving(self, words: str, tone: Tone) -> None:
        """How long ago the shopper left; "" while he is there."""
        self.leaving.setText(words)
        self.leaving.setVisible(bool(words))
        put(self.leaving, "tone", tone)

    def show_filter(self, name: Filter) -> None:
        self._filter = name
        self.filter.show_value(name)
        self._show_chip()

    def show_counts(self, counts: Mapping[Filter, int]) -> None:
        """How many cards each filter would show; without any, photos and flags offer none."""
        self._counts = counts
        self.filter.show_texts([_filter_words(one, counts.get(one, 0)) for one in self._filters])
        always = ("all", "open", "lost", self._filter)
        self.filter.show_only([one for one in self._filters if one in always or counts.get(one)])
        self._show_chip()
        self._fold(self.width())

    def _show_chip(self) -> None:
        name = self._filter
        self.chip.show_value("" if name == "all" else name, _filter_words(name, self._counts.get(name, 0)))

    def _choices(self) -> list[tuple[str, str, int]]:
        offered = [one for one in self._filters if one != "all" and self.filter.offers(one)]
        return [(one, _filter_words(one, self._counts.get(one, 0)), 0) for one in offered]

    def show_score(self, score: Score) -> None:
        if not self._blind:
            self.score.show_score(score)


def _filter_words(name: Filter, count: int) -> str:
    return tr(f"{'finding' if name in ('photo', 'flagged') else 'capture'}.filter_{name}", n=count)
