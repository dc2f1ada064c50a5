"""How answers, header and state of an audit stand in its tables, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from auditor.audit import Answer, Audit, Header, Praise, Reason, Value
from auditor.checklist import snapshot
from auditor.checklist.model import Checklist, Kind
from auditor.store.evidence import clean_clip, clean_photo, clips_of, photo_fields, photos_of
from auditor.store.lines import Doc
from auditor.store.records import RECORDS
from auditor.text import clean_text

Tables = Mapping[str, Mapping[str, Doc]]
Docs = dict[str, Doc | None]
"""Rows of one table by id; None takes one away."""
_FREE: frozenset[Kind] = frozenset({"text", "signature"})


def clean_answer(answer: Answer) -> Answer:
    """The answer with all its text through the gate. Raises `answer.too_long`."""
    value = _clean(answer.value) if isinstance(answer.value, str) else answer.value
    if value is answer.value and not (answer.note or answer.reasons or answer.photos or answer.clips):
        return answer
    return Answer(
        value,
        answer.na,
        _clean(answer.note),
        tuple(Reason(_clean(r.text), _clean(r.time), _clean(r.place), _clean(r.post)) for r in answer.reasons),
        tuple(clean_photo(one) for one in answer.photos),
        answer.flagged,
        tuple(clean_clip(one) for one in answer.clips),
    )


def clean_header(header: Header) -> Header:
    """The header with all its text through the gate. Raises `answer.too_long`."""
    names = [f.name for f in fields(Header) if f.name not in ("kind", "highlights", "praises")]
    text: dict[str, Any] = {name: _clean(getattr(header, name)) for name in names}
    praises = tuple(Praise(_clean(one.person), _clean(one.text)) for one in header.praises)
    return replace(header, highlights=tuple(_clean(one) for one in header.highlights), praises=praises, **text)


def _clean(text: str) -> str:
    return clean_text(text) if text else text


def answer_row(answer: Answer, kind: Kind | None) -> Doc | None:
    """An answer as a row; None when there is nothing in it. `kind` is None for a header field of an instance;
    these and free texts are personal, and called `text`."""
    row: Doc = {}
    if answer.value not in (None, ""):
        row["text" if kind is None or kind in _FREE else "value"] = _plain(answer.value)
    if answer.na:
        row["na"] = answer.na
    if answer.note:
        row["note"] = answer.note
    if answer.reasons:
        row["reasons"] = [[one.text, one.time, one.place, one.post] for one in answer.reasons]
    if answer.photos:
        row |= photo_fields(answer.photos)
    if answer.flagged:
        row["flagged"] = True
    if answer.clips:
        row["clips"] = [[one.sha256, one.name, one.kind, one.at, one.caption] for one in answer.clips]
    return row or None


def answer_of(row: Doc) -> Answer:
    """The answer a row holds; what was erased from it is empty."""
    return Answer(
        _value(row.get("value", row.get("text"))),
        row.get("na"),
        row.get("note", ""),
        tuple(Reason(*one) for one in row.get("reasons", ())),
        photos_of(row),
        row.get("flagged", False),
        clips_of(row),
    )


def header_row(header: Header) -> Doc:
    """A header as a row, without its empty fields."""
    row = {f.name: getattr(header, f.name) for f in fields(Header)}
    row["praises"] = [[one.person, one.text] for one in header.praises]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items() if value}


def header_of(row: Doc) -> Header:
    """The header a row holds."""
    known = {f.name for f in fields(Header)}
    values: dict[str, Any] = {"visited": ""} | {name: value for name, value in row.items() if name in known}
    values["highlights"] = tuple(values.get("highlights", ()))
    values["praises"] = tuple(Praise(*one) for one in values.get("praises", ()))
    return Header(**values)


def audit_of(tables: Tables, read_only: str = "", damaged: bool = False, listed: bool = False) -> Audit:
    """The audit that the tables hold. Raises KeyError, TypeError or ValueError when they hold none.

    One that is only `listed` comes without its answers where its figures are frozen (S9), but for those of faults put
    right on the spot.
    """
    visit = tables["visit"]
    about, state = visit["about"], visit.get("state", {})
    frozen = listed and not damaged and state.get("state") == "finished" and state.get("score")
    read = ("findings",) if frozen else ("answers", "instances", *RECORDS)
    audit = Audit(
        id=about["id"],
        header=header_of(visit["header"]),
        checklist=_checklist(_Snapshot(about["checklist"], visit["checklist"])),
        checklist_hash=about["checklist"],
        created=about["created"],
        read_only=read_only,
    )
    rows = {name: tables[name] for name in read if name in tables}
    if frozen:
        rows["answers"] = {
            id_: row for id_, row in tables.get("answers", {}).items() if "after" in row.get("stages", ())
        }
    whole = changed(audit, rows | {"visit": {"state": state}})
    return replace(whole, state="damaged") if damaged else whole


def changed(audit: Audit, changes: Mapping[str, Mapping[str, Doc | None]]) -> Audit:
    """The audit after changes of its rows."""
    new: dict[str, Any] = {}
    if changes.get("answers"):
        answers = dict(audit.answers)
        for path, row in changes["answers"].items():
            if row is None:
                answers.pop(path, None)
            else:
                answers[path] = answer_of(row)
        new["answers"] = answers
    if changes.get("instances"):
        numbers = {section: tuple(row["numbers"]) if row else () for section, row in changes["instances"].items()}
        new["instances"] = {**audit.instances, **numbers}
    for name, read in RECORDS.items():
        if changes.get(name):
            known = {**getattr(audit, name), **{id_: read(row) for id_, row in changes[name].items() if row}}
            gone = {id_ for id_, row in changes[name].items() if row is None}
            new[name] = {id_: one for id_, one in known.items() if id_ not in gone}
    for id_, row in changes.get("visit", {}).items():
        if id_ == "header" and row:
            new["header"] = header_of(row)
        if id_ == "state" and row:
            new |= {"state": row["state"], "revision": row["revision"], "frozen_score": row.get("score")}
            new["set_aside"] = frozenset(row.get("set_aside", ()))
    return audit.with_answers(new["answers"]) if new.keys() == {"answers"} else replace(audit, **new)


class _Snapshot:
    """A checklist's snapshot, told from others by the hash that its audit names: reading it again costs nothing."""

    def __init__(self, fingerprint: str, doc: Doc) -> None:
        self.fingerprint = fingerprint
        self.doc = doc

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Snapshot) and other.fingerprint == self.fingerprint


@lru_cache(maxsize=64)
def _checklist(named: _Snapshot) -> Checklist:
    text = json.dumps(named.doc, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if hashlib.sha256(text.encode()).hexdigest() != named.fingerprint:
        raise ValueError("the snapshot is not the one that was hashed")
    return snapshot.load(named.doc)


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return list(value) if isinstance(value, tuple) else value


def _value(value: Any) -> Value:
    if isinstance(value, dict):
        return Decimal(value["decimal"])
    return tuple(value) if isinstance(value, list) else value
