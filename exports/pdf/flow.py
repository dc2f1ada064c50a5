"""Pieces of a chapter → pages: a piece is never cut, no heading stays alone, a table's head is repeated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from exports.pdf.ink import Ink
from exports.pdf.look import BOTTOM, LANDSCAPE, MARGIN, PAPERS, PORTRAIT, TOP, Margins, Sides


@dataclass(frozen=True, slots=True)
class Piece:
    """What must stay together on a page. Its ink is measured from its own upper left corner.

    `keep`: stands with the piece after it (a heading, the head of a table). `head`: the piece to repeat above it when
    it opens a page. `gap`: blank points above, dropped at the top of a page.
    """

    height: float
    inks: Sequence[Ink]
    keep: bool = False
    head: Piece | None = None
    gap: float = 0.0


@dataclass(slots=True)
class Sheet:
    """One page: where each piece stands."""

    landscape: bool = False
    bare: bool = False
    """Without a running title: the first page has its own."""
    sides: Sides = PAPERS["a4"]
    placed: list[tuple[float, float, Sequence[Ink]]] = field(default_factory=list)
    margins: Margins | None = None

    @property
    def width(self) -> float:
        return self.sides.long if self.landscape else self.sides.short

    @property
    def height(self) -> float:
        return self.sides.short if self.landscape else self.sides.long

    @property
    def margin(self) -> float:
        """Left of the text, and right of it where the margins are the program's own."""
        if self.margins:
            return self.margins.left
        return (self.width - (LANDSCAPE if self.landscape else PORTRAIT)) / 2


class Flow:
    """Fills pages from top to bottom."""

    def __init__(self, paper: str = "a4", margins: Margins | None = None) -> None:
        self.sides, self.margins = PAPERS[paper], margins
        self.sheets: list[Sheet] = []
        self.top = 0.0

    @property
    def left(self) -> float:
        """Points left on the page."""
        below = self.margins.bottom if self.margins else BOTTOM
        return self.sheets[-1].height - below - self.top if self.sheets else 0.0

    def page(self, landscape: bool = False, bare: bool = False) -> None:
        """Begin a page; one on which nothing stands yet is used instead."""
        if self.sheets and not self.sheets[-1].placed:
            self.sheets.pop()
        self.sheets.append(Sheet(landscape, bare, self.sides, margins=self.margins))
        self.top = self.margins.top if self.margins else MARGIN if bare else TOP

    def turn(self, landscape: bool) -> None:
        """Make sure the page lies this way."""
        if not self.sheets or self.sheets[-1].landscape != landscape:
            self.page(landscape)

    def add(self, pieces: Iterable[Piece]) -> None:
        """Place pieces in order, opening pages as needed."""
        queue = list(pieces)
        for at, piece in enumerate(queue):
            fresh = not self.sheets[-1].placed
            if not fresh and piece.gap + together(queue, at) > self.left + 0.01:
                self.page(self.sheets[-1].landscape)
                fresh = True
                if piece.head is not None and not _is_head(queue, at):
                    self._place(piece.head, 0.0)
                    fresh = False
            self._place(piece, 0.0 if fresh else piece.gap)

    def space(self, points: float) -> None:
        """Leave points blank, unless the page has just begun."""
        if self.sheets[-1].placed:
            self.top += points

    def _place(self, piece: Piece, gap: float) -> None:
        self.top += gap
        self.sheets[-1].placed.append((self.sheets[-1].margin, self.top, piece.inks))
        self.top += piece.height


def kept_with(pieces: Sequence[Piece], last: Sequence[Piece]) -> list[Piece]:
    """Pieces whose last one stands with what follows: no block of signatures is alone on its page."""
    if not pieces or not last:
        return [*pieces, *last]
    return [*pieces[:-1], replace(pieces[-1], keep=True), *last]


def together(queue: list[Piece], at: int) -> float:
    """The height of a piece and of those it must stand with."""
    height = queue[at].height
    while queue[at].keep and at + 1 < len(queue):
        at += 1
        height += queue[at].gap + queue[at].height
    return height


def _is_head(queue: list[Piece], at: int) -> bool:
    """Whether the piece follows its own head at once, so that the head came along to the new page."""
    return at > 0 and queue[at - 1] is queue[at].head
