"""P3: a failed export never harms the previous one nor leaves a half file under the final name."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader

import exports
from auditor.errors import AuditorError
from auditor.scoring import score
from auditor.words import catalogue
from exports import export, photos_at, write
from exports.report import build
from exports.writing import check_pdf
from tests.exports.visits import visit
from tests.faults.disk import Failing, seam


@pytest.fixture
def made():
    audit, photos = visit(photos=1)
    return audit, score(audit), photos


def test_reports_of_one_audit_share_a_stem(made, tmp_path):
    audit, points, photos = made
    written = export(audit, points, tmp_path, formats=("pdf", "csv"), photos=photos.get)
    assert [one.name for one in written] == [
        f"3101007_滨江商业银行人民广场支行_暗访_20260305.{end}" for end in ("pdf", "csv")
    ]
    assert sorted(tmp_path.iterdir()) == sorted(written)
    assert PdfReader(written[0]).metadata.title


def test_a_second_export_gets_a_number_and_leaves_the_first_alone(made, tmp_path):
    audit, points, _ = made
    first = export(audit, points, tmp_path, formats=("csv",))[0]
    before = first.read_bytes()
    second = export(audit, points, tmp_path, formats=("csv",), copy="public")[0]
    assert second.stem == first.stem + "-2"
    assert first.read_bytes() == before


def test_a_folder_is_made_but_never_a_whole_path(made, tmp_path):
    audit, points, _ = made
    assert export(audit, points, tmp_path / "报告", formats=("csv",))[0].exists()
    with pytest.raises(AuditorError) as caught:
        export(audit, points, tmp_path / "gone" / "deeper", formats=("csv",))
    assert caught.value.key == "report.folder_missing"
    assert "gone" in str(caught.value)
    assert caught.value.remedy()


def test_an_unknown_format_is_refused_before_anything_is_written(made, tmp_path):
    audit, points, _ = made
    with pytest.raises(AuditorError, match="docx"):
        export(audit, points, tmp_path, formats=("csv", "docx"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["open_file", "write", "sync", "replace"])
@pytest.mark.parametrize("ending", ["pdf", "csv"])
def test_a_full_disk_leaves_the_old_file_whole_and_nothing_else(made, tmp_path, kind, ending):
    audit, points, photos = made
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"the old report")
    report = build(audit, points)
    with seam(Failing(1, errno.ENOSPC, (kind,), short=True)), pytest.raises(AuditorError) as caught:
        write(report, audit, points, path, photos.get)
    assert caught.value.key == "report.not_written"
    assert str(path) in str(caught.value)
    assert path.read_bytes() == b"the old report"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_a_sentence(made, tmp_path):
    audit, points, _ = made
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(AuditorError, match="csv"):
        write(build(audit, points), audit, points, tmp_path / "a.csv")


def test_a_target_that_is_a_folder_is_a_sentence(made, tmp_path):
    audit, points, _ = made
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(AuditorError) as caught:
        write(build(audit, points), audit, points, tmp_path / "a.pdf")
    assert caught.value.key == "report.not_written"
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


def test_what_fails_its_own_check_is_not_kept(made, tmp_path, monkeypatch):
    audit, points, photos = made
    path = tmp_path / "a.pdf"
    path.write_bytes(b"the old report")
    from exports.pdf import document

    real = document.render
    monkeypatch.setattr(document, "render", lambda *args: real(*args)[:-400])
    with pytest.raises(AuditorError) as caught:
        write(build(audit, points), audit, points, path, photos.get)
    assert caught.value.key == "report.self_check"
    assert path.read_bytes() == b"the old report"


def test_the_check_notices_another_reports_json(made):
    from exports.pdf.document import render

    audit, points, photos = made
    data = render(build(audit, points), photos.get)
    check_pdf(data, build(audit, points), Path("a.pdf"))
    with pytest.raises(AuditorError):
        check_pdf(data, build(audit, points, copy="branch"), Path("a.pdf"))


def test_one_failing_format_does_not_keep_the_others(made, tmp_path, monkeypatch):
    audit, points, _ = made
    monkeypatch.setattr("exports.pdf.document.render", lambda *_: b"")
    with pytest.raises(AuditorError):
        export(audit, points, tmp_path, formats=("pdf", "csv"))
    assert [one.suffix for one in tmp_path.iterdir()] == [".csv"]


def test_photos_whose_bytes_are_not_those_of_their_name_count_as_damaged(tmp_path):
    """P2."""
    sound = hashlib.sha256(b"a").hexdigest()
    (tmp_path / sound).write_bytes(b"a")
    (tmp_path / "f00").write_bytes(b"b")
    read = photos_at(lambda name: tmp_path / name)
    assert [read(sound), read("f00"), read("gone")] == [b"a", None, None]


def test_every_word_of_a_report_stands_in_both_languages():
    zh, en = catalogue("zh", "report"), catalogue("en", "report")
    assert zh.keys() == en.keys()
    assert "pdf" in exports.FORMATS
