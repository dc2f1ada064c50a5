"""A visit as the fault tests play it: a small checklist, random gestures, and what was acknowledged."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from auditor.audit import Answer, Audit, Duty, Finding, Header, Jot, Reason
from auditor.checklist import Checklist
from auditor.store import OpenAudit, Store, photos

YES_NO = [
    {"id": "yes", "text": {"zh": "是", "en": "Yes"}},
    {"id": "no", "text": {"zh": "否", "en": "No"}, "share": "0"},
]


def small_checklist(items: int = 6) -> Checklist:
    """Choices, a number, a duration, a text, and a section repeated per teller."""
    choices = [{"id": f"q{n}", "text": f"问题{n}", "points": "10", "options": YES_NO} for n in range(items)]
    others = [
        {"id": "queue", "kind": "number", "text": "排队人数", "required": False},
        {"id": "wait", "kind": "duration", "text": "等候时长", "required": False},
        {"id": "remark", "kind": "text", "text": "备注", "required": False},
    ]
    teller = {
        "id": "teller",
        "title": {"zh": "柜员", "en": "Teller"},
        "repeat": {"min": 1, "max": 4, "header": [{"id": "window", "text": {"zh": "窗口号", "en": "Window"}}]},
        "items": [{"id": "smile", "text": "微笑", "points": "5", "options": YES_NO}],
    }
    hall = {"id": "hall", "title": {"zh": "厅堂", "en": "Hall"}, "items": [*choices, *others]}
    return Checklist.model_validate(
        {"id": "small", "version": "1", "title": {"zh": "小表", "en": "Small"}, "sections": [hall, teller]}
    )


def header(**said: Any) -> Header:
    return Header(**{"kind": "mystery", "visited": "2026-03-05T10:00:00+08:00", "branch": "7301001", **said})


def fill_all(opened: OpenAudit, value: str = "yes") -> None:
    """Answer whatever scored."""
    answers = {item.id: Answer(value) for item in opened.audit.checklist.sections[0].items if item.points is not None}
    answers |= {f"teller#{n}/smile": Answer(value) for n in opened.audit.instances["teller"]}
    opened.apply(answers)


def picture(colour: str = "red", size: tuple[int, int] = (40, 30), kind: str = "JPEG") -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


KINDS = {
    "any": [8, 2, 2, 2, 2, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1],
    "answer": [4, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "fill": [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "header": [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    "photo": [1, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 1, 1],
    "undo": [3, 0, 0, 0, 1, 0, 0, 0, 4, 2, 0, 0, 0, 0, 0],
    "records": [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 3, 3, 3, 0, 0],
}
"""How often each gesture comes, by kind of operation."""


def gestures(dice: random.Random, count: int, kind: str = "any") -> Iterator[Callable[[OpenAudit], object]]:
    """Random gestures; the same dice give the same ones."""
    for number in range(count):
        yield dice.choices(
            [
                _answering(f"q{dice.randrange(6)}", _answer(dice, number)),
                _answering("queue", Answer(Decimal(dice.randrange(50)))),
                _answering("wait", Answer(Decimal(dice.randrange(9000)) / 10)),
                _answering("remark", Answer("现场" * dice.randrange(1, 30) + str(number))),
                _answering(f"teller#{dice.randrange(1, 4)}/smile", Answer(dice.choice(["yes", "no"]))),
                _filling({f"q{n}": _answer(dice, number) for n in range(6)}),
                _heading(f"城东{number}"),
                _photographing(dice.choice(["red", "green", "blue"])),
                lambda opened: opened.undo(),
                lambda opened: opened.redo(),
                _finding(f"q{dice.randrange(6)}", Finding("立即整改", owner=f"柜员{number}", due="2026-04-01")),
                _jotting(Jot("stamp", f"2026-03-05T10:{dice.randrange(60):02}:00+08:00", "called", text=f"{number}号")),
                _sharing(Duty(f"李{number}", "签名" * dice.randrange(9))),  # signed, it would lock what others change
                _marking(dice.choice(["navy", "olive"]), blurred=False),
                _marking(dice.choice(["navy", "olive"]), blurred=True),
            ],
            weights=KINDS[kind],
        )[0]


def _answer(dice: random.Random, number: int) -> Answer:
    note = "备注" * dice.randrange(0, 40) + str(number)
    return Answer(dice.choice(["yes", "no"]), note=note, reasons=(Reason("未起立", "10:12", "3号窗口"),))


def _answering(path: str, answer: Answer) -> Callable[[OpenAudit], object]:
    return lambda opened: opened.answer(path, answer)


def _filling(answers: dict[str, Answer | None]) -> Callable[[OpenAudit], object]:
    return lambda opened: opened.apply(answers)


def _heading(name: str) -> Callable[[OpenAudit], object]:
    return lambda opened: opened.set_header(header(branch_name=name, shopper="青松"))


def _photographing(colour: str) -> Callable[[OpenAudit], object]:
    return lambda opened: opened.add_photo("q0", picture(colour), f"{colour}.jpg")


def _finding(path: str, finding: Finding) -> Callable[[OpenAudit], object]:
    return lambda opened: opened.set_findings({path: finding})


def _jotting(jot: Jot) -> Callable[[OpenAudit], object]:
    return lambda opened: opened.jot(jot)


def _marking(colour: str, blurred: bool) -> Callable[[OpenAudit], object]:
    """What was drawn on the first photo of q0, if there is one."""

    def mark(opened: OpenAudit) -> None:
        named = opened.audit.answers.get("q0", Answer()).photos
        if named and opened.audit.state == "draft":
            opened.replace_photo(named[0].sha256, photos.load(picture(colour)), blurred=blurred)

    return mark


def _sharing(duty: Duty) -> Callable[[OpenAudit], object]:
    return lambda opened: opened.set_duties({"hall": duty})


@dataclass(frozen=True)
class Seen:
    """What a person would see of an audit."""

    header: Header
    answers: dict[str, Answer]
    instances: dict[str, tuple[int, ...]]
    state: str
    findings: dict[str, Finding] = field(default_factory=dict)
    jots: dict[str, Jot] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)


def seen(audit: Audit) -> Seen:
    records = (dict(audit.findings), dict(audit.jots), dict(audit.duties))
    return Seen(audit.header, dict(audit.answers), dict(audit.instances), audit.state, *records)


def the_one(folder: Path) -> str:
    """The id of the only audit of a data folder; "" when there is none."""
    with Store.open(folder) as store:
        return next(iter(store.library.ids()), "")
