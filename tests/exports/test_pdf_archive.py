"""What PDF/A-3b asks of a file beside its pages, rule by rule, as far as it can be read back here."""

from __future__ import annotations

import hashlib
import io
import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageCms
from pypdf import PdfReader

from auditor.scoring import score
from checklists.library import find
from exports.pdf.archive import srgb
from exports.pdf.document import as_json, render
from exports.pdf.form import blank_form
from exports.report import build
from tests.exports.pdf_text import inflated
from tests.exports.visits import VETO, visit


@pytest.fixture(scope="module")
def made():
    audit, photos = visit(photos=3, answers=VETO)
    report = build(audit, score(audit))
    return report, render(report, photos.get)


def root(data: bytes):
    return PdfReader(BytesIO(data)).trailer["/Root"]


def test_the_particulars_stand_twice_and_say_the_same(made):
    info = PdfReader(BytesIO(made[1])).metadata
    text = root(made[1])["/Metadata"].get_data().decode()
    words = {node.tag.split("}")[1]: "".join(node.itertext()).strip() for node in ElementTree.fromstring(text).iter()}
    assert words["title"] == info.title
    assert words["creator"] == info.author
    assert words["description"] == info.subject
    assert words["Keywords"] == info["/Keywords"]
    assert words["Producer"] == words["CreatorTool"] == info.producer
    assert words["CreateDate"] == "2026-03-05T10:12:00+08:00"
    assert info["/CreationDate"] == "D:20260305101200+08'00'"


def test_it_does_not_claim_what_no_validator_has_confirmed(made):
    assert b"pdfaid" not in inflated(made[1])


def test_the_colours_have_a_profile(made):
    intent = root(made[1])["/OutputIntents"][0].get_object()
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_data() == srgb()
    assert intent["/DestOutputProfile"]["/N"] == 3


def test_the_profile_is_that_of_srgb():
    """Through ours and another library's: no colour moves by more than one step of 255."""
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    told = ImageCms.createProfile("sRGB")
    for colour in ((0, 0, 0), (255, 255, 255), (15, 95, 107), (179, 38, 30), (128, 128, 128), (0, 255, 0)):
        patch = ImageCms.profileToProfile(Image.new("RGB", (1, 1), colour), ours, told)
        assert patch is not None
        assert all(abs(a - b) <= 1 for a, b in zip(patch.getpixel((0, 0)), colour, strict=True)), colour


def test_the_attached_file_has_its_relation_size_date_and_checksum(made):
    report, data = made
    whole = root(data)
    (held,) = whole["/AF"]
    held = held.get_object()
    assert held == whole["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()
    assert held["/AFRelationship"] == "/Data"
    stream = held["/EF"]["/F"].get_object()
    assert stream["/Subtype"] == "/application/json"
    assert stream["/Params"]["/Size"] == len(as_json(report))
    assert stream["/Params"]["/ModDate"] == "D:20260305101200+08'00'"
    checksum = stream["/Params"]["/CheckSum"]
    raw = checksum if isinstance(checksum, bytes) else checksum.original_bytes
    assert raw == hashlib.md5(as_json(report)).digest()


def test_links_are_printed_and_nothing_runs_or_is_fetched(made):
    reader = PdfReader(BytesIO(made[1]))
    notes = [one.get_object() for page in reader.pages for one in page.get("/Annots", ())]
    assert notes
    assert {one["/Subtype"] for one in notes} == {"/Link"}
    assert {one["/F"] for one in notes} == {4}
    everything = inflated(made[1])
    for forbidden in (
        b"/JavaScript",
        b"/JS ",
        b"/Launch",
        b"/URI",
        b"/SMask",
        b"/Encrypt",
        b"/LZWDecode",
        b"/ExtGState",
    ):
        assert forbidden not in everything, forbidden


def test_every_stream_ends_on_a_line_of_its_own(made):
    ends = [one.start() for one in re.finditer(rb"endstream\s+endobj", made[1])]
    assert ends
    assert {made[1][at - 1 : at] for at in ends} == {b"\n"}


def test_blank_forms_have_them_too():
    data = blank_form(find("course_assessment"))
    assert root(data)["/Lang"] == "zh-CN"
    assert b"<pdf:Producer>" in root(data)["/Metadata"].get_data()
    assert root(data)["/OutputIntents"]
