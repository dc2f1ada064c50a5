"""Backups: a rotating set of verified copies beside the data or on another drive (design §4, issue: the store).

    <target>/objects/<sha256>             the bytes of a file, once however many generations hold it
             manifests/<n>-<UTC>.json     one generation: every file with the object that holds it
             checked                      the day of the last automatic look

Objects are copies, never links to a live file: damage done to one is not done to the other. No lock of the data
folder is needed: journals are read up to their last whole line, and everything else is replaced as a whole.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from auditor.errors import AuditorError, Problem
from auditor.store import files, generations
from auditor.store.generations import MANIFESTS, OBJECTS, Generation, Saved
from auditor.store.journal import NAME as JOURNAL
from auditor.store.journal import parse

FOLDER = "backups"
CHECKED = "checked"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup came to."""

    target: Path
    generation: Generation
    new: int
    """Objects that were written; 0 when nothing had changed and the last generation still stands."""
    bytes: int
    """Of these objects."""
    mended: int = 0
    """Objects of earlier generations that were damaged or missing, written again."""
    same_drive: bool = True
    problems: tuple[Problem, ...] = ()
    """Live files that could not be read: what the last generation holds of them stands in their place (P4)."""


def target_of(folder: Path, chosen: Path | None = None) -> Path:
    """Where backups of a data folder go unless another place is chosen."""
    return (folder / FOLDER if chosen is None else chosen).expanduser().absolute()


def same_drive(folder: Path, target: Path) -> bool:
    """Whether the backups would be lost with the data: said to the person, never refused."""
    while not target.exists() and target != target.parent:
        target = target.parent
    try:
        return folder.stat().st_dev == target.stat().st_dev
    except OSError:
        return True


def daily(folder: Path, chosen: Path | None = None, now: datetime | None = None) -> Made | None:
    """The automatic backup: at most once a day; None when today's is there. Raises `store.*`."""
    today = f"{now or datetime.now():%Y-%m-%d}"
    target = target_of(folder, chosen)
    try:
        if (target / CHECKED).read_text("utf-8", errors="replace").strip() == today:
            return None
    except OSError:
        pass
    made = backup(folder, chosen, now)
    files.write_atomic(target / CHECKED, today.encode())
    return made


def backup(
    folder: Path,
    chosen: Path | None = None,
    now: datetime | None = None,
    *,
    thorough: bool = False,
    progress: Progress | None = None,
) -> Made:
    """Save a data folder as a new generation, verify what was written, and let go of what is past keeping.

    `thorough` reads every object of the generation again, not only the new ones. After any failure the generations
    there were are untouched, and what was written is taken away again. Raises `store.*`.
    """
    if not folder.is_dir():
        raise AuditorError("store.no_folder", file=str(folder))
    target = target_of(folder, chosen)
    for part in (OBJECTS, MANIFESTS):
        files.make_folder(target / part)
    with _alone(target):
        last = next(generations.sound(target), None)
        run = _Run(folder, target, last, thorough)
        try:
            saved = tuple(run.saved(progress))
            if run.new:
                files.sync_folder(target / OBJECTS)
            if last is not None and {(one.path, one.sha256) for one in last.files} == _contents(saved):
                generation = last
            else:
                moment = (now or datetime.now()).astimezone()
                name = generations.next_name(target, moment)
                generation = Generation(moment.isoformat(timespec="seconds"), saved, name)
                generations.write(target, generation)
        except (AuditorError, OSError) as error:
            _take_back(target, run.new)
            if isinstance(error, OSError):
                raise files.explained(error, target) from error
            raise
        _prune(target, generation)
    drive = same_drive(folder, target)
    return Made(target, generation, len(run.new), run.bytes, run.mended, drive, tuple(run.problems))


def _take_back(target: Path, written: list[str]) -> None:
    """Free what a failed run wrote, unless its manifest came to stand and needs it."""
    try:
        needed = {one.sha256 for name in generations.names(target) for one in generations.read(target, name).files}
    except AuditorError:
        return
    files.remove_all(target / OBJECTS, [one for one in written if one not in needed])


def _contents(saved: tuple[Saved, ...]) -> set[tuple[str, str]]:
    return {(one.path, one.sha256) for one in saved}


def forget(folder: Path, audit: str, chosen: Path | None = None, *, photos: Container[str] = ()) -> int:
    """Take an audit out of every generation: its personal texts were erased and must not live on in copies.

    With `photos` (SHA-256) only these of its photos go: they were blurred since. A damaged manifest, from which nothing
    can be restored, goes too: what only it named may be the audit's, and would stay for good. Gives how many
    generations held it. Raises `store.*`.
    """
    target, changed = target_of(folder, chosen), 0
    if not generations.names(target):
        return 0
    with _alone(target):
        for one in generations.sound(target):
            gone = {saved for saved in one.files if saved.audit == audit and (not photos or _stem(saved) in photos)}
            left = tuple(saved for saved in one.files if saved not in gone)
            if len(left) < len(one.files):
                generations.write(target, Generation(one.made, left, one.name))
                changed += 1
        files.remove_all(target / MANIFESTS, list(generations.damaged(target)))
        _drop_unused(target)
    return changed


def _stem(saved: Saved) -> str:
    """What a photo's file is called: its hash."""
    return saved.path.rpartition("/")[2].partition(".")[0]


def damaged_objects(target: Path, generation: Generation) -> Iterator[Saved]:
    """The files of a generation whose object is missing or is not what it was."""
    for one in generation.files:
        if not is_sound(target, one):
            yield one


def is_sound(target: Path, saved: Saved) -> bool:
    return _hash(target / OBJECTS / saved.sha256) == saved.sha256


class _Run:
    """One pass over the data folder."""

    def __init__(self, folder: Path, target: Path, last: Generation | None, thorough: bool) -> None:
        self._folder = folder
        self._objects = target / OBJECTS
        self._last = {one.path: one for one in last.files} if last else {}
        self._thorough = thorough
        self.new: list[str] = []
        self.bytes = self.mended = 0
        self.problems: list[Problem] = []

    def saved(self, progress: Progress | None) -> Iterator[Saved]:
        """Every file of the data folder, its bytes safe in an object. Raises `store.*`."""
        found = sorted(_live(self._folder))
        for number, path in enumerate(found):
            one = self._one(path)
            if one is not None:
                yield one
            if progress is not None:
                progress(number + 1, len(found))

    def _one(self, path: str) -> Saved | None:
        live = self._folder / path
        try:
            now = live.stat()
        except OSError:
            return None  # it went to the trash meanwhile
        before = self._last.get(path)
        same = before is not None and (before.size, before.stamp) == (now.st_size, now.st_mtime_ns)
        if before is not None and same and self._holds(before):
            return before
        try:
            data = files.read(live)
        except AuditorError as error:
            if error.key != "store.vanished":
                self.problems += error.problems()
            return before
        if live.name == JOURNAL:
            data = data[: data.rfind(b"\n") + 1]
            if before is not None and self._worse(data, before):
                self.problems.append(Problem("safety.not_saved_again", {"file": str(live)}, str(live)))
                return before
        one = Saved(path, hashlib.sha256(data).hexdigest(), len(data), now.st_size, now.st_mtime_ns)
        if not self._holds(one):
            self._keep(one, data)
            self.mended += same
        return one

    def _worse(self, data: bytes, before: Saved) -> bool:
        """Whether a live journal is damaged or cut short where the last generation holds it sound: then that copy is
        kept, for the next backup would push it out (P1)."""
        now = parse(data, before.audit)
        if now.lines and not now.fault and len(data) >= before.bytes:
            return False
        if not is_sound(self._objects.parent, before):
            return False
        then = parse(files.read(self._objects / before.sha256), before.audit)
        return not then.fault and len(then.lines) > len(now.lines)

    def _holds(self, saved: Saved) -> bool:
        """Whether the object is there: by its size, or read again when the look is thorough or it is another's."""
        path = self._objects / saved.sha256
        try:
            there = path.stat().st_size == saved.bytes
        except OSError:
            return False
        return there and (not self._thorough or _hash(path) == saved.sha256)

    def _keep(self, saved: Saved, data: bytes) -> None:
        path = self._objects / saved.sha256
        fresh = not path.exists()
        files.write_atomic(path, data, settled=False)
        if fresh:
            self.new.append(saved.sha256)
        self.bytes += len(data)
        if _hash(path) != saved.sha256:
            raise AuditorError("store.backup.not_as_written", file=str(path))


def _live(folder: Path) -> Iterator[str]:
    """The files of a data folder that are worth saving, as paths with `/`; the rest is derived or of the moment."""
    pending = [""]
    while pending:
        inside = pending.pop()
        with suppress(FileNotFoundError), os.scandir(folder / inside) as found:
            for one in found:
                path = f"{inside}{one.name}"
                if one.is_dir(follow_symlinks=False):
                    if inside or one.name in ("audits", "checklists"):
                        pending.append(f"{path}/")
                elif generations.may_be_saved(path):
                    yield path


def _prune(target: Path, newest: Generation) -> None:
    """Let go of generations past keeping. What was just made stays, whatever the clock says; so does an earlier one of
    the same day that holds an audit which is gone since."""
    there, day = generations.names(target), newest.name[7:15]
    going = set(there) - generations.kept(there) - {newest.name}
    for name in sorted(going):
        if name[7:15] == day:
            with suppress(AuditorError):
                if generations.read(target, name).audits - newest.audits:
                    going.discard(name)
    if going:
        files.remove_all(target / MANIFESTS, going)
    _drop_unused(target)


def _drop_unused(target: Path) -> None:
    """Objects that no generation holds; none while a manifest cannot be read, for it may need them."""
    needed: set[str] = set()
    try:
        for name in generations.names(target):
            needed.update(one.sha256 for one in generations.read(target, name).files)
        unused = {one.name for one in os.scandir(target / OBJECTS)} - needed
    except (AuditorError, OSError):
        return
    if unused:
        files.remove_all(target / OBJECTS, unused)


def _hash(path: Path) -> str:
    """SHA-256 of a file; "" when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """One backup at a time goes into a folder. Raises `store.backup.in_use`."""
    lock = FileLock(target / "lock", timeout=0, thread_local=False)
    with files.named(target):
        try:
            lock.acquire()
        except Timeout as error:
            raise AuditorError("store.backup.in_use", file=str(target)) from error
    try:
        yield
    finally:
        lock.release()
