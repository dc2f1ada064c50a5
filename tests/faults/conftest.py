"""A small reserve file, so that modelled disks stay small."""

from __future__ import annotations

import pytest

from auditor.store import reserve


@pytest.fixture(autouse=True)
def small_reserve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserve, "SIZE", 512)
