"""The Excel round trip: a blank workbook is filled in without the program and read back as the same answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from auditor.audit import Audit, Photo
from auditor.scoring import score
from checklists import library, reader
from checklists.filling import read_any
from exports.forms import write_workbook
from exports.xlsx.blank import as_blank
from exports.xlsx.blank.prepared import emptied, prepare, unstarted
from tests.exports import visits
from tests.exports.filled import PHOTO, Filled, fill, random_filling
from tests.exports.libreoffice import needs_libreoffice, recalculated

SHIPPED = library.shipped()
KEPT = Photo("ab" * 32, PHOTO)


def _started(checklist: Any) -> Audit:
    header = replace(unstarted(checklist).header, visited="2026-03-05T10:12:00+08:00")
    return replace(unstarted(checklist), id="20260305T021200Z-abcdef", header=header)


def _filled(file: Path, seed: int, folder: Path) -> tuple[Audit, Path]:
    checklist = reader.read(file)
    audit, items = random_filling(Random(seed), checklist)
    (folder / PHOTO).write_bytes(b"photo")
    path = write_workbook(checklist, folder / f"{checklist.id}.xlsx")
    return audit, fill(path, audit.answers, items)


def _read(path: Path, audit: Audit) -> dict[str, Any]:
    return read_any(path, _started(audit.checklist), lambda _: KEPT).answers


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_what_was_typed_into_the_blank_workbook_comes_back(file: Path, tmp_path: Path) -> None:
    """Round trip: values, not applicable, notes, reasons, photos, instances with their header fields."""
    audit, path = _filled(file, SHIPPED.index(file), tmp_path)
    assert _read(path, audit) == audit.answers


@pytest.mark.parametrize("lang", ["en", "both"])
def test_the_words_of_every_list_come_back_as_what_they_stand_for(lang: str, tmp_path: Path) -> None:
    """Whatever language the workbook speaks: options, not applicable, kinds of check, scenarios."""
    checklist = library.find("branch_mystery_visit")
    filled = Filled(write_workbook(checklist, tmp_path / "words.xlsx", lang))
    columns = filled.columns["lists"]
    words: dict[tuple[str, str], str] = {}
    for row in filled.sheets["lists"].iter_rows(min_row=2, values_only=True):
        words[row[columns["list"] - 1], row[columns["id"] - 1]] = row[columns["words"] - 1]
    wanted = {item.id: item.options[-1].id for item in checklist.items() if item.kind == "choice"}
    wanted = {path: option for path, option in wanted.items() if path in filled.rows["items"]}
    for path, option in wanted.items():
        filled.type("items", path, "answer", words[f"item {path}", option])
    filled.type("header", "header.scenario", "value", words["scenarios", checklist.scenarios[-1].id])
    found = read_any(filled.save(), _started(checklist), lambda _: KEPT)
    assert {path: answer.value for path, answer in found.answers.items() if answer} == wanted
    assert found.header is not None
    assert found.header.scenario == checklist.scenarios[-1].id


@needs_libreoffice
@pytest.mark.full
def test_libreoffice_saves_the_same_answers_and_counts_the_engines_score(tmp_path: Path) -> None:
    """A workbook filled in elsewhere and saved there: the same answers, and the total of the engine."""
    made = [_filled(file, 100 + n, tmp_path) for n, file in enumerate(SHIPPED)]
    for (audit, _), path in zip(made, recalculated([path for _, path in made], tmp_path), strict=True):
        (path.parent / PHOTO).write_bytes(b"photo")
        assert _read(path, audit) == audit.answers, path
        if not audit.checklist.blind:
            assert _total(path) == _engine(audit), path


def _total(path: Path) -> float | None:
    book = load_workbook(path, data_only=True)
    sheet, _, cell = book.defined_names["TotalScore"].attr_text.rpartition("!")
    value = book[sheet.strip("'").strip("$")][cell.replace("$", "")].value
    return None if value in (None, "") else float(value)


def _engine(audit: Audit) -> float | None:
    total = score(audit).total
    return None if total is None else float(total)


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_a_blank_workbook_needs_no_value_for_a_formula(lang: str) -> None:
    """Design §7: what no formula can hold would be a value, and a value does not follow what is typed."""
    for file in SHIPPED[:: 9 if lang != "zh" else 4]:
        assert not prepare(unstarted(reader.read(file)), lang).compiled.exceptions, file


def test_the_same_checklist_gives_the_same_bytes() -> None:
    audit = unstarted(reader.read(SHIPPED[0]))
    assert as_blank(audit, "zh") == as_blank(audit, "zh")


def test_a_blind_checklist_tells_no_points() -> None:
    """Design §7: a blind copy holds no formula and no figure from which points could be read."""
    checklist = next(one for one in map(reader.read, SHIPPED) if one.blind)
    for sheet in _book(as_blank(unstarted(checklist), "zh")).worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type in ("f", "n") and cell.value is not None], sheet.title


def test_traps_are_asked_for() -> None:
    """What the shopper is asked although no report prints it stands in the workbook as on the paper form."""
    checklist = next(one for one in map(reader.read, SHIPPED) if any(item.trap for item in one.items()))
    trap = next(item for item in checklist.items() if item.trap)
    assert trap.id in prepare(unstarted(checklist), "zh").work.layout.items


def test_everything_but_the_inputs_is_locked() -> None:
    """Protected, so that nobody types over a formula by mistake."""
    for sheet in _book(as_blank(unstarted(reader.read(SHIPPED[0])), "zh")).worksheets:
        assert sheet.protection.sheet, sheet.title
        for row in sheet.iter_rows():
            assert all(cell.protection.locked for cell in row if cell.data_type == "f"), sheet.title


def test_a_started_visit_keeps_its_header_and_none_of_its_answers() -> None:
    audit, _ = visits.visit()
    assert emptied(audit).answers == {}
    book = _book(as_blank(audit, "zh"))
    words = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row}
    assert audit.header.branch_name in words


def _book(data: bytes) -> Any:
    from io import BytesIO

    return load_workbook(BytesIO(data))
