"""The peer of the PDF's speed is laid out by the program itself: it must follow when that changes (design §10)."""

from __future__ import annotations

import hashlib
from pathlib import Path

from auditor.scoring import score
from exports.report import build
from tests.bench import bench_pdf


def test_the_bare_canvas_draws_what_the_report_draws(tmp_path: Path) -> None:
    pictures = {hashlib.sha256(data).hexdigest(): data for data in map(bench_pdf.photo, range(bench_pdf.PHOTOS))}
    audit = bench_pdf.visit(list(pictures))
    bench_pdf.bare(build(audit, score(audit)), pictures, tmp_path)()
    assert (tmp_path / "bare.pdf").read_bytes().count(b"DCTDecode") == bench_pdf.PHOTOS
