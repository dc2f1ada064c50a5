"""TinyDB as the document layer over a journal: one gesture, one line, one fsync (design §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from auditor.store.journal import Fold, Journal
from auditor.store.lines import Doc, Key

Tables = dict[str, dict[str, Doc]]
Changes = Mapping[str, Mapping[str, Doc | None]]


class JournalStorage(Storage):
    """`read` serves the rows folded once at opening; `write` appends the rows that the table named as one line.

    TinyDB changes rows in place, so comparing with what `read` returned would see nothing: `write` is given
    the changed rows only, and puts them into force after the line is durable, never before.
    """

    def __init__(self, journal: Journal, state: Fold) -> None:
        self.journal = journal
        self.state = state
        self._pending: dict[Key, Doc | None] | None = None

    def read(self) -> Tables:
        if not self._pending:
            return self.state.rows
        tables = {name: dict(rows) for name, rows in self.state.rows.items()}
        for (table, id_), doc in self._pending.items():
            if doc is None:
                tables.get(table, {}).pop(id_, None)
            else:
                tables.setdefault(table, {})[id_] = doc
        return tables

    def write(self, data: Changes) -> None:
        """Append changed rows (None: gone) of each table. Raises `store.*`: then nothing has changed."""
        changed: dict[Key, Doc | None] = {
            (table, id_): doc for table, rows in data.items() for id_, doc in rows.items()
        }
        if self._pending is not None:
            self._pending.update(changed)
        elif changed:
            self._append("change", changed)

    @contextmanager
    def gesture(self, what: str, who: str = "", of: int = 0) -> Iterator[None]:
        """Everything written inside becomes one line at the end, or, after an error, nothing at all."""
        self._pending = {}
        try:
            yield
            changed = self._pending
        finally:
            self._pending = None
        if changed:
            self._append(what, changed, who, of)

    def _append(self, what: str, changed: Mapping[Key, Doc | None], who: str = "", of: int = 0) -> None:
        line = self.journal.append(what, changed, who, of)
        self.state.take(line.body.seq, what, changed)

    def close(self) -> None:
        self.journal.close()


class _Draft(MutableMapping[str, Doc]):
    """A table as TinyDB's updaters see it: rows are handed out as copies, so that what changed can be named."""

    def __init__(self, rows: Mapping[str, Doc]) -> None:
        self._rows = rows
        self._new: dict[str, Doc | None] = {}

    def __getitem__(self, id_: str) -> Doc:
        if id_ not in self._new:
            self._new[id_] = deepcopy(self._rows[id_])
        row = self._new[id_]
        if row is None:
            raise KeyError(id_)
        return row

    def __setitem__(self, id_: str, row: Doc) -> None:
        self._new[id_] = row

    def __delitem__(self, id_: str) -> None:
        self[id_]
        self._new[id_] = None

    def __contains__(self, id_: object) -> bool:
        return self._new[str(id_)] is not None if id_ in self._new else id_ in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter([id_ for id_ in {**self._rows, **self._new} if id_ in self])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def changed(self) -> dict[str, Doc | None]:
        return {id_: row for id_, row in self._new.items() if row != self._rows.get(id_)}


class JournalTable(Table):
    """A TinyDB table with text for ids (a path, a section) that names the rows it changed."""

    document_id_class = str  # type: ignore[assignment]

    def put(self, rows: Mapping[str, Doc | None]) -> None:
        """Set rows, or take them away (None), as one change."""

        there = (self._storage.read() or {}).get(self.name, {})
        self._storage.write({self.name: {id_: row for id_, row in rows.items() if row != there.get(id_)}})
        self.clear_cache()

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        draft = _Draft((self._storage.read() or {}).get(self.name, {}))
        updater(draft)
        self._storage.write({self.name: draft.changed()})
        self.clear_cache()

    def _get_next_id(self) -> str:
        raise TypeError("a row is inserted as Document(row, doc_id=path)")


class AuditTables(TinyDB):
    """The tables of one audit: `visit` (about, checklist, header, state), `instances`, `answers`."""

    table_class = JournalTable

    def __init__(self, journal: Journal, state: Fold) -> None:
        super().__init__(journal, state, storage=JournalStorage)

    def put(self, what: str, changes: Changes, who: str = "", of: int = 0) -> None:
        """Set rows of several tables, or take them away (None), as one gesture: one line, one fsync, all or nothing."""
        with self.gesture(what, who, of):
            for name, rows in changes.items():
                table = self.table(name)
                if rows and isinstance(table, JournalTable):
                    table.put(rows)

    def gesture(self, what: str, who: str = "", of: int = 0) -> AbstractContextManager[None]:
        """Everything TinyDB changes inside becomes one line at the end, or, after an error, nothing at all."""
        storage = self.storage
        assert isinstance(storage, JournalStorage)
        return storage.gesture(what, who, of)

    def drop_table(self, name: str) -> None:
        self.table(name).truncate()

    def drop_tables(self) -> None:
        with self.gesture("change"):
            for name in self.tables():
                self.drop_table(name)
