"""What an audit holds beside its answers, as rows and back: findings, jots, duties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from auditor.audit import Duty, Finding, Jot
from auditor.store.evidence import clean_photo, photo_fields, photos_of
from auditor.store.lines import Doc
from auditor.text import clean_text


def finding_row(finding: Finding) -> Doc | None:
    """A finding as a row, its text through the gate; None when nothing stands in it. Raises `answer.too_long`."""
    row: Doc = {name: clean_text(text) for name, text in _texts(finding).items() if text}
    before = [replace(clean_photo(one), stage="before") for one in finding.photos_before]
    after = [replace(clean_photo(one), stage="after") for one in finding.photos_after]
    if before or after:
        row |= photo_fields([*before, *after])
    return row or None


def finding_of(row: Doc) -> Finding:
    photos = photos_of(row)
    return Finding(
        **{name: row.get(name, "") for name in _texts(Finding())},
        photos_before=tuple(one for one in photos if one.stage == "before"),
        photos_after=tuple(one for one in photos if one.stage == "after"),
    )


def _texts(finding: Finding) -> dict[str, str]:
    return {
        field.name: getattr(finding, field.name) for field in fields(Finding) if not field.name.startswith("photos")
    }


def jot_row(jot: Jot) -> Doc:
    """A jot as a row; when it was is personal, and called `moment`. Raises `answer.too_long`."""
    row: Doc = {"kind": jot.kind, "moment": jot.at, "proof": jot.proof}
    row |= {name: text for name, text in (("name", jot.name), ("seconds", jot.seconds)) if text}
    if jot.text:
        row["text"] = clean_text(jot.text)
    return row | (photo_fields([clean_photo(jot.photo)]) if jot.photo else {})


def jot_of(row: Doc) -> Jot:
    photo = next(iter(photos_of(row)), None)
    moment, name, seconds, text = (row.get(one, "") for one in ("moment", "name", "seconds", "text"))
    return Jot(row["kind"], moment, name, seconds, text, row["proof"], photo)


def duty_row(duty: Duty) -> Doc:
    """A duty as a row. Raises `answer.too_long`."""
    texts = {"person": clean_text(duty.person), "signature": clean_text(duty.signature), "signed": duty.signed}
    row: Doc = {name: text for name, text in texts.items() if text}
    return row | (photo_fields([clean_photo(duty.drawing)]) if duty.drawing else {})


def duty_of(row: Doc) -> Duty:
    drawing = next(iter(photos_of(row)), None)
    return Duty(row.get("person", ""), row.get("signature", ""), row.get("signed", ""), drawing)


RECORDS: Mapping[str, Callable[[Doc], Any]] = {"findings": finding_of, "jots": jot_of, "duties": duty_of}
"""How a row of each table is read; the table is called like the audit's field."""
