"""A fault of one Qt binding, found and made harmless before it can end the program.

PySide6 6.12.0 was built as if None, True and False were immortal, which they are from Python 3.12 on. Under 3.11
each call that gives None takes a reference it never had, and after some ten thousand the interpreter aborts.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

RESERVE = 1 << 40
"""References put by: at a million calls a second they last twelve days."""
CALLS = 32


def loses_none() -> bool:
    """Whether this binding, under this Python, loses a reference to None with each call."""
    if sys.version_info >= (3, 12):
        return False
    probe = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        probe.setObjectName("")
    return before - sys.getrefcount(None) >= CALLS // 2


def make_harmless() -> bool:
    """Give None, True, False and NotImplemented a reserve where the binding wastes them. True when it did."""
    if sys.getrefcount(None) > RESERVE // 2 or not loses_none():
        return False
    import ctypes

    for one in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(one)).value += RESERVE
    return True
