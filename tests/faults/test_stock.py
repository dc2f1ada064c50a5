"""What the stock parts do under the same faults: the reason for a journal of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage


class Killed(BaseException):
    """The process ends here."""


def readable(path: Path) -> dict[str, object] | None:
    """What a fresh process reads; None when it cannot."""
    try:
        with TinyDB(path) as found:
            return {str(row["path"]): row["value"] for row in found}
    except json.JSONDecodeError:
        return None


def test_stock_storage_killed_before_its_truncate_is_unreadable(tmp_path: Path) -> None:
    """tinydb.JSONStorage writes over the file and cuts the rest off afterwards."""
    path = tmp_path / "db.json"
    with TinyDB(path) as stock:
        stock.insert({"path": "q0", "value": "a long remark " * 20})

    class Dying(JSONStorage):
        def write(self, data: object) -> None:
            handle = self._handle

            class Handle:
                def __getattr__(self, name: str) -> object:
                    if name == "truncate":
                        raise Killed
                    return getattr(handle, name)

            self._handle = Handle()  # type: ignore[assignment]
            super().write(data)  # type: ignore[arg-type]

    dying = TinyDB(path, storage=Dying)
    with pytest.raises(Killed):
        dying.update({"value": "short"})
    assert readable(path) is None


def test_a_caching_storage_acknowledges_what_is_only_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "db.json"
    cached = TinyDB(path, storage=CachingMiddleware(JSONStorage))
    for number in range(50):
        cached.insert({"path": f"q{number}", "value": "yes"})
    assert readable(path) == {}


def test_a_storage_that_compares_writes_nothing(tmp_path: Path) -> None:
    """TinyDB changes rows in place: comparing with what `read` returned sees no difference."""
    lines: list[object] = []

    class Comparing(JSONStorage):
        rows: dict[str, dict[str, object]] | None = None

        def read(self) -> dict[str, dict[str, object]] | None:
            return self.rows

        def write(self, data: dict[str, dict[str, object]]) -> None:
            if data != self.rows:
                lines.append(data)
            self.rows = data

    table = TinyDB(tmp_path / "db.json", storage=Comparing)
    table.insert({"path": "q0", "value": "no"})
    before = len(lines)
    table.update({"value": "yes"})
    assert len(lines) == before


def test_a_flipped_bit_in_stock_storage_is_silently_wrong(tmp_path: Path) -> None:
    path = tmp_path / "db.json"
    with TinyDB(path) as stock:
        stock.insert({"path": "q0", "value": 90})
    data = path.read_bytes()
    path.write_bytes(data.replace(b"90", b"80"))
    assert readable(path) == {"q0": 80}
