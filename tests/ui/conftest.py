"""Offscreen windows dressed as the real one, in Chinese at 100 %."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from auditor.words import use_language
from ui.look import style


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    use_language("zh")
    yield
    use_language("zh")


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application with our style, light, at 100 %."""
    style.apply(qapp, "light", 100)
    return qapp
