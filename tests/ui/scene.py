"""A checklist with every kind of item, and an audit of it opened as the window opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.audit import Header
from auditor.checklist import Checklist
from auditor.checklist.model import Item
from auditor.store import Store
from ui.main_window import MainWindow
from ui.session import AuditSession

Opener = Callable[[], MainWindow]
"""Opens a window on the module's data folder."""


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


YES_PARTLY_NO: list[dict[str, Any]] = [
    {"id": "yes", "text": both("符合", "Yes")},
    {"id": "partly", "text": both("部分符合", "Partly"), "deduct": "1"},
    {"id": "no", "text": both("不符合", "No"), "share": "0"},
]
FAULTS = [
    {"id": "seated", "text": both("坐着招呼", "stayed seated")},
    {"id": "typing", "text": both("边操作电脑边说话", "typed while talking")},
]
KINDS: dict[str, dict[str, Any]] = {
    "choice": {"options": YES_PARTLY_NO, "faults": FAULTS, "points": "3"},
    "multi": {
        "points": "5",
        "options": [
            {"id": "none", "text": both("无问题", "No fault"), "exclusive": True},
            {"id": "things", "text": both("有私人物品", "private things"), "deduct": "1"},
            {
                "id": "papers",
                "text": both("客户资料外露", "papers in sight"),
                "deduct": "5",
                "critical": [{"cap": "59.9"}],
            },
        ],
    },
    "occurrences": {"points": "4", "unit": "0.5"},
    "number": {"measure": both("人", "people"), "required": False},
    "rating": {"points": "5"},
    "duration": {
        "points": "3",
        "bands": [{"up_to": "15", "share": "1"}, {"up_to": "30", "deduct": "1"}, {"else": True, "share": "0"}],
    },
    "time": {"required": False},
    "text": {"required": False},
    "date": {"required": False},
    "photo": {"required": False},
    "signature": {"required": False},
    "info": {},
}


def item(kind: str, **more: Any) -> Item:
    """One item of a kind, called by it."""
    about = {"id": f"q_{kind}", "kind": kind, "text": both(f"项目{kind}", f"Item {kind}")}
    return Item.model_validate({**about, **KINDS[kind], **more})


def checklist(**more: Any) -> Checklist:
    """Three sections: every kind; a condition, a cascade and a veto; one per teller."""
    first = [
        {"kind": kind, "id": f"q_{kind}", "text": both(f"项目{kind}", kind), **said} for kind, said in KINDS.items()
    ]
    yes, _, no = YES_PARTLY_NO
    chosen = [
        {
            "id": "greets",
            "text": both("起立迎接", "Stands up"),
            "points": "4",
            "options": [yes, {**no, "lose": ["smiles"]}],
        },
        {"id": "why", "text": both("为何未起立", "Why not"), "show_if": "greets = 'no'", "options": [yes, no]},
        {"id": "smiles", "text": both("微笑", "Smiles"), "points": "2", "options": [yes, no]},
        {
            "id": "signs",
            "text": both("未代客户签字", "Signs nothing"),
            "points": "4",
            "options": [yes, {**no, "critical": ["fail"]}],
        },
        *(
            {"id": f"more{n}", "text": both(f"其他{n}", f"More {n}"), "points": "1", "options": [yes, no]}
            for n in range(8)
        ),
    ]
    teller = {
        "id": "teller",
        "title": both("柜员服务", "Tellers"),
        "repeat": {
            "min": 1,
            "max": 3,
            "title": both("柜员", "Teller"),
            "header": [{"id": "window", "text": both("窗口号", "Window")}],
        },
        "items": [{"id": "hands", "text": both("双手递接", "Both hands"), "points": "2", "options": [yes, no]}],
    }
    sections = [
        {"id": "kinds", "title": both("全部题型", "All kinds"), "items": first},
        {"id": "hall", "title": both("厅堂", "Hall"), "items": chosen},
        teller,
    ]
    title = both("网点服务检查表", "Branch service")
    return Checklist.model_validate({"id": "scene", "version": "1", "title": title, "sections": sections, **more})


def header(**more: Any) -> Header:
    said = {"kind": "mystery", "visited": "2026-03-05T10:00:00+08:00", "branch": "7301001", "branch_name": "城东支行"}
    return Header(**{**said, "shopper": "青松", **more})


@contextmanager
def open_session(folder: Path, audit: str = "", **more: Any) -> Iterator[AuditSession]:
    """A new audit, or the one named, in a data folder of its own."""
    with Store.open(folder, write=True) as store:
        session = AuditSession(store.open_audit(audit) if audit else store.create(checklist(**more), header()))
        yield session
        session.close()


def settle(times: int = 4) -> None:
    """Let everything asked for happen, what runs on other threads too."""
    from PySide6.QtTest import QTest

    from ui import background

    for _ in range(times):
        QApplication.processEvents()
    for _ in range(500):
        if background.idle():
            break
        QTest.qWait(10)
    QApplication.processEvents()


def rest(qtbot: QtBot) -> None:
    """Wait until nothing is under way, and everything it brought is shown."""
    from ui import background

    qtbot.waitUntil(background.idle, timeout=30_000)
    settle(1)
