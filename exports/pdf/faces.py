"""The two faces of Auditor Sans: loaded once, every character's width at hand, words in PDF codes.

Characters beyond U+FFFF get ToUnicode entries of their own, and those of a block at most 100 at a time as the
PDF standard wants; reportlab writes neither (design §7). A character that Bold lacks is set in Regular.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

FOLDER = Path(__file__).parent.parent / "fonts"
REGULAR, BOLD = "AuditorSans-Regular", "AuditorSans-Bold"
_BLOCK = 100
_UNSEEN = frozenset("\xad\u200b\u200c\u200d\u2028\u2029\u2060\ufeff")


class SearchableFont(TTFont):
    """A TrueType font whose text can be searched and copied, characters of every plane included."""

    def addObjects(self, doc: Any) -> None:
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("ascii")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode(name, subset)


def to_unicode(name: str, subset: list[int]) -> str:
    """The CMap from the codes of a subset to Unicode, in UTF-16 as the standard asks."""
    pairs = [(code, point) for code, point in enumerate(subset) if point and not (point == 32 and code != 32)]
    lines = [f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in pairs]
    blocks = [lines[start : start + _BLOCK] for start in range(0, len(lines), _BLOCK)]
    listed = [f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *listed,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


@dataclass(frozen=True, slots=True)
class Faces:
    """Both faces. Widths are for a size of 1 point; `both` holds those of a bold line, Regular filling the gaps."""

    regular: SearchableFont
    bold: SearchableFont
    plain: dict[str, float]
    both: dict[str, float]
    known: frozenset[str]
    known_bold: frozenset[str]

    def widths(self, bold: bool) -> dict[str, float]:
        return self.both if bold else self.plain

    def runs(self, words: str, bold: bool) -> list[tuple[SearchableFont, str]]:
        """The words in the faces that have them."""
        if not bold:
            return [(self.regular, words)]
        if self.known_bold.issuperset(words):
            return [(self.bold, words)]
        split = groupby(words, self.known_bold.__contains__)
        return [(self.bold if has else self.regular, "".join(run)) for has, run in split]


@cache
def load() -> Faces:
    """Both faces, read from the bundled files and registered with reportlab, once a process."""
    rl_config.useA85 = 0
    regular = SearchableFont(REGULAR, str(FOLDER / f"{REGULAR}.ttf"), shapable=False)
    bold = SearchableFont(BOLD, str(FOLDER / f"{BOLD}.ttf"), shapable=False)
    for font in (regular, bold):
        pdfmetrics.registerFont(font)
    plain, heavy = _widths(regular), _widths(bold)
    return Faces(regular, bold, plain, {**plain, **heavy}, frozenset(plain), frozenset(heavy))


def _widths(font: SearchableFont) -> dict[str, float]:
    """Width of every printable character. NUL and the soft separators are left out: they have no business on paper."""
    found = {chr(code): width / 1000 for code, width in font.face.charWidths.items() if code >= 32 and code != 0x7F}
    return {char: width for char, width in found.items() if char not in _UNSEEN}
