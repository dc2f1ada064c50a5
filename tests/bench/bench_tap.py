"""One tap against a bare append + fsync of the same number of bytes: through session, journal and score.

`tap repaint`: from the tap on a card's button until card, score and rail are painted anew, own share (the sync stubbed
at the write seam), against one bare repaint of the same card.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.pairs import Figure, pair

TAPS = 120


def figures() -> Iterator[Figure]:
    from PySide6.QtWidgets import QApplication

    from auditor.audit import Header
    from auditor.store import Store
    from checklists.library import find
    from ui.session import AuditSession

    QApplication.instance() or QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as made, Store.open(Path(made), write=True) as store:
        checklist = find("customer_journey")
        header = Header(kind="mystery", visited="2026-03-05T10:12:00+08:00", branch="7301001")
        opened = store.create(checklist, header)
        session = AuditSession(opened)
        items = [item for item in checklist.items() if item.kind == "choice" and not item.show_if][:20]
        repeated = {item.id for section, _ in checklist.walk() if section.repeat for item in section.items}
        items = [item for item in items if item.id not in repeated]
        journal = next(Path(made).glob("audits/*/*/journal.jsonl"))
        turn = 0

        def taps() -> float:
            nonlocal turn
            taken = []
            for number in range(TAPS):
                item = items[number % len(items)]
                option = item.options[(number // len(items) + turn) % len(item.options)]
                started = time.perf_counter()
                saved = session.answer(item.id, option.id)
                taken.append(time.perf_counter() - started)
                assert saved
            turn += 1
            return statistics.median(taken) * 1000

        taps()
        before = journal.stat().st_size
        taps()
        line = b"x" * ((journal.stat().st_size - before) // TAPS)
        bare = os.open(Path(made) / "bare", os.O_CREAT | os.O_APPEND | os.O_WRONLY)

        def appends() -> float:
            taken = []
            for _ in range(TAPS):
                started = time.perf_counter()
                os.write(bare, line)
                os.fsync(bare)
                taken.append(time.perf_counter() - started)
            return statistics.median(taken) * 1000

        yield pair("tap", taps, appends, peer_name="append+fsync", bar=2.0)
        os.close(bare)
        session.close()
        replayed = store.read(session.audit.id)
        assert replayed.answers == session.audit.answers, "every answer is recovered by replay"
    yield _repainted()


def _repainted() -> Figure:
    from PySide6.QtWidgets import QAbstractButton, QApplication

    from auditor.audit import Header
    from auditor.store import Store, files
    from tests.bench.bench_cards import _checklist
    from ui.capture.page import CapturePage
    from ui.look import style
    from ui.session import AuditSession

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, "light", 100)
    real, files.sync = files.sync, lambda _handle: None
    try:
        with tempfile.TemporaryDirectory() as made, Store.open(Path(made), write=True) as store:
            opened = store.create(_checklist(), Header(kind="self", visited="2026-03-05T10:12:00+08:00"))
            session = AuditSession(opened)
            page = CapturePage(session)
            page.resize(1280, 800)
            page.show()
            app.processEvents()
            card = page.column.cards["q1"]
            buttons = [one for one in card.findChildren(QAbstractButton) if one.text() in ("yes", "partly", "no")]

            def tap() -> float:
                taken = []
                for number in range(TAPS):
                    button = buttons[number % len(buttons)]
                    started = time.perf_counter()
                    button.click()
                    app.processEvents()
                    taken.append(time.perf_counter() - started)
                    assert session.current("q1").value == button.text()
                return statistics.median(taken) * 1000

            def bare() -> float:
                taken = []
                for _ in range(TAPS):
                    started = time.perf_counter()
                    card.repaint()
                    taken.append(time.perf_counter() - started)
                return statistics.median(taken) * 1000

            figure = pair("tap repaint", tap, bare, peer_name="bare repaint of the same card", bar=2.0)
            page.close()
            session.close()
    finally:
        files.sync = real
    return figure
