"""Formulas as small trees: built by the compiler, rendered for Excel, measured against its limits, evaluated here.

Only functions that Excel 2013, WPS and LibreOffice all know are used. Every value is text, number or truth; the
empty value is the empty text, as it is what a formula can return.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

LONGEST = 8192
"""Characters of a formula Excel accepts."""
DEEPEST = 64
"""Levels of functions within functions."""
LITERAL = 255
"""Characters of one literal text; a longer one is joined from pieces."""
ARGUMENTS = 255


class Node:
    """A piece of a formula. Signs build larger pieces; comparisons are the functions `eq`, `lt`… below."""

    __slots__ = ()

    def __add__(self, other: Piece) -> Infix:
        return Infix("+", self, wrap(other))

    def __sub__(self, other: Piece) -> Infix:
        return Infix("-", self, wrap(other))

    def __mul__(self, other: Piece) -> Infix:
        return Infix("*", self, wrap(other))

    def __truediv__(self, other: Piece) -> Infix:
        return Infix("/", self, wrap(other))

    def __and__(self, other: Piece) -> Infix:
        return Infix("&", self, wrap(other))


@dataclass(frozen=True, slots=True)
class Cell(Node):
    """One cell; `sheet` is the sheet's key, row and column count from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Area(Node):
    """A rectangle of cells, both corners included."""

    first: Cell
    last: Cell

    def cells(self) -> Iterator[Cell]:
        for row in range(self.first.row, self.last.row + 1):
            for column in range(self.first.column, self.last.column + 1):
                yield Cell(self.first.sheet, row, column)


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, a text or a truth value."""

    value: Decimal | int | str | bool


@dataclass(frozen=True, slots=True)
class Call(Node):
    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Infix(Node):
    sign: str
    left: Node
    right: Node


Piece = Node | Decimal | Fraction | int | str | bool


def wrap(piece: Piece) -> Node:
    """A plain value as a node; a fraction becomes a quotient, so that nothing is rounded on the way."""
    if isinstance(piece, Node):
        return piece
    if isinstance(piece, Fraction):
        whole = piece.denominator == 1
        return Literal(piece.numerator) if whole else Infix("/", Literal(piece.numerator), Literal(piece.denominator))
    return Literal(piece)


def call(name: str, *arguments: Piece) -> Call:
    return Call(name, tuple(wrap(one) for one in arguments))


def choose(condition: Piece, then: Piece, otherwise: Piece) -> Call:
    return call("IF", condition, then, otherwise)


def compare(sign: str, left: Piece, right: Piece) -> Infix:
    return Infix(sign, wrap(left), wrap(right))


def eq(left: Piece, right: Piece) -> Infix:
    return compare("=", left, right)


def gt(left: Piece, right: Piece) -> Infix:
    return compare(">", left, right)


def lt(left: Piece, right: Piece) -> Infix:
    return compare("<", left, right)


def le(left: Piece, right: Piece) -> Infix:
    return compare("<=", left, right)


def ge(left: Piece, right: Piece) -> Infix:
    return compare(">=", left, right)


def any_of(conditions: Sequence[Node]) -> Node:
    return _joined("OR", conditions, False)


def all_of(conditions: Sequence[Node]) -> Node:
    return _joined("AND", conditions, True)


def total_of(parts: Sequence[Node]) -> Node:
    return _joined("SUM", parts, 0)


def words_of_parts(parts: Sequence[Node]) -> Node:
    """Texts one after another."""
    return _joined("CONCATENATE", parts, "")


def _joined(name: str, parts: Sequence[Node], nothing: int | bool | str) -> Node:
    """`name` over the parts, in groups where there are more than Excel takes; `nothing` where there are none."""
    if not parts:
        return Literal(nothing)
    if len(parts) == 1 and name != "SUM":
        return parts[0]
    while len(parts) > ARGUMENTS:
        parts = [Call(name, tuple(parts[i : i + ARGUMENTS])) for i in range(0, len(parts), ARGUMENTS)]
    return Call(name, tuple(parts))


def flag(condition: Piece) -> Call:
    """1 or 0: flags are numbers, so that they can be added."""
    return choose(condition, 1, 0)


def rounded(x: Piece, decimals: int) -> Call:
    """The shown figure (S1): half up to 9 places, then to `decimals`."""
    return call("ROUND", call("ROUND", x, 9), decimals)


_BINDING = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}


@cache
def letters(column: int) -> str:
    """`A`, `Z`, `AA` for 1, 26, 27."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(cell: Cell, *, fixed: bool = False) -> str:
    mark = "$" if fixed else ""
    return f"{mark}{letters(cell.column)}{mark}{cell.row}"


def render(node: Node, sheet: str, titles: Mapping[str, str]) -> str:
    """The formula's text without its `=`, as it stands on `sheet`; `titles` names each sheet key."""
    if isinstance(node, Cell):
        return _outside(node.sheet, sheet, titles) + address(node)
    if isinstance(node, Area):
        there = f"{address(node.first)}:{address(node.last)}"
        return _outside(node.first.sheet, sheet, titles) + there
    if isinstance(node, Literal):
        return _literal(node.value)
    if isinstance(node, Call):
        return f"{node.name}({','.join(render(one, sheet, titles) for one in node.arguments)})"
    assert isinstance(node, Infix)
    mine = _BINDING[node.sign]
    left, right = render(node.left, sheet, titles), render(node.right, sheet, titles)
    if isinstance(node.left, Infix) and _BINDING[node.left.sign] < mine:
        left = f"({left})"
    if isinstance(node.right, Infix) and _BINDING[node.right.sign] <= mine:
        right = f"({right})"
    return f"{left}{node.sign}{right}"


def _outside(sheet: str, here: str, titles: Mapping[str, str]) -> str:
    return "" if sheet == here else "'{}'!".format(titles[sheet].replace("'", "''"))


def _literal(value: Decimal | int | str | bool) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if not isinstance(value, str):
        figure = f"{value:f}" if isinstance(value, Decimal) else str(value)
        return f"({figure})" if value < 0 else figure
    parts: list[str] = []
    for n, line in enumerate(value.split("\n")):
        parts += ["CHAR(10)"] if n else []
        parts += [_quoted(line[i : i + LITERAL // 2]) for i in range(0, max(1, len(line)), LITERAL // 2)]
    return parts[0] if len(parts) == 1 else "({})".format("&".join(parts))


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""'))


def depth(node: Node) -> int:
    """Levels of functions within functions."""
    if isinstance(node, Call):
        return 1 + max((depth(one) for one in node.arguments), default=0)
    if isinstance(node, Infix):
        return max(depth(node.left), depth(node.right))
    return 0


def cells_of(node: Node) -> Iterator[Cell]:
    """Every cell the formula reads."""
    if isinstance(node, Cell):
        yield node
    elif isinstance(node, Area):
        yield from node.cells()
    elif isinstance(node, Call):
        for one in node.arguments:
            yield from cells_of(one)
    elif isinstance(node, Infix):
        yield from cells_of(node.left)
        yield from cells_of(node.right)
