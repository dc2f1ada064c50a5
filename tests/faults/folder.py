"""A data folder with every kind of file in it, and what must hold when one of them rots (F7)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import exports
from auditor.audit import Answer
from auditor.errors import AuditorError, ProblemsError
from auditor.store import Branch, Store, backups, generations, photos, reserve
from auditor.store.journal import NAME as JOURNAL
from auditor.store.load import load
from auditor.store.restore import best_copy, restore_audit, unreadable
from auditor.store.store import TRASH
from auditor.store.verify import verify
from checklists import drafts, library
from tests.faults.operations import prepared
from tests.faults.scene import Seen, seen
from ui.settings import stored

OWN = """format: 1
id: own
version: "1"
title: {zh: 自用表, en: Own}
sections:
  - id: hall
    title: {zh: 厅堂, en: Hall}
    items:
      - id: tidy
        kind: choice
        text: {zh: 整洁, en: Tidy}
        points: 10
        options:
          - {id: yes, text: {zh: 是, en: "Yes"}}
          - {id: no, text: {zh: 否, en: "No"}, share: 0}
"""
SETTINGS = stored.Settings(alias="青松", export_folder="/报告", scale=125)


class World:
    """The folder, and the truth about it."""

    def __init__(self, root: Path) -> None:
        prepared(root)
        self.folder, self.target = root / "data", root / "data" / backups.FOLDER
        with Store.open(self.folder, write=True) as store:
            self.draft, self.gone, self.finished = sorted(store.library.ids())
            store.branches.merge([Branch(f"73010{n:02}", f"第{n}支行", former=("旧名",)) for n in range(6)])
            store.trash(self.gone)
            (self.folder / "checklists").mkdir()
            (self.folder / "checklists" / "own.yaml").write_text(OWN, "utf-8")
            (self.folder / "checklists" / "new.draft.yaml").write_text(OWN.replace("id: own", "id: new"), "utf-8")
            stored.save(self.folder, SETTINGS)
            backups.daily(self.folder, now=datetime(2026, 3, 9, tzinfo=UTC))
            self.older = seen(store.read(self.draft))
            opened = store.open_audit(self.draft)
            opened.answer("q1", Answer("no", note="后来"))
            opened.close()
            (store.library.folder_of(self.draft) / "journal.tail-1").write_bytes(b'{"body":{"seq":4,"prev":"')
            backups.daily(self.folder, now=datetime(2026, 3, 10, tzinfo=UTC))
        with Store.open(self.folder) as reader:
            self.rows = list(reader.rows())
            self.audits = {row.id: seen(reader.read(row.id)) for row in self.rows}
            self.branches = reader.branches.all()
            self.photo = next(iter(reader.read(self.draft).photos()))[1].sha256
            self.trashed = seen(reader.in_trash(self.gone))
        self.newest, self.first = generations.names(self.target)
        self.newest_files = generations.read(self.target, self.newest).files
        (journal,) = (one for one in self.newest_files if one.audit == self.draft and one.path.endswith(JOURNAL))
        self.object = self.target / generations.OBJECTS / journal.sha256
        self.checklist = library.read(self.folder / "checklists" / "own.yaml")

    def audit(self, id_: str) -> Path:
        return self.folder / "audits" / f"{id_[:4]}-{id_[4:6]}" / id_


@dataclass(frozen=True)
class Kind:
    """A kind of file: where one lies, and what is wrong when its bytes are others; "" when every promise holds."""

    place: Callable[[World], Path]
    judge: Callable[[World, Path], str]


def _same_library(world: World, _path: Path) -> str:
    """Derived, or of no account: whatever is in it, every audit and row is as it was (P2, P4)."""
    with Store.open(world.folder) as reader:
        rows = list(reader.rows())
        return "" if rows == world.rows else f"rows {rows}"


def _opens_for_writing(world: World, _path: Path) -> str:
    """The writer comes in, and the reserve is whole afterwards."""
    with Store.open(world.folder, write=True) as store:
        room = (world.folder / reserve.NAME).stat().st_size
        same = seen(store.read(world.draft)) == world.audits[world.draft]
    return "" if same and room >= reserve.SIZE else f"reserve {room}"


def _photo(world: World, path: Path) -> str:
    """A report draws it never; `verify` names it; the audit stays readable."""
    shown = exports.photos_at(lambda sha: photos.path_in(path.parent.parent, sha))(world.photo)
    with Store.open(world.folder) as reader:
        named = [one.file for one in verify(reader, [world.draft]).problems() if one.severity == "error"]
        same = seen(reader.read(world.draft)) == world.audits[world.draft]
    return "" if shown is None and named == [str(path)] and same else f"shown {shown is not None}, named {named}"


def _branches(world: World, path: Path) -> str:
    """Right, or refused naming the file; `verify` says so too."""
    with Store.open(world.folder) as reader:
        try:
            return "" if reader.branches.all() == world.branches else "other branches"
        except AuditorError as error:
            return "" if str(path) in str(error) else str(error)


def _settings(world: World, path: Path) -> str:
    """Right, or said naming the file; always settings that can be."""
    settings, wrong = stored.load(world.folder)
    for kept in world.folder.glob("settings.yaml.damaged-*"):
        kept.unlink()
    if wrong is None:
        return "" if settings == SETTINGS else f"{settings}"
    return "" if str(path) in str(wrong) and settings.scale in range(100, 201) else str(wrong)


def _manifest(world: World, path: Path) -> str:
    """The generation is right, or passed over and named; the older one still serves."""
    try:
        return "" if generations.read(world.target, path.name).files == world.newest_files else "other files"
    except AuditorError as error:
        if str(path) not in str(error):
            return str(error)
    named = [one.file for one in unreadable(world.target)]
    copy = best_copy(world.target, world.draft)
    return "" if named == [str(path)] and copy and seen(copy.audit) == world.older else f"named {named}"


def _object(world: World, _path: Path) -> str:
    """Never restored from: the older generation's copy is."""
    copy = best_copy(world.target, world.draft)
    return "" if copy and seen(copy.audit) == world.older else "restored from a damaged object"


def restored_despite(world: World, path: Path, root: Path) -> str:
    """A whole restore with a damaged object: the older copy stands, and the object is named."""
    shutil.copytree(world.folder, root / "data")
    with Store.open(root / "data", write=True) as store:
        done = restore_audit(store, world.draft, world.target)
        right = seen(store.read(world.draft)) == world.older
    return "" if right and str(path) in {one.file for one in done.problems} else f"{done}"


def _journal_of(
    truth: Callable[[World], Seen], known: Callable[[World], tuple[int, str]]
) -> Callable[[World, Path], str]:
    def judge(world: World, path: Path) -> str:
        """Right, or damaged naming the file, or nothing survives; or a shorter draft where no index knows better."""
        try:
            loaded = load(path.parent, known(world))
        except AuditorError as error:
            return "" if str(path) in str(error) or error.key == "store.not_begun" else str(error)
        if loaded.problem is not None:
            return "" if loaded.audit.state == "damaged" and str(path) in loaded.problem.message() else "unnamed"
        same = seen(loaded.audit) == truth(world)
        return "" if same or (not known(world)[0] and loaded.audit.state == "draft") else "silently wrong"

    return judge


def _known(world: World) -> tuple[int, str]:
    return next((row.seq, row.head) for row in world.rows if row.id == world.finished)


def _checklist(world: World, path: Path) -> str:
    """Anybody may edit it: read as it says, or its faults are named; the others are listed all the same."""
    try:
        found, problems = library.listed(world.folder)
    except AuditorError as error:
        return f"raised {error.key}"
    own = any(one.id == "own" for one in found)
    named = any(str(path) in one.file for one in problems)
    return "" if own or named or len(found) > _shipped() else f"{len(found)} listed, {problems}"


def _shipped() -> int:
    return len(library.shipped())


def _draft(world: World, path: Path) -> str:
    """Taken up as it says, or its faults are named."""
    try:
        drafts.edit(world.folder, "new").document.text()
    except ProblemsError as error:
        return "" if all(str(path) in one.file for one in error.problems()) else f"{error.problems()}"
    except AuditorError as error:
        return "" if str(path) in str(error) else str(error)
    return ""


def _day(world: World, _path: Path) -> str:
    """At worst a backup more: the day it says is never believed but for today."""
    made = backups.daily(world.folder, now=datetime(2026, 3, 10, tzinfo=UTC))
    return "" if made is None or made.generation.name == world.newest else "another generation"


KINDS: dict[str, Kind] = {
    "photo": Kind(
        lambda one: photos.path_in(one.audit(one.draft), one.photo),
        _photo,
    ),
    "finished journal": Kind(
        lambda one: one.audit(one.finished) / JOURNAL, _journal_of(lambda one: one.audits[one.finished], _known)
    ),
    "journal in the trash": Kind(
        lambda one: one.folder / TRASH / one.gone / JOURNAL, _journal_of(lambda one: one.trashed, lambda _: (0, ""))
    ),
    "index": Kind(lambda one: one.folder / "library.jsonl", _same_library),
    "length of the index": Kind(lambda one: one.folder / "unsettled", _same_library),
    "tail": Kind(lambda one: one.audit(one.draft) / "journal.tail-1", _same_library),
    "branches": Kind(lambda one: one.folder / "branches.jsonl", _branches),
    "settings": Kind(lambda one: one.folder / stored.NAME, _settings),
    "lock": Kind(lambda one: one.folder / "lock", _opens_for_writing),
    "lock holder": Kind(lambda one: one.folder / "lock.holder", _opens_for_writing),
    "reserve": Kind(lambda one: one.folder / reserve.NAME, _opens_for_writing),
    "manifest": Kind(lambda one: one.target / generations.MANIFESTS / one.newest, _manifest),
    "object": Kind(lambda one: one.object, _object),
    "day of the backup": Kind(lambda one: one.target / backups.CHECKED, _day),
    "own checklist": Kind(lambda one: one.folder / "checklists" / "own.yaml", _checklist),
    "draft of a checklist": Kind(lambda one: one.folder / "checklists" / "new.draft.yaml", _draft),
}
