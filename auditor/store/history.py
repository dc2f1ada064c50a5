"""Who changed what from what: the journal read for people (design §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from auditor.audit import Answer, Finding, Header, Praise, split_path
from auditor.checklist.model import Checklist, Item
from auditor.kinds import KINDS
from auditor.store.journal import Fold, Reading
from auditor.store.lines import Doc, Line
from auditor.store.records import RECORDS, duty_of, finding_of, jot_of
from auditor.store.rows import answer_of, header_of
from auditor.words import tr


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that became another; texts in the language in force, "" for nothing."""

    path: str
    """A path of an answer, `header/<field>`, a repeating section's id, or `state`."""
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal."""

    seq: int
    at: str
    """Local time with offset."""
    session: str
    who: str
    what: str
    edits: tuple[Edit, ...]
    erased: int = 0
    """How many personal texts were erased from this line."""

    def as_json(self) -> dict[str, Any]:
        """The shape that `history --json` prints."""
        edits = [{"path": one.path, "before": one.before, "after": one.after} for one in self.edits]
        row = {"seq": self.seq, "at": self.at, "session": self.session, "who": self.who, "what": self.what}
        return {**row, "erased": self.erased, "changes": edits}

    def text(self) -> str:
        """The entry as a person reads it, one line per change."""
        head = tr(
            "store.history.entry", seq=self.seq, at=self.at[:19].replace("T", " "), what=self.title(), who=self.who
        )
        lines = [
            tr("store.history.edit", title=one.title, before=one.before or "–", after=one.after or "–")
            for one in self.edits
        ]
        return "\n".join([head.rstrip(), *(f"    {line}" for line in lines)])

    def title(self) -> str:
        return tr(f"store.gesture.{self.what}", default=self.what)


def entries(reading: Reading, checklist: Checklist) -> list[Entry]:
    """Every sound line as an entry, oldest first."""
    state, found = Fold(), []
    items = {item.id: item for item in checklist.items()}
    for line in reading.lines:
        found.append(_entry(line, state, items, checklist))
        state.take(line.body.seq, line.body.what, line.rows)
    return found


def _entry(line: Line, state: Fold, items: Mapping[str, Item], checklist: Checklist) -> Entry:
    edits: list[Edit] = []
    for (table, id_), row in line.rows.items():
        before = state.rows.get(table, {}).get(id_)
        if table == "answers":
            _, number, name = split_path(id_)
            item = items.get(name)
            title = f"{item.text}{f' #{number}' if number else ''}" if item else _field_title(id_, checklist)
            edits.append(Edit(id_, title, _shown(item, before), _shown(item, row)))
        elif table in RECORDS:
            edits.append(_record_edit(table, id_, before, row, checklist))
        elif table == "instances":
            edits.append(Edit(id_, _section_title(id_, checklist), _numbers(before), _numbers(row)))
        elif id_ == "header":
            edits += _header_edits(before, row, checklist)
        elif id_ == "state":
            edits.append(Edit("state", tr("store.history.state"), _state(before), _state(row)))
    body = line.body
    return Entry(body.seq, body.at, body.session, line.who, body.what, tuple(edits), line.erased)


def _record_edit(table: str, id_: str, before: Doc | None, after: Doc | None, checklist: Checklist) -> Edit:
    """A finding, a jot or a duty, all it says in one line."""
    titles = {item.id: str(item.text) for item in checklist.items()}
    titles |= {section.id: str(section.title) for section, _ in checklist.walk()}
    about = titles.get(split_path(id_)[2], id_)
    title = tr(f"store.history.{table}", title=about)
    return Edit(f"{table}/{id_}", title, *(_record(table, row) if row else "" for row in (before, after)))


def _record(table: str, row: Doc) -> str:
    if table == "jots":
        jot = jot_of(row)
        name = tr(f"store.stamp.{jot.name}", default=jot.name) if jot.name else ""
        parts = [jot.at[:19].replace("T", " "), name, f"{jot.seconds} s" if jot.seconds else "", jot.text]
    elif table == "duties":
        duty = duty_of(row)
        parts = [duty.person, tr("store.history.signed") if duty.signed else ""]
    else:
        finding = finding_of(row)
        parts = [
            tr("store.history.field", title=tr(f"store.finding.{field.name}"), text=getattr(finding, field.name))
            for field in fields(Finding)
            if isinstance(getattr(finding, field.name), str) and getattr(finding, field.name)
        ]
    if photos := row.get("photos"):
        parts.append(tr("store.history.photos", count=len(photos)))
    return tr("common.semicolon").join(filter(None, parts))


def _shown(item: Item | None, row: Doc | None) -> str:
    """An answer as a person reads it: value, note, reasons, photos."""
    if row is None:
        return ""
    answer = answer_of(row)
    parts = [tr(f"common.na.{answer.na}") if answer.na else _value(item, answer), answer.note]
    parts += [" ".join(filter(None, (one.time, one.place, one.post, one.text))) for one in answer.reasons]
    if answer.photos:
        parts.append(tr("store.history.photos", count=len(answer.photos)))
    parts += [f"{one.name} {one.at} {one.caption}".strip() for one in answer.clips]
    if answer.flagged:
        parts.append(tr("store.history.flagged"))
    return tr("common.semicolon").join(filter(None, parts))


def _value(item: Item | None, answer: Answer) -> str:
    if answer.value is None:
        return ""
    return KINDS[item.kind].show(item, answer.value) if item else str(answer.value)


def _section_title(id_: str, checklist: Checklist) -> str:
    return next((str(section.title) for section, _ in checklist.walk() if section.id == id_), id_)


def _field_title(path: str, checklist: Checklist) -> str:
    """The header field of an instance: which instance of what, and which field."""
    section, number, name = split_path(path)
    owner = next((one for one, _ in checklist.walk() if one.id == section), None)
    fields_ = owner.repeat.header if owner is not None and owner.repeat is not None else ()
    text = next((str(one.text) for one in fields_ if one.id == name), name)
    return f"{_section_title(section, checklist)} #{number} {text}" if owner is not None else path


def _header_edits(before: Doc | None, after: Doc | None, checklist: Checklist) -> list[Edit]:
    old, new = header_of(before) if before else None, header_of(after) if after else None
    found = []
    for field in fields(Header):
        texts = [_said(field.name, getattr(one, field.name), checklist) if one else "" for one in (old, new)]
        if texts[0] != texts[1]:
            title = tr(f"store.header.{field.name}", default=field.name)
            found.append(Edit(f"header/{field.name}", title, texts[0], texts[1]))
    return found


def _said(field: str, value: str | tuple[str | Praise, ...], checklist: Checklist) -> str:
    """A field of the header in words: no code, no machine's way to write a time."""
    if not isinstance(value, str):
        said = (one if isinstance(one, str) else f"{one.person} {one.text}".strip() for one in value)
        return tr("common.semicolon").join(said)
    if field == "kind":
        return tr(f"common.kind.{value}", default=value)
    if field in ("visited", "left", "acknowledged"):
        return value[:16].replace("T", " ")
    if field == "scenario":
        return next((str(one.title) for one in checklist.scenarios if one.id == value), value)
    return value


def _numbers(row: Doc | None) -> str:
    return ", ".join(f"#{n}" for n in row["numbers"]) if row else ""


def _state(row: Doc | None) -> str:
    state = tr(f"common.state.{row['state'] if row else 'draft'}")
    return f"{state} {row['why']}" if row and row.get("why") else state
