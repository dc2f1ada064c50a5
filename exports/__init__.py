"""An audit, or many, as Excel, PDF and CSV.

`export` writes one audit's reports into a folder under the names of the conventions; `write` writes one file. Every
file is made beside its target, checked by opening it again, and then moved into place (P3).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.audit import Audit
    from auditor.errors import AuditorError
    from auditor.scoring.tree import Score
    from exports.blocks import Copy, Report

__all__ = ["FORMATS", "Photos", "check_formats", "export", "export_each", "photos_at", "write"]

FORMATS = ("pdf", "xlsx", "csv")
Sign = Callable[[bytes], bytes]
"""A PDF → the same with a signature (`exports.pdf.signing`)."""
Photos = Callable[[str], bytes | None]
"""The bytes of a photo by its SHA-256; None where it is gone or damaged."""


def no_photos(_: str) -> None:
    """For audits without photos."""


def photos_at(place: Callable[[str], Path]) -> Photos:
    """Photos from where they are kept; one whose bytes are not those of its name counts as damaged (P2)."""
    from hashlib import sha256

    def read(name: str) -> bytes | None:
        try:
            data = place(name).read_bytes()
        except OSError:
            return None
        return data if sha256(data).hexdigest() == name else None

    return read


def export(
    audit: Audit,
    score: Score,
    folder: Path,
    *,
    formats: Sequence[str] = ("pdf", "xlsx"),
    copy: Copy = "compliance",
    lang: str = "zh",
    photos: Photos = no_photos,
    taken: Collection[str] = (),
    **options: Any,
) -> list[Path]:
    """The reports of one audit in `folder`, one stem for all formats; `options` are those of `report.build`.

    Names in `taken` are not used: those that other reports of the same run are about to have. A format that fails
    does not keep the others from being written; its error is raised afterwards. Raises `report.*`.
    """
    from exports.writing import make_ready

    check_formats(formats)
    make_ready(folder)
    written, failed = export_each(
        audit, score, folder, formats=formats, copy=copy, lang=lang, photos=photos, taken=taken, **options
    )
    if failed:
        raise failed[0]
    return written


def check_formats(formats: Sequence[str]) -> None:
    """Raises `report.wrong_format` for one that is not written."""
    from auditor.errors import AuditorError

    for one in formats:
        if one not in FORMATS:
            raise AuditorError("report.wrong_format", format=one, allowed=", ".join(FORMATS))


def export_each(
    audit: Audit,
    score: Score,
    folder: Path,
    *,
    formats: Sequence[str],
    copy: Copy = "compliance",
    lang: str = "zh",
    photos: Photos = no_photos,
    taken: Collection[str] = (),
    name: str = "",
    sign: Sign | None = None,
    **options: Any,
) -> tuple[list[Path], list[AuditorError]]:
    """What was written of the formats asked for, and why the rest was not; under `name` where it was decided before."""
    from auditor.errors import AuditorError
    from exports.names import free, stem
    from exports.report import build

    report = build(audit, score, copy=copy, lang=lang, **options)
    name = name or free(folder, stem(report), formats, taken)
    written: list[Path] = []
    failed: list[AuditorError] = []
    for one in formats:
        try:
            written.append(write(report, audit, score, folder / f"{name}.{one}", photos, sign))
        except AuditorError as error:
            failed.append(error)
    return written, failed


def write(
    report: Report, audit: Audit, score: Score, path: Path, photos: Photos = no_photos, sign: Sign | None = None
) -> Path:
    """One report as one file, in the format of its ending; a file of that name is replaced; a PDF is signed on the way
    by `sign`. Raises `report.*`, `signing.*`."""
    from exports.writing import write_file

    return write_file(report, audit, score, path, photos, sign)
