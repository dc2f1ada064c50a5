"""What can be put on a page, in points from the upper left corner downwards, and the pen that puts it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from exports.pdf.faces import Faces, SearchableFont
from exports.pdf.jpeg import Jpeg
from exports.pdf.look import WHITE, Colour, Style


class Text(NamedTuple):
    """Clean words on one line; `y` is the baseline."""

    x: float
    y: float
    words: str
    style: Style


class Box(NamedTuple):
    """A rectangle by its upper left corner, filled, lined or both."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    line: Colour | None = None
    radius: float = 0.0


class Rule(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: Colour
    weight: float = 0.5


class Disc(NamedTuple):
    """A filled circle by its centre."""

    x: float
    y: float
    radius: float
    fill: Colour
    line: Colour | None = None


class Hatch(NamedTuple):
    """Slanted strokes over a rectangle: what amber and red say on a black-and-white printer."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour = WHITE


class Picture(NamedTuple):
    """A photo scaled to a rectangle."""

    x: float
    y: float
    width: float
    height: float
    jpeg: Jpeg


class Link(NamedTuple):
    """A rectangle that leads to an anchor of the document."""

    x: float
    y: float
    width: float
    height: float
    to: str


class Anchor(NamedTuple):
    """A place links lead to; with a title it is an entry of the outline too."""

    name: str
    y: float
    title: str = ""
    level: int = 0


Ink = Text | Box | Rule | Disc | Hatch | Picture | Link | Anchor


class Pen:
    """Draws ink on the pages of one canvas. Places get names of their own: a path is no name in PDF."""

    def __init__(
        self, canvas: Any, faces: Faces, anchors: Iterable[str], colours: Mapping[Colour, Colour] | None = None
    ) -> None:
        """`colours` stand for others: a bank's own for the program's."""
        self.canvas = canvas
        self._colours = colours or {}
        self.faces = faces
        self._places = {name: f"p{place}" for place, name in enumerate(dict.fromkeys(anchors))}
        self._height = 0.0
        self._colour: Colour | None = None
        self._named: dict[tuple[str, int], str] = {}
        self._coded: dict[tuple[str, float, bool], str] = {}
        self._actions: dict[type, Any] = {
            Text: self._text,
            Box: self._box,
            Rule: self._rule,
            Disc: self._disc,
            Hatch: self._hatch,
            Picture: self._picture,
            Link: self._link,
            Anchor: self._anchor,
        }

    def begin(self, width: float, height: float) -> None:
        """Start a page of this size."""
        self.canvas.setPageSize((width, height))
        self._height, self._colour = height, None

    def draw(self, inks: Sequence[Ink], x: float, y: float) -> None:
        """Put ink on the page, its origin at (x, y)."""
        actions = self._actions
        for ink in inks:
            actions[type(ink)](ink, x, self._height - y)

    def _fill(self, colour: Colour) -> None:
        if colour != self._colour:
            self._colour = colour
            self.canvas.addLiteral(self._named_colour(colour, "rg"))

    def _named_colour(self, colour: Colour, operator: str) -> str:
        return _colour(self._colours.get(colour, colour), operator)

    def _text(self, ink: Text, x: float, y: float) -> None:
        if not ink.words:
            return
        style = ink.style
        self._fill(style.colour)
        key = ink.words, style.size, style.bold
        coded = self._coded.get(key)
        if coded is None:
            coded = self._coded[key] = self._in_codes(*key)
        self.canvas.addLiteral(f"BT 1 0 0 1 {x + ink.x:.2f} {y - ink.y:.2f} Tm {coded} ET")

    def _in_codes(self, words: str, size: float, bold: bool) -> str:
        """Words as the document's subsets have them: worked out once, for much of a report stands in it often."""
        doc, named = self.canvas._doc, self._named
        parts = []
        for font, run in self.faces.runs(words, bold):
            for subset, codes in font.splitString(run, doc):
                name = named.get((font.fontName, subset)) or self._name(font, subset)
                parts.append(f"{name} {size:g} Tf <{codes.hex()}> Tj")
        return " ".join(parts)

    def _name(self, font: SearchableFont, subset: int) -> str:
        name: str = font.getSubsetInternalName(subset, self.canvas._doc)
        self._named[font.fontName, subset] = name
        return name

    def _box(self, ink: Box, x: float, y: float) -> None:
        how = ("f" if ink.line is None else "B") if ink.fill else "S"
        if ink.fill:
            self._fill(ink.fill)
        if ink.line:
            self.canvas.addLiteral(self._named_colour(ink.line, "RG") + " 0.6 w")
        left, low = x + ink.x, y - ink.y - ink.height
        if ink.radius:
            path = self.canvas.beginPath()
            path.roundRect(left, low, ink.width, ink.height, min(ink.radius, ink.width / 2, ink.height / 2))
            self.canvas.addLiteral(f"{path.getCode()} {how}")
        else:
            self.canvas.addLiteral(f"{left:.2f} {low:.2f} {ink.width:.2f} {ink.height:.2f} re {how}")

    def _rule(self, ink: Rule, x: float, y: float) -> None:
        line = f"{x + ink.x1:.2f} {y - ink.y1:.2f} m {x + ink.x2:.2f} {y - ink.y2:.2f} l S"
        self.canvas.addLiteral(f"{self._named_colour(ink.colour, 'RG')} {ink.weight:g} w {line}")

    def _disc(self, ink: Disc, x: float, y: float) -> None:
        self._box(
            Box(
                ink.x - ink.radius,
                ink.y - ink.radius,
                2 * ink.radius,
                2 * ink.radius,
                ink.fill,
                ink.line,
                ink.radius,
            ),
            x,
            y,
        )

    def _hatch(self, ink: Hatch, x: float, y: float) -> None:
        left, low = x + ink.x, y - ink.y - ink.height
        parts = ["q", f"{left:.2f} {low:.2f} {ink.width:.2f} {ink.height:.2f} re W n"]
        parts.append(self._named_colour(ink.colour, "RG") + " 1.1 w")
        at = left - ink.height
        while at < left + ink.width:
            parts.append(f"{at:.2f} {low:.2f} m {at + ink.height:.2f} {low + ink.height:.2f} l S")
            at += 4.5
        self.canvas.addLiteral(" ".join([*parts, "Q"]))

    def _picture(self, ink: Picture, x: float, y: float) -> None:
        self.canvas.drawImage(ink.jpeg, x + ink.x, y - ink.y - ink.height, ink.width, ink.height)

    def _link(self, ink: Link, x: float, y: float) -> None:
        place = self._places.get(ink.to)
        if place:
            left, top = x + ink.x, y - ink.y
            self.canvas.linkRect("", place, (left, top - ink.height, left + ink.width, top), thickness=0, F=4)

    def _anchor(self, ink: Anchor, _: float, y: float) -> None:
        place = self._places[ink.name]
        self.canvas.bookmarkHorizontalAbsolute(place, min(self._height, y - ink.y + 6), left=0, fit="XYZ")
        if ink.title:
            self.canvas.addOutlineEntry(ink.title, place, ink.level, closed=ink.level > 0)


@cache
def _colour(colour: Colour, operator: str) -> str:
    return f"{colour[0]:.3f} {colour[1]:.3f} {colour[2]:.3f} {operator}"
