"""The last pass over a saved workbook: the values of formulas beside them, and bytes that depend on nothing else.

openpyxl writes formulas without values, so a viewer that cannot calculate shows empty cells. Each sheet is streamed
through a SAX parser and written out again with `<v>` filled in (`t="str"` for text). The package is rewritten with
fixed entry times and the report's own dates, so the same report gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from xml.sax import ContentHandler, make_parser
from xml.sax.handler import feature_external_ges
from xml.sax.saxutils import XMLGenerator, escape
from xml.sax.xmlreader import AttributesImpl

from exports.blocks import Report
from exports.xlsx.text import gated

Values = Mapping[str, float | str | bool]
"""By cell address, `F5`."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def filled(saved: bytes, values: Mapping[str, Values], core: bytes) -> bytes:
    """The saved package with the values of its formulas; nothing may save it again afterwards.

    `values` maps an entry of the package (`xl/worksheets/sheet3.xml`) to its cells; `core` is docProps/core.xml.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as source, zipfile.ZipFile(out, "w") as package:
        for name in source.namelist():
            data = core if name == "docProps/core.xml" else source.read(name)
            if name in values:
                data = _filled(data, values[name])
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, data)
    return out.getvalue()


def _filled(sheet: bytes, values: Values) -> bytes:
    out = io.BytesIO()
    parser = make_parser()
    parser.setFeature(feature_external_ges, False)
    parser.setContentHandler(_Filler(out, values))
    parser.parse(io.BytesIO(sheet))
    return out.getvalue()


class _Filler(ContentHandler):
    """Copies a sheet; a cell is held back until its end, when its value is known to be wanted or not."""

    def __init__(self, out: io.BytesIO, values: Values) -> None:
        super().__init__()
        self._copy = XMLGenerator(out, "UTF-8", short_empty_elements=True)
        self._out = out
        self._values = values
        self._value: float | str | bool | None = None
        self._inside_v = False

    def startDocument(self) -> None:
        self._copy.startDocument()

    def endDocument(self) -> None:
        self._copy.endDocument()

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        if name == "c":
            self._value = self._values.get(attrs.get("r", ""))
            if self._value is not None:
                attrs = AttributesImpl({**dict(attrs.items()), **_typed(self._value)})
        if name == "v" and self._value is not None:
            self._inside_v = True
            return
        self._copy.startElement(name, attrs)

    def endElement(self, name: str) -> None:
        if name == "v" and self._inside_v:
            self._inside_v = False
            return
        if name == "c" and self._value is not None:
            self._copy.startElement("v", AttributesImpl({}))
            self._copy.characters(_written(self._value))
            self._copy.endElement("v")
            self._value = None
        self._copy.endElement(name)

    def characters(self, content: str) -> None:
        if not self._inside_v:
            self._copy.characters(content)


def _typed(value: Any) -> dict[str, str]:
    return {"t": "b"} if isinstance(value, bool) else {"t": "str"} if isinstance(value, str) else {"t": "n"}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return value if isinstance(value, str) else repr(float(value)).removesuffix(".0")


def core_properties(report: Report) -> bytes:
    """docProps/core.xml from the report alone: nothing of the machine, the clock or a person (P7)."""
    return core_xml(report.title, report.stamp, report.producer)


def core_xml(about: str, of: str, producer: str) -> bytes:
    """docProps/core.xml of a workbook with that title; `of` is the ISO stamp of what it reports."""
    stamp = datetime.fromisoformat(of).astimezone(UTC) if of else datetime(2000, 1, 1, tzinfo=UTC)
    when = f"{stamp:%Y-%m-%dT%H:%M:%SZ}"
    title = escape(gated(about.replace("\n", "  ")))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{escape(producer)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified></cp:coreProperties>'
    ).encode()
