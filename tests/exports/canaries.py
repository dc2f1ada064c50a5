"""Marked strings in every field of an audit that tells who the shopper was, and every byte of a report to look in."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from PIL import Image
from pypdf import PdfReader

from auditor.audit import Answer, Audit, Clip, Duty, Finding, Header, Jot, Photo, Praise, Reason, split_path
from auditor.checklist.model import Item
from auditor.scoring import score
from auditor.store.history import Edit, Entry
from exports.csv import as_csv
from exports.names import stem
from exports.pdf.document import as_json, render
from exports.report import build
from exports.xlsx.reply import as_reply
from exports.xlsx.workbook import as_xlsx
from tests.exports.pdf_text import inflated, whole
from tests.exports.random_checklists import random_audit, random_checklist
from tests.exports.visits import visit

COVERT = ("mystery", "telephone", "revisit")
CODES = ("utf-8", "utf-16-le", "utf-16-be", "gbk")


@dataclass(frozen=True)
class Planted:
    """A covert visit, its photos by SHA-256, its history, and the strings that no branch may ever see."""

    audit: Audit
    photos: dict[str, bytes]
    history: tuple[Entry, ...]
    marks: dict[str, str]
    """By the field they were planted in."""


class _Planter:
    def __init__(self, dice: random.Random, audit: Audit) -> None:
        self.dice, self.audit = dice, audit
        self.marks: dict[str, str] = {}
        self.photos: dict[str, bytes] = {}
        self.alias = self.mark("alias")
        self.minute = f"{dice.randrange(8, 18):02}:{dice.randrange(41, 60):02}"
        """In no text of the visits themselves."""
        self.marks["clock"] = self.minute
        self.items = {item.id: item for item in audit.checklist.items()}

    def mark(self, field: str) -> str:
        """A string that no other field has, and that GBK can write."""
        return self.marks.setdefault(field, f"CANARY{self.dice.randrange(10**12):012}牌")

    def told(self, field: str = "") -> str:
        """Words a branch may read, but for who wrote them and when."""
        shown = self.dice.choice((self.alias, self.alias.lower()))
        return f"{field}由{shown}于{self.minute}看到，{self.minute}离开"

    def photo(self, inside: bool = False) -> Photo:
        data = picture(self.mark("device"), self.mark("place"))
        name = hashlib.sha256(data).hexdigest()
        self.photos[name] = data
        caption = self.mark("kept_caption") if inside else self.told("图")
        return Photo(name, f"{self.mark('photo_name')}.jpg", caption, f"2026-03-05T{self.minute}:31", inside)

    def answer(self, path: str, old: Answer) -> Answer:
        item = self.items.get(split_path(path)[2])
        inside = self.dice.random() < 0.3
        drawn = item is not None and item.kind == "signature"
        shots = [self.photo(inside)] if drawn or self.dice.random() < 0.15 else []
        return replace(
            old,
            value=self.value(item, old.value),
            note=self.told("备注") if self.dice.random() < 0.7 else old.note,
            reasons=(*old.reasons, Reason(self.told("因"), self.minute, self.told("处"), self.told("岗"))),
            photos=tuple(shots),
            clips=(Clip("0" * 64, self.mark("clip"), "audio", "00:41", self.mark("clip_caption")),),
        )

    def value(self, item: Item | None, value):
        if item is None:
            return self.told("栏") if isinstance(value, str) and ":" not in value else value
        if item.kind == "time":
            return self.minute
        if item.kind == "signature":
            return self.mark("signature")
        if item.kind == "text":
            withheld = item.trap or not item.scored
            return self.mark("ticket" if withheld else "") if withheld else self.told()
        return value

    def header(self, old: Header) -> Header:
        return replace(
            old,
            kind=self.dice.choice(COVERT),
            shopper=self.alias,
            scenario=self.mark("scenario"),
            visited=f"2026-03-05T{self.minute}:17+08:00",
            left=f"2026-03-05T18:{self.dice.randrange(41, 60)}:43+08:00",
            summary=self.told("评"),
            highlights=(self.told("亮点"),),
            praises=(Praise(f"0123号{self.alias}", self.told("表扬")),),
            narrative=self.told("经过"),
            acknowledged=f"2026-03-05T{self.minute}:07+08:00",
        )

    def jots(self) -> dict[str, Jot]:
        at = f"2026-03-05T{self.minute}:23+08:00"
        return {
            "j1": Jot("note", at, text=self.mark("jot")),
            "j2": Jot("stamp", at, "ticket", proof="ticket"),
            "j3": Jot("timing", at, self.mark("jot_name"), "18.3"),
            "j4": Jot("photo", at, text=self.mark("jot_photo"), photo=self.photo()),
        }

    def finding(self) -> Finding:
        words = {one: self.told(one) for one in ("required", "measure", "owner", "checked_by", "remark")}
        return Finding(**words, due="2026-04-05", photos_before=(self.photo(), self.photo(inside=True)))

    def duties(self) -> dict[str, Duty]:
        signed = f"2026-03-05T{self.minute}:37+08:00"
        return {
            one.id: Duty(self.mark("duty"), self.mark("duty_signature"), signed, self.photo(inside=True))
            for one, _ in self.audit.checklist.walk()
        }

    def history(self) -> tuple[Entry, ...]:
        edit = Edit("slips", self.mark("edited"), self.mark("before"), self.mark("after"))
        return (Entry(1, f"2026-03-05T{self.minute}:11+08:00", "s", self.mark("who"), "answer", (edit,)),)


def plant(dice: random.Random) -> Planted:
    """A random visit of a random or a believable checklist, marked."""
    if dice.random() < 0.5:
        audit, _ = visit()
    else:
        audit = random_audit(dice, random_checklist(dice))
    planter = _Planter(dice, audit)
    answers = {path: planter.answer(path, one) for path, one in audit.answers.items()}
    second = f"{planter.minute}:59"
    tail = f"{dice.randrange(16**6):06x}"
    marked = replace(
        audit,
        id=f"20260305T{planter.minute.replace(':', '')}59Z-{tail}",
        created=f"2026-03-05T{second}+08:00",
        header=planter.header(audit.header),
        answers=answers,
        findings={path: planter.finding() for path in answers if dice.random() < 0.3},
        jots=planter.jots(),
        duties=planter.duties(),
    )
    planter.marks |= {
        "id": marked.id,
        "created": second,
        "left": marked.header.left[11:16],
        "device_exif": "CanaryPhone",
    }
    return Planted(marked, planter.photos, planter.history(), {name: one for name, one in planter.marks.items() if one})


@cache
def picture(device: str, place: str) -> bytes:
    """A JPEG straight from a camera: who made it, where and when stand in it."""
    image = Image.new("RGB", (240, 180), (90, 120, 140))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x9C9B] = "CanaryPhone", f"CanaryPhone {device[:18]}", place.encode("utf-16-le")
    exif[0x0132] = "2026:03:05 14:59:01"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"CanaryPhone")
    return out.getvalue()


def reports(planted: Planted, copy: str, lang: str, **options) -> Iterator[tuple[str, bytes]]:
    """Every byte of every file of one copy, packed parts unpacked: (what, bytes)."""
    audit = planted.audit
    points = score(audit)
    made = build(audit, points, copy=copy, lang=lang, history=planted.history, **options)
    pdf = render(made, planted.photos.get)
    yield "pdf", inflated(pdf)
    reader = PdfReader(io.BytesIO(pdf))
    told = [*map(str, (reader.metadata or {}).values()), repr(reader.outline)]
    told += [one.decode() for several in reader.attachments.values() for one in several]
    yield "pdf read", "\n".join(told).encode()
    with zipfile.ZipFile(io.BytesIO(as_xlsx(made, audit, points, planted.photos.get))) as package:
        yield "xlsx", b"\n".join(one.encode() + package.read(one) for one in package.namelist())
    if made.layout == "rectification":
        with zipfile.ZipFile(io.BytesIO(as_reply(made, audit, points))) as package:
            yield "reply", b"\n".join(one.encode() + package.read(one) for one in package.namelist())
    yield "csv", as_csv(made)
    yield "json", as_json(made)
    yield "name", stem(made).encode()


def words(planted: Planted, copy: str, lang: str) -> str:
    """The text of the PDF as a reader sees it."""
    audit = planted.audit
    made = build(audit, score(audit), copy=copy, lang=lang, history=planted.history)
    return whole(render(made, planted.photos.get))
