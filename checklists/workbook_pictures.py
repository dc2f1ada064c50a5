"""Pictures that lie on the rows of a workbook: pasted over cells, or put into them as WPS does (DISPIMG)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

MOST = 300
_DRAWN = re.compile(r'DISPIMG\("([^"]{1,80})"')
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class Picture(NamedTuple):
    """A picture and the cell its upper left corner lies on."""

    sheet: str
    row: int
    column: int
    data: bytes


def over_cells(package: bytes) -> list[Picture]:
    """The pictures pasted over the sheets. A part that cannot be understood has none."""
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        if not any("/media/" in name for name in packed.namelist()):
            return []
        return [one for _, one in zip(range(MOST), _pasted(packed), strict=False)]


def in_cells(package: bytes) -> dict[str, bytes]:
    """By their names, the pictures that cells hold in WPS."""
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        root, links = _part(packed, "xl/cellimages.xml"), _links(packed, "xl/cellimages.xml")
        found: dict[str, bytes] = {}
        for pic in root.iter(f"{_XDR}pic") if root is not None else ():
            name = next((one.get("name", "") for one in pic.iter(f"{_XDR}cNvPr")), "")
            data = _embedded(packed, pic, links)
            if name and data and len(found) < MOST:
                found[name] = data
        return found


def drawn(text: str) -> list[str]:
    """The names of the pictures that a cell's formula draws."""
    return _DRAWN.findall(text)


def _pasted(packed: zipfile.ZipFile) -> Iterator[Picture]:
    book, links = _part(packed, "xl/workbook.xml"), _links(packed, "xl/workbook.xml")
    for sheet in (one for one in (book.iter() if book is not None else ()) if one.tag.endswith("}sheet")):
        place = links.get(sheet.get(f"{_ID}id", ""), "")
        for drawing in _links(packed, place).values():
            if "/drawings/" not in drawing or not drawing.endswith(".xml"):
                continue
            yield from _on_drawing(packed, drawing, sheet.get("name", ""))


def _on_drawing(packed: zipfile.ZipFile, drawing: str, sheet: str) -> Iterator[Picture]:
    root, links = _part(packed, drawing), _links(packed, drawing)
    for anchor in root if root is not None else ():
        corner = anchor.find(f"{_XDR}from")
        data = _embedded(packed, anchor, links)
        if corner is None or data is None:
            continue
        row, column = (corner.findtext(f"{_XDR}{name}", "0") for name in ("row", "col"))
        if row.isdigit() and column.isdigit():
            yield Picture(sheet, int(row[:7]) + 1, int(column[:5]) + 1, data)


def _embedded(packed: zipfile.ZipFile, around: ElementTree.Element, links: dict[str, str]) -> bytes | None:
    for blip in around.iter(f"{_A}blip"):
        name = links.get(blip.get(f"{_ID}embed", ""), "")
        if name in packed.namelist():
            return packed.read(name)
    return None


def _part(packed: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    if name not in packed.namelist():
        return None
    data = packed.read(name)
    if b"<!DOCTYPE" in data or data.count(b"<") > 200_000:
        return None
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return None


def _links(packed: zipfile.ZipFile, part: str) -> dict[str, str]:
    """What a part points to, by id: names of entries of the package."""
    folder, _, name = part.rpartition("/")
    root = _part(packed, f"{folder}/_rels/{name}.rels") if part else None
    found = {}
    for one in root if root is not None else ():
        target = one.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[one.get("Id", "")] = whole
    return found
