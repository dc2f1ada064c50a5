"""A while after the start: journals that somebody else changed or damaged show as such, though nobody opens them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui import background

if TYPE_CHECKING:
    from auditor.store import Store
    from auditor.store.touched import Looked

LATER = 1500
"""Milliseconds after which what the start did not need is looked at."""


def later(owner: QObject, store: Store, current: Callable[[], object], changed: Callable[[], object]) -> None:
    """Off the window's thread, while `current()` is this store; `changed()` when a row is another now."""

    def gone() -> bool:
        return current() is not store

    def done(looked: Looked) -> None:
        if gone():
            return
        if store.library.settle_look(looked):
            changed()
        background.run(lambda: store.library.keep_look(looked), lambda _: None, lambda _: None)

    def begin() -> None:
        if not gone():
            background.run(lambda: store.library.second_look(gone), done, lambda _: None)

    QTimer.singleShot(LATER, owner, begin)
