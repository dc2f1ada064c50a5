"""Every kind of operation on a data folder, played alone on a disk that may refuse any part of it (F5, F6)."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import exports
from auditor import scoring
from auditor.audit import Answer, Duty, Finding, Jot, Photo
from auditor.errors import AuditorError
from auditor.store import Branch, OpenAudit, Store, backups, generations, photos
from auditor.store.restore import restore_audit
from auditor.store.verify import verify
from tests.faults.scene import Seen, fill_all, header, picture, seen, small_checklist
from ui.settings import stored

GREEN = photos.load(picture("green"))
RED = (Photo(photos.load(picture("red")).sha256, "门头.jpg"),)
BRANCHES = [Branch(f"73010{n:02}", f"第{n}支行") for n in range(9)]


class Stage:
    """A data folder open for writing: an open draft, a closed one, a finished audit, a backup elsewhere."""

    def __init__(self, root: Path) -> None:
        """`root` is a copy of what `prepared` made."""
        self.folder, self.outside = root / "data", root / "outside"
        with Store.open(self.folder) as reader:
            self.draft, self.closed, self.finished = sorted(reader.library.ids())
        self.store = Store.open(self.folder, write=True)
        self.opened: OpenAudit = self.store.open_audit(self.draft)
        self.opened.answer("q1", Answer("no", note="后来"))

    def mark(self, *, blurred: bool) -> None:
        """Once, however often it is asked for."""
        (photo,) = self.opened.audit.answers["q0"].photos
        if photo == RED[0]:
            self.opened.replace_photo(photo.sha256, GREEN, blurred=blurred)

    def undo(self) -> None:
        """Once, however often it is asked for."""
        if self.opened.audit.answers["q1"].note:
            self.opened.undo()

    def export(self) -> None:
        audit = self.store.read(self.finished)
        place = exports.photos_at(lambda sha: self.store.photo_path(self.finished, sha))
        exports.export(audit, scoring.current(audit), self.outside / "exports", formats=("csv",), photos=place)

    def reopen(self) -> None:
        opened = self.store.open_audit(self.finished)
        try:
            opened.reopen("补充")
        finally:
            opened.close()

    def back_up(self) -> None:
        backups.backup(self.folder, self.outside / "backup", datetime(2026, 3, 10, tzinfo=UTC))


def prepared(root: Path) -> Path:
    """What every stage begins with; to be copied."""
    dice = random.Random(1)
    with Store.open(root / "data", write=True) as store:
        for number in range(3):
            with store.pretending(datetime(2026, 3, 5 + number, 2, 30, tzinfo=UTC), dice):
                opened = store.create(small_checklist(2), header(branch_name=f"{number}支行", shopper="青松"))
                fill_all(opened)
                opened.add_photo("q0", picture("red"), "门头.jpg")
                if number == 2:
                    opened.finish()
                opened.close()
    (root / "outside").mkdir()
    backups.backup(root / "data", root / "outside" / "backup", datetime(2026, 3, 9, tzinfo=UTC))
    return root


@dataclass(frozen=True)
class Found:
    """What a fresh look at the folder gives."""

    audits: dict[str, Seen]
    branches: int
    trashed: tuple[str, ...]
    alias: str
    generations: int
    exported: tuple[int, ...]
    """Sizes of the files."""


def look(stage: Stage) -> Found:
    with Store.open(stage.folder) as reader:
        audits = {id_: seen(reader.read(id_)) for id_ in reader.library.ids() if _begun(reader, id_)}
        branches, trashed = len(reader.branches.all()), tuple(reader.trashed())
    target = stage.outside / "backup"
    files = sorted((stage.outside / "exports").glob("[!.]*"))
    count = len(list(generations.sound(target)))
    assert count == len(generations.names(target))
    return Found(
        audits,
        branches,
        trashed,
        stored.load(stage.folder)[0].alias,
        count,
        tuple(one.stat().st_size for one in files),
    )


def _begun(reader: Store, id_: str) -> bool:
    try:
        reader.load(id_)
    except AuditorError as error:
        if error.key != "store.not_begun":
            raise
        return False
    return True


@dataclass(frozen=True)
class Operation:
    """Something a person does; `done` tells from the folder whether it is in force."""

    work: Callable[[Stage], object]
    done: Callable[[Stage, Found, Found], bool]
    """Of (stage, before, now)."""
    touches: str = "draft"
    """Which audit may have become another one: `draft`, `closed`, `finished`, or none."""


def _seen(of: Callable[[Seen], object]) -> Callable[[Stage, Found, Found], bool]:
    return lambda stage, _before, now: bool(of(now.audits[stage.draft]))


NOTE = Answer("yes", note="在门口等候了很久" * 9)
NEW = header(branch_name="城南支行", summary="整体良好" * 20)
OPERATIONS: dict[str, Operation] = {
    "create": Operation(
        lambda one: one.store.create(small_checklist(2), header()).close(),
        lambda _, before, now: len(now.audits) > len(before.audits),
        "",
    ),
    "answer": Operation(lambda one: one.opened.answer("q0", NOTE), _seen(lambda one: one.answers["q0"].note)),
    "fill": Operation(
        lambda one: one.opened.apply({"q0": NOTE, "queue": NOTE}), _seen(lambda one: "queue" in one.answers)
    ),
    "photo": Operation(
        lambda one: one.opened.add_photo("q1", GREEN, "柜台.jpg"), _seen(lambda one: one.answers["q1"].photos)
    ),
    "mark": Operation(lambda one: one.mark(blurred=False), _seen(lambda one: one.answers["q0"].photos != RED)),
    "blur": Operation(lambda one: one.mark(blurred=True), _seen(lambda one: one.answers["q0"].photos != RED)),
    "header": Operation(lambda one: one.opened.set_header(NEW), _seen(lambda one: one.header == NEW)),
    "instance": Operation(
        lambda one: one.opened.add_instance("teller"), _seen(lambda one: one.instances["teller"] > (1,))
    ),
    "undo": Operation(lambda one: one.undo(), _seen(lambda one: not one.answers["q1"].note)),
    "finding": Operation(
        lambda one: one.opened.set_findings({"q1": Finding("立即整改")}), _seen(lambda one: one.findings)
    ),
    "jot": Operation(
        lambda one: one.opened.jot(Jot("note", "2026-03-05T10:00:00+08:00", text="排队")), _seen(lambda one: one.jots)
    ),
    "duty": Operation(lambda one: one.opened.set_duties({"hall": Duty("李")}), _seen(lambda one: one.duties)),
    "finish": Operation(lambda one: one.opened.finish(), _seen(lambda one: one.state == "finished")),
    "reopen": Operation(
        lambda one: one.reopen(), lambda one, _, now: now.audits[one.finished].state == "draft", "finished"
    ),
    "index": Operation(lambda one: one.store.library.compact(), lambda *_: True, ""),
    "branches": Operation(lambda one: one.store.branches.merge(BRANCHES), lambda _, __, now: now.branches == 9, ""),
    "settings": Operation(
        lambda one: stored.save(one.folder, stored.Settings(alias="青松")), lambda _, __, now: now.alias == "青松", ""
    ),
    "backup": Operation(lambda one: one.back_up(), lambda _, __, now: now.generations == 2, ""),
    "restore": Operation(
        lambda one: restore_audit(one.store, one.closed, one.outside / "backup"),
        lambda one, _, now: one.closed in now.audits,
        "closed",
    ),
    "export": Operation(lambda one: one.export(), lambda _, __, now: min(now.exported, default=0) > 100, ""),
    "erase": Operation(
        lambda one: one.store.erase(one.closed), lambda one, _, now: not now.audits[one.closed].header.shopper, "closed"
    ),
    "trash": Operation(
        lambda one: one.store.trash(one.closed), lambda one, _, now: now.trashed == (one.closed,), "closed"
    ),
}


def trial(stage: Stage, name: str, failing: AbstractContextManager[object]) -> list[str]:
    """Do it on a disk that fails, then again on one that is well, without a restart; what went wrong."""
    operation, before, wrong = OPERATIONS[name], look(stage), []
    shown, refused = seen(stage.opened.audit), ""
    with failing:
        try:
            operation.work(stage)
        except AuditorError as error:
            refused = error.key
    now = look(stage)
    if refused:
        said = refused.startswith(("store.", "report."))
        wrong += [] if said else [f"said {refused}"]
        wrong += [f"shown although {refused}"] if seen(stage.opened.audit) != shown else []
        try:
            operation.work(stage)
        except AuditorError as error:
            wrong += [] if operation.done(stage, before, now) else [f"again {error.key}"]
        now = look(stage)
    wrong += [] if operation.done(stage, before, now) else [f"lost after {refused or 'no error'}"]
    spared = {id_ for id_ in before.audits if id_ != getattr(stage, operation.touches or "folder")}
    wrong += [f"{id_} changed" for id_ in spared if now.audits.get(id_) != before.audits[id_]]
    stage.store.close()
    with Store.open(stage.folder, write=True) as store:
        report = verify(store)
        wrong += [report.text()] if report.count("damaged") else []
        wrong += [] if {row.id for row in store.rows()} == set(now.audits) else ["another library"]
    return wrong
