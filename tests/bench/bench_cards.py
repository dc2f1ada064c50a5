"""A page of 150 item cards against 150 bare rows of four buttons: built, laid out and painted once."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from auditor.checklist import Checklist
from tests.bench.pairs import Figure, pair

ROWS = 150


def _checklist() -> Checklist:
    options = [{"id": name, "text": name} for name in ("yes", "partly", "no")]
    items = [{"id": f"q{n}", "text": f"Item {n}", "points": "2", "options": options} for n in range(ROWS)]
    sections = [{"id": "s", "title": "s", "items": items}]
    return Checklist.model_validate({"id": "c", "version": "1", "title": "c", "sections": sections})


def figures() -> Iterator[Figure]:
    from PySide6.QtWidgets import QApplication

    from auditor.audit import Header
    from auditor.store import Store
    from ui.capture.page import CapturePage
    from ui.cards.item_card import ItemCard
    from ui.look import style
    from ui.session import AuditSession

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    style.apply(app, "light", 100)
    command = [sys.executable, "-m", "tests.bench.bare_rows"]
    pipe = subprocess.PIPE
    with (
        tempfile.TemporaryDirectory() as made,
        Store.open(Path(made), write=True) as store,
        subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as bare_rows,
    ):
        assert bare_rows.stdin is not None
        assert bare_rows.stdout is not None
        opened = store.create(_checklist(), Header(kind="self", visited="2026-03-05T10:12:00+08:00"))
        session = AuditSession(opened)

        def ours() -> float:
            started = time.perf_counter()
            page = CapturePage(session)
            page.resize(1280, 800)
            page.show()
            app.processEvents()
            while len(page.findChildren(ItemCard)) < ROWS:
                app.processEvents()
            page.grab()
            taken = time.perf_counter() - started
            page.close()
            page.deleteLater()
            app.processEvents()
            return taken * 1000

        def bare() -> float:
            print(file=bare_rows.stdin, flush=True)
            return float(bare_rows.stdout.readline())

        yield pair("cards", ours, bare, peer_name="150 bare rows of four buttons", bar=3.0)
        session.close()
        bare_rows.stdin.close()
