"""What lies in a PDF beside its pages: particulars, colour profile, the attached file; as near PDF/A-3b as may be.

There: every font embedded, with ToUnicode; one colour space with its profile (sRGB, made here); the same particulars
as XMP and as document information; no transparency, no script, nothing fetched; links that print; the attached file
with its relation, size, date and checksum; an identity made of the attached file. Missing: tags (a reading order for
screen readers, so not level A), and the declaration `pdfaid` itself, because no validator has confirmed these files.
"""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from exports.moments import moment

_UNSAYABLE = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords><pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a file manager shows of a document. `stamp` is `YYYY-MM-DDTHH:MM:SS±HH:MM`, `lang` as in `zh-CN`."""

    title: str
    author: str
    subject: str
    keywords: str
    producer: str
    stamp: str
    lang: str


class _Stream(pdfdoc.PDFStream):
    """One whose end stands on a line of its own, as the standard for archives asks; reportlab's does not."""

    def format(self, document: Any) -> bytes:
        made: bytes = super().format(document)
        return made.removesuffix(b"endstream\n") + b"\nendstream\n"


# the streams of pages, fonts and images are made inside reportlab, by this name
pdfdoc.PDFStream = _Stream  # type: ignore[misc]


class Stamp:
    """The document's dates, from the visit; never the clock's."""

    def __init__(self, iso: str) -> None:
        when = moment(iso)
        offset = when.utcoffset() if when else None
        minutes = int(offset.total_seconds() // 60) if offset else 0
        self.YMDhms = when.timetuple()[:6] if when else (2000, 1, 1, 0, 0, 0)
        self.dhh, self.dmm = int(minutes / 60), abs(minutes) % 60

    def as_xmp(self) -> str:
        """As the same date stands in XMP."""
        year, *rest = self.YMDhms
        return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(year, *rest) + f"{self.dhh:+03}:{self.dmm:02}"


def describe(canvas: Any, told: Particulars, identity: bytes) -> None:
    """Particulars twice, colour profile, language; `identity` are 16 bytes that stand for the content."""
    told = Particulars(*(_one_line(getattr(told, name)) for name in Particulars.__slots__))
    canvas.setTitle(told.title)
    canvas.setAuthor(told.author)
    canvas.setSubject(told.subject)
    canvas.setKeywords(told.keywords)
    canvas.setCreator(told.producer)
    canvas.setProducer(told.producer)
    doc: Any = canvas._doc
    doc._timeStamp = Stamp(told.stamp)
    digest = identity.hex().encode()
    doc._ID = b"\n[<" + digest + b"><" + digest + b">]\n"
    catalog = doc.Catalog
    catalog.Lang = pdfdoc.PDFString(told.lang)
    # reportlab knows no more entries of the catalogue than these, and writes the others only when it is told of them
    catalog.__NoDefault__ = catalog.__Refs__ = [*catalog.__NoDefault__, "OutputIntents", "AF"]
    words = {name: escape(getattr(told, name)) for name in Particulars.__slots__}
    catalog.Metadata = _stream(_XMP.format(**words, date=doc._timeStamp.as_xmp()).encode(), "Metadata", "/XML", [])
    catalog.OutputIntents = _intent(doc)


def _one_line(words: str) -> str:
    """Without what XML cannot say."""
    return _UNSAYABLE.sub("", words.replace("\n", " "))


def _intent(doc: Any) -> Any:
    """The colours of the document are those of sRGB."""
    profile = pdfdoc.PDFStream(content=srgb(), filters=[pdfdoc.PDFZCompress])
    profile.dictionary["N"] = 3
    entries = {
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
        "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": doc.Reference(profile, "srgb"),
    }
    return pdfdoc.PDFArray([pdfdoc.PDFDictionary(entries)])


def attach(canvas: Any, name: str, data: bytes) -> None:
    """One JSON file, the source of the pages."""
    doc: Any = canvas._doc
    stream = _stream(data, "EmbeddedFile", "/application#2Fjson", [pdfdoc.PDFZCompress])
    date = pdfdoc.PDFDate(ts=doc._timeStamp)
    sum_ = hashlib.md5(data, usedforsecurity=False).hexdigest()
    stream.dictionary["Params"] = pdfdoc.PDFDictionary({"Size": len(data), "CheckSum": f"<{sum_}>", "ModDate": date})
    specification = doc.Reference(
        pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Filespec"),
                "F": pdfdoc.PDFString(name),
                "UF": pdfdoc.PDFString(name),
                "EF": pdfdoc.PDFDictionary({"F": doc.Reference(stream, "attached")}),
                "AFRelationship": pdfdoc.PDFName("Data"),
            }
        ),
        "filespec",
    )
    named = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([pdfdoc.PDFString(name), specification])})
    doc.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": named})
    doc.Catalog.AF = pdfdoc.PDFArray([specification])


def _stream(data: bytes, kind: str, subtype: str, filters: list[Any]) -> Any:
    stream = pdfdoc.PDFStream(content=data, filters=filters)
    stream.dictionary["Type"] = pdfdoc.PDFName(kind)
    stream.dictionary["Subtype"] = subtype
    return stream


@cache
def srgb() -> bytes:
    """An ICC profile of version 4 for IEC 61966-2-1: primaries adapted to D50, one curve for all three channels."""
    curve = b"para" + struct.pack(">IHH", 0, 3, 0) + _fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    bradford = _fixed(1.047882, 0.022918, -0.050201, 0.029587, 0.990479, -0.017059, -0.009232, 0.015076, 0.751678)
    parts = {
        b"desc": _said("sRGB"),
        b"cprt": _said("No copyright"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(0.9642, 1.0, 0.8249),
        b"chad": b"sf32\0\0\0\0" + bradford,
        b"rXYZ": b"XYZ \0\0\0\0" + _fixed(0.436066, 0.222488, 0.013916),
        b"gXYZ": b"XYZ \0\0\0\0" + _fixed(0.385147, 0.716873, 0.097076),
        b"bXYZ": b"XYZ \0\0\0\0" + _fixed(0.143066, 0.060608, 0.714096),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    at, table, body, places = 128 + 4 + 12 * len(parts), b"", b"", dict[bytes, int]()
    for tag, data in parts.items():
        if data not in places:
            places[data] = at + len(body)
            body += data + b"\0" * (-len(data) % 4)
        table += tag + struct.pack(">II", places[data], len(data))
    head = struct.pack(">I4xI4s4s4s", at + len(body), 0x04300000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s28x", 2000, 1, 1, 0, 0, 0, b"acsp") + _fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + struct.pack(">I", len(parts)) + table + body


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _said(words: str) -> bytes:
    text = words.encode("utf-16-be")
    return b"mluc" + struct.pack(">III2s2sII", 0, 1, 12, b"en", b"US", len(text), 28) + text
