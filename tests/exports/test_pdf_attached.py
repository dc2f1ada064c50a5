"""A report's PDF read back: the very data that were attached, and a clear sentence about any other file (P6)."""

from __future__ import annotations

import json
import time
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from auditor.errors import AuditorError
from auditor.scoring import score
from exports.pdf.attached import ATTACHED, read_back
from exports.pdf.document import as_json, render
from exports.report import build
from tests.exports.visits import visit
from ui.command_line import main


@pytest.fixture(scope="module")
def made():
    audit, photos = visit(photos=1)
    report = build(audit, score(audit))
    return report, render(report, photos.get)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "报告.pdf"


def refused(path: Path) -> str:
    """The key of the sentence said about a file, which came within ten seconds and says what to do."""
    began = time.monotonic()
    with pytest.raises(AuditorError) as caught:
        read_back(path)
    assert time.monotonic() - began < 10
    assert str(path) in str(caught.value)
    assert caught.value.remedy()
    return caught.value.key


def test_what_was_attached_is_read_back(made, file):
    report, data = made
    file.write_bytes(data)
    found = read_back(file)
    assert found.report == json.loads(as_json(report))
    assert (found.checked, found.signed) == ("same", False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_says_which_audit_copy_revision_and_score(made, file, capsys, lang):
    report, data = made
    file.write_bytes(data)
    assert main(["show", str(file), "--lang", lang]) == 0
    said = capsys.readouterr().out
    for words in (report.title, report.audit, report.copy_name, str(report.result.total), report.result.grade):
        assert words in said
    assert "1" in said


def test_the_command_prints_the_attached_document_as_it_is(made, file, capsys):
    report, data = made
    file.write_bytes(data)
    assert main(["show", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(as_json(report))


def test_the_audits_id_stands_in_the_compliance_copy_alone():
    """P7: it tells to the second when the audit was begun."""
    audit, _ = visit()
    ids = {one: build(audit, score(audit), copy=one).audit for one in ("compliance", "branch", "public")}
    assert ids == {"compliance": audit.id, "branch": "", "public": ""}


def test_data_changed_after_the_export_are_named(made, file, capsys):
    """P5, for as long as nobody mends the checksum too: that is what a signature is for."""
    _, data = made
    reader = PdfReader(BytesIO(data))
    stream = reader.trailer["/Root"]["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()["/EF"]["/F"].get_object()
    told = json.loads(stream.get_data())
    told["result"]["total"] = "100.0"
    writer = PdfWriter(clone_from=reader)
    held = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()["/EF"]["/F"].get_object()
    held.set_data(json.dumps(told).encode())
    writer.write(file)
    assert read_back(file).checked == "changed"
    assert main(["show", str(file), "--lang", "zh"]) == 1
    assert "改动过" in capsys.readouterr().err


def test_a_pdf_saved_anew_by_another_program_is_still_read(made, file):
    report, data = made
    PdfWriter(clone_from=PdfReader(BytesIO(data))).write(file)
    assert read_back(file).report["title"] == report.title


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "pdf.empty"),
        (b"PK\x03\x04 a workbook", "pdf.no_pdf"),
        (b"%PDF-1.7\n", "pdf.damaged"),
        (b"%PDF-1.7\n" + b"\xff" * 5000, "pdf.damaged"),
    ],
)
def test_what_is_no_report_is_said_to_be_none(file, content, key):
    file.write_bytes(content)
    assert refused(file) == key


def test_another_programs_pdf_is_said_to_carry_nothing(file):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(file)
    assert refused(file) == "pdf.not_ours"


@pytest.mark.parametrize("told", [b"{}", b"[1]", b'{"format": 1}', b'{"format": true, "title": 1}', b"null"])
def test_another_programs_attachment_is_none_of_ours(file, told):
    write_attached(file, told)
    assert refused(file) == "pdf.not_ours"


def test_a_newer_format_is_named(file):
    write_attached(file, b'{"format": 2}')
    assert refused(file) == "pdf.newer"


@pytest.mark.parametrize("told", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_an_attachment_that_is_no_json_is_damaged(file, told):
    write_attached(file, told)
    assert refused(file) in ("pdf.damaged", "pdf.not_ours")


def test_an_encrypted_pdf_is_said_to_be_locked(made, file):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(made[1])))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(file)
    assert refused(file) == "pdf.locked"


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.99])
def test_a_pdf_cut_short_is_right_or_said_to_be_damaged(made, file, part):
    """P2: what is read is what was attached, or nothing."""
    report, data = made
    file.write_bytes(data[: int(len(data) * part)])
    try:
        found = read_back(file).report
    except AuditorError as error:
        found = error.key
    assert found in (json.loads(as_json(report)), "pdf.damaged", "pdf.not_ours")


def test_a_pdf_of_three_hundred_megabytes_is_not_read(file):
    with file.open("wb") as out:
        out.write(b"%PDF-1.7\n")
        out.truncate(300_000_000)
    assert refused(file) == "pdf.too_large"


def test_a_bomb_is_not_unfolded(file):
    """200 MB of blanks in 200 kB."""
    bomb = zlib.compress(b" " * 200_000_000, 9)
    write_attached(file, b"{}")
    data = file.read_bytes()
    start = data.index(b"stream\n", data.index(b"/EmbeddedFile")) + 7
    end = data.index(b"endstream", start)
    head = data[: start - 7]
    at = head.rindex(b"<<")
    packed = b"<< /Type /EmbeddedFile /Filter /FlateDecode /Length %d >>\nstream\n" % len(bomb)
    file.write_bytes(data[:at] + packed + bomb + b"\n" + data[end:])
    assert refused(file) == "pdf.too_much"


@pytest.mark.parametrize(
    "body",
    [
        # a branch of the tree of attachments that is its own twig
        b"1 0 obj <</Type /Catalog /Names <</EmbeddedFiles 2 0 R>> >> endobj 2 0 obj <</Kids [2 0 R 2 0 R]>> endobj",
        # an object that stands for itself
        b"1 0 obj 1 0 R endobj",
        # lists within lists
        b"1 0 obj " + b"[" * 200_000 + b" endobj",
        b"1 0 obj <</Names <</EmbeddedFiles <</Names [(report.json) 3 0 R]>> >> >> endobj 3 0 obj 3 endobj",
    ],
    ids=["loop", "itself", "deep", "odd"],
)
def test_a_pdf_that_leads_in_circles_is_given_up(file, body):
    file.write_bytes(b"%PDF-1.7\n" + body + b"\ntrailer <</Root 1 0 R /Size 4>>\nstartxref\n0\n%%EOF\n")
    assert refused(file) in ("pdf.damaged", "pdf.not_ours", "pdf.too_much")


def test_a_table_of_objects_that_follows_itself_is_given_up(made, file):
    data = made[1]
    at = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    file.write_bytes(data.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % at, 1))
    try:
        found = read_back(file).checked
    except AuditorError as error:
        found = error.key
    assert found in ("same", "pdf.damaged", "pdf.too_slow")


def test_a_reader_that_does_not_come_to_an_end_is_ended(made, file):
    file.write_bytes(made[1])
    with pytest.raises(AuditorError) as caught:
        read_back(file, patience=0.0)
    assert caught.value.key == "pdf.too_slow"


def test_what_a_terminal_would_obey_is_not_printed(file, capsys):
    """P6: a file may come from anywhere."""
    told = {
        "format": 1,
        "title": "\x1b[2J\x07hostile",
        "copy": "branch",
        "branch": "x" * 10_000,
        "revision": [],
        "result": {},
    }
    write_attached(file, json.dumps({**told, "items": 3, "sections": None, "draft": 0}).encode())
    assert main(["show", str(file)]) == 0
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "hostile" in said
    assert len(said) < 1000


def test_a_file_that_is_not_there_is_a_sentence(tmp_path, capsys):
    assert main(["show", str(tmp_path / "gone.pdf")]) == 1
    assert main(["show", str(tmp_path)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def write_attached(path: Path, data: bytes) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment(ATTACHED, data)
    writer.write(path)
