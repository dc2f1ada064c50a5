"""A page of 150 item cards against 150 bare rows of four buttons: built, laid out and painted once.

`cards`: the page stands, every card at its place and measured, those in sight whole. The buttons of a card out of
sight are made when it is seen, asked for by key or search, or when the program has time: `cards whole` goes on until
the last button of the last card is made. `sections` switches to a section of these cards on a page that stands.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.checklist import Checklist
from tests.bench.pairs import Figure, pair

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.capture.page import CapturePage

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

        def shown(whole: bool) -> float:
            started = time.perf_counter()
            page = CapturePage(session)
            page.resize(1280, 800)
            page.show()
            app.processEvents()
            if whole:
                page.column.wake_all()
            page.grab()
            taken = time.perf_counter() - started
            assert len(page.column.cards) == ROWS
            assert not (whole and page.column.asleep)
            page.close()
            page.deleteLater()
            app.processEvents()
            return taken * 1000

        def bare() -> float:
            print(file=bare_rows.stdin, flush=True)
            return float(bare_rows.stdout.readline())

        peer = "150 bare rows of four buttons"
        yield pair("cards", lambda: shown(whole=False), bare, peer_name=peer, bar=3.0)
        yield pair("cards whole", lambda: shown(whole=True), bare, peer_name=peer, bar=3.0)
        yield from _switching(app, CapturePage(session))
        session.close()
        bare_rows.stdin.close()


def _switching(app: QApplication, page: CapturePage) -> Iterator[Figure]:
    """Going to a section, against building, laying out and painting its cards alone."""
    from PySide6.QtWidgets import QScrollArea

    from ui.cards.item_card import ItemCard
    from ui.widgets.reading_column import ReadingColumn

    assert page.place is not None
    page.resize(1280, 800)
    page.show()
    app.processEvents()
    key, room = page.place.key, page.column.size()

    def switch() -> None:
        page.show_place(key)
        app.processEvents()
        page.column.wake_all()
        page.grab()

    def alone() -> float:
        started = time.perf_counter()
        inside, area = ReadingColumn(), QScrollArea()
        for path in page.column.cards:
            inside.append(page.maker.make(path))
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.resize(room)
        area.show()
        app.processEvents()
        for card in inside.findChildren(ItemCard):
            card.wake()
        area.grab()
        taken = time.perf_counter() - started
        area.close()
        area.deleteLater()
        app.processEvents()
        return taken * 1000

    yield pair("sections", switch, alone, peer_name="building the same cards", bar=1.5)
    page.close()
    page.deleteLater()
    app.processEvents()
