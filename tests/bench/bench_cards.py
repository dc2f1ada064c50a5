"""A page of 150 item cards against 150 bare rows of four buttons: built, laid out and painted once."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.pairs import Figure, pair

ROWS = 150


def _checklist() -> object:
    from auditor.checklist import Checklist

    options = [{"id": name, "text": name} for name in ("yes", "partly", "no")]
    items = [{"id": f"q{n}", "text": f"Item {n}", "points": "2", "options": options} for n in range(ROWS)]
    sections = [{"id": "s", "title": "s", "items": items}]
    return Checklist.model_validate({"id": "c", "version": "1", "title": "c", "sections": sections})


def figures() -> Iterator[Figure]:
    from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

    from auditor.audit import Header
    from auditor.store import Store
    from ui import style
    from ui.capture_page import CapturePage
    from ui.cards.item_card import ItemCard
    from ui.session import AuditSession

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    style.apply(app, "light", 100)

    def shown(page: QWidget, whole: Callable[[], bool] = lambda: True) -> float:
        """The moment when every row is there, laid out and painted."""
        page.resize(1280, 800)
        page.show()
        app.processEvents()
        while not whole():
            app.processEvents()
        page.grab()
        taken = time.perf_counter()
        page.close()
        page.deleteLater()
        app.processEvents()
        return taken

    def bare() -> float:
        started = time.perf_counter()
        inside = QWidget()
        column = QVBoxLayout(inside)
        for number in range(ROWS):
            line = QHBoxLayout()
            line.addWidget(QLabel(f"Item {number}"))
            for word in ("yes", "partly", "no", "N"):
                line.addWidget(QPushButton(word))
            column.addLayout(line)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        return (shown(area) - started) * 1000

    with tempfile.TemporaryDirectory() as made, Store.open(Path(made), write=True) as store:
        header = Header(kind="self", visited="2026-03-05T10:12:00+08:00")
        opened = store.create(_checklist(), header)  # type: ignore[arg-type]
        session = AuditSession(opened)

        def ours() -> float:
            started = time.perf_counter()
            page = CapturePage(session)
            return (shown(page, lambda: len(page.findChildren(ItemCard)) == ROWS) - started) * 1000

        yield pair("cards", ours, bare, peer_name="150 rows of four buttons", bar=3.0)
        session.close()
