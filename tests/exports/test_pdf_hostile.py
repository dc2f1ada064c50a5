"""Every layout in every language under the worst that people type: text read back equal after the one substitution
of design §7, embedded subset fonts only, no fault found by another program, and the same bytes in every process."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import exports
from auditor.audit import Reason
from auditor.errors import AuditorError
from auditor.scoring import score
from auditor.text import clean_text
from exports.blocks import LAYOUTS, Report
from exports.layouts import fitting
from exports.pdf.document import render
from exports.pdf.faces import load
from exports.report import build
from tests.exports.pdf_text import bare, pages
from tests.exports.visits import ANSWERS, HEADER, visit
from tests.faults.disk import Failing, seam

HOSTILE = {
    "extension B": "客户姓\U00020bb7，住\U00020000街",
    "emoji": "很好😀👍🏽，家👨‍👩‍👧",
    "right to left": "שלום عليكم",
    "formula": "=SUM(A1) +1 -1 @cmd _x0041_",
    "figures": "123456789012345678",
    "markup": "<b>a</b> &amp; (\\) %PDF endstream endobj",
    "combining": "e\u0301\u0302\u0303 ﷽ ﬁ",
    "marks": "\u202eabc\u200b\ufeff\xa0x",
}
LONG = "".join(f"{n:05}号凭条遗留在填单台，" for n in range(3100))[:40_000]
NAMES = ("full", "summary", "losses", "self", "rectification", "certificate")


def substituted(words: str) -> str:
    """What stands on paper for words: design §7's one substitution, and no blanks, for lines are broken."""
    known = load().known
    shown = "".join(char if char in known or char.isspace() else f"[U+{ord(char):04X}]" for char in clean_text(words))
    return bare(shown)


def hostile(layout: str):
    """A visit in which everything that can be typed is hostile; what fits the layout."""
    words = " ".join(HOSTILE.values())
    answers = {
        "slips": replace(ANSWERS["slips"], note=clean_text(LONG)),
        "waited": replace(ANSWERS["waited"], note=clean_text(words), reasons=(Reason(clean_text(words)),)),
    }
    if layout == "certificate":
        answers["waited"] = replace(answers["waited"], value=Decimal(600))
    header = replace(
        HEADER,
        kind="self" if layout == "self" else "mystery",
        branch_name=clean_text("=滨江\U00020bb7支行😀"),
        summary=clean_text(words),
    )
    return visit(answers=answers, header=header, photos=2)


@pytest.fixture(scope="module", params=NAMES)
def layout(request):
    return request.param


def test_every_layout_is_here():
    assert set(NAMES) == set(LAYOUTS)


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_hostile_text_is_read_back_and_the_file_is_sound(layout, lang, tmp_path):
    audit, photos = hostile(layout)
    points = score(audit)
    assert layout in fitting(audit, points)
    report = build(audit, points, layout=layout, lang=lang)
    data = render(report, photos.get)
    text = unfurnished(data, report.title)
    for words in printed(report):
        for line in words.split("\n"):
            assert substituted(line) in text, line[:80]
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    sound(path)


def printed(report: Report) -> list[str]:
    """Words of an audit that a layout prints."""
    rows = {
        "full": [*report.summary, *(words for row in report.items for words in (row.name, row.note, row.reason))],
        "self": [*report.summary, *(words for row in report.items for words in (row.name, row.note))],
        "losses": [words for row in report.losses for words in (row.name, row.note, row.reason)],
        "rectification": [words for row in report.losses for words in (row.name, row.reason)],
    }
    return [report.branch, *rows.get(report.layout, ())]


def unfurnished(data: bytes, title: str) -> str:
    """The text of all pages without what stands at their edges, which is drawn last."""
    parts = []
    for page in map(bare, pages(data)):
        foot = max(page.rfind(words) for words in ("内部资料", "Internal"))
        foot = page.rfind("内部资料", max(0, foot - 60), foot + 1) if "内部资料" in page[foot - 60 : foot] else foot
        head = page.find(bare(substituted(title))[:8], max(0, foot - 300), foot) if foot > 0 else -1
        parts.append(page[: head if head > 0 else foot if foot > 0 else None])
    return "".join(parts)


def sound(path: Path) -> None:
    """qpdf finds no fault, and every font is an embedded subset with a way back to Unicode."""
    if shutil.which("qpdf") is None or shutil.which("pdffonts") is None:
        pytest.skip("qpdf or pdffonts is not installed")
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True)
    assert not fonts.stderr
    rows = fonts.stdout.splitlines()[2:]
    assert rows
    for row in rows:
        assert re.search(r"AuditorSans-(Regular|Bold)\s.*\syes\s+yes\s+yes", row), row


def test_sixty_photos_make_a_sound_file_with_every_photo_once(tmp_path):
    audit, photos = visit(photos=60)
    path = tmp_path / "a.pdf"
    path.write_bytes(render(build(audit, score(audit)), photos.get))
    sound(path)
    assert path.read_bytes().count(b"/DCTDecode") == 60


_SAME = """
import hashlib
from auditor.scoring import score
from exports.pdf.document import render
from exports.report import build
from tests.exports.visits import visit
for layout in ("full", "rectification", "losses"):
    audit, photos = visit(photos=3)
    report = build(audit, score(audit), layout=layout, lang="both")
    print(hashlib.sha256(render(report, photos.get)).hexdigest())
"""


def test_two_processes_make_the_same_bytes():
    """Design §7: whatever the order in which sets and dictionaries are kept, and the zone of the machine."""
    made = []
    for seed, zone in (("0", "UTC"), ("4711", "Asia/Shanghai")):
        told = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        root = Path(__file__).resolve().parents[2]
        done = subprocess.run([sys.executable, "-c", _SAME], cwd=root, env=told, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        made.append(done.stdout)
    assert made[0] == made[1]
    assert len(set(made[0].split())) == 3


def test_another_revision_gives_other_bytes():
    audit, photos = visit(photos=1)
    one, other = (
        hashlib.sha256(render(build(replace(audit, revision=n), score(audit)), photos.get)).digest() for n in (1, 2)
    )
    assert one != other


def test_a_stop_in_the_middle_of_writing_leaves_the_old_file(tmp_path, monkeypatch):
    """P3: Ctrl+C while the bytes are on their way."""
    from auditor.store import files

    audit, photos = visit(photos=1)
    path = tmp_path / "a.pdf"
    path.write_bytes(b"the old report")

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "sync", stopped)
    with pytest.raises(KeyboardInterrupt):
        exports.write(build(audit, score(audit)), audit, score(audit), path, photos.get)
    assert path.read_bytes() == b"the old report"
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


def test_a_folder_that_goes_while_the_report_is_drawn_is_a_sentence(tmp_path):
    audit, photos = visit(photos=1)
    folder = tmp_path / "out"
    folder.mkdir()

    def gone(name):
        if folder.is_dir():
            folder.rmdir()
        return photos.get(name)

    with pytest.raises(AuditorError) as caught:
        exports.write(build(audit, score(audit)), audit, score(audit), folder / "a.pdf", gone)
    assert caught.value.key in ("report.not_written", "report.folder_missing")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [errno.EACCES, errno.EBUSY, errno.EROFS, errno.EIO])
def test_a_target_that_another_program_holds_is_a_sentence(tmp_path, code):
    """P3: Windows lets nobody replace a report that is open elsewhere; a drive may turn read-only in between."""
    audit, photos = visit(photos=1)
    path = tmp_path / "a.pdf"
    path.write_bytes(b"the old report")
    with seam(Failing(1, code, ("replace",), lasting=True)), pytest.raises(AuditorError) as caught:
        exports.write(build(audit, score(audit)), audit, score(audit), path, photos.get)
    assert caught.value.key == "report.not_written"
    assert str(path) in str(caught.value)
    assert caught.value.remedy()
    assert path.read_bytes() == b"the old report"
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


def test_who_has_the_old_report_open_goes_on_reading_it(tmp_path):
    audit, photos = visit(photos=1)
    path = tmp_path / "a.pdf"
    path.write_bytes(b"the old report")
    with path.open("rb") as held:
        exports.write(build(audit, score(audit)), audit, score(audit), path, photos.get)
        assert held.read() == b"the old report"
    assert path.read_bytes().startswith(b"%PDF")
