"""One audit of a batch: what its files are called, which of them are there already, and making them in a worker."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor import __version__
from auditor.errors import AuditorError, Problem
from auditor.store import Row, Store
from auditor.store.branches import NAME as BRANCHES
from auditor.store.journal import NAME as JOURNAL
from exports.batch.manifest import Manifest, file_digest
from exports.blocks import Copy
from exports.earlier import NOTHING, earlier, totals
from exports.from_store import export_audit
from exports.head import Earlier
from exports.moments import moment
from exports.names import called
from exports.places import placed

if TYPE_CHECKING:
    from exports.pdf.signing import Signer


@dataclass(frozen=True, slots=True)
class Wanted:
    """What every report of a batch is asked to be. `options` are those of `report.build` besides these."""

    data: Path
    to: Path
    formats: tuple[str, ...]
    copy: Copy = "compliance"
    lang: str = "zh"
    options: tuple[tuple[str, Any], ...] = ()
    sign: Signer | None = None
    """Signs every PDF."""

    def fingerprint(self) -> str:
        """Of everything but the audit: copy, language, options, the register of branches, the program."""
        register = file_digest(self.data / BRANCHES)
        told = repr((self.copy, self.lang, self.options, register, __version__))
        return hashlib.sha256(told.encode()).hexdigest()

    def form(self, ending: str) -> str:
        """What a file is made as: a PDF signed by somebody is another one."""
        return f"{ending} {self.sign.fingerprint}" if self.sign is not None and ending == "pdf" else ending


@dataclass(frozen=True, slots=True)
class Job:
    """One audit, the name of its files, and those still to be written; `there` are those that need not be."""

    audit: str
    name: str
    formats: tuple[str, ...]
    there: tuple[Path, ...] = ()
    earlier: Earlier = NOTHING
    """The outlet's totals to compare with."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a job: (key, path, SHA-256) of each file written, and what went wrong."""

    audit: str
    files: tuple[tuple[str, Path, str], ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def plan(rows: Iterable[Row], wanted: Wanted, progress: Callable[[int], object] | None = None) -> list[Job]:
    """A job per row, in their order. Every name is decided here, so no two workers can choose the same one."""
    manifest, taken = Manifest(wanted.to), _names_in(wanted.to)
    store, fingerprint = _store(wanted.data), wanted.fingerprint()
    known = totals(store.rows())
    jobs = []
    for number, row in enumerate(rows, 1):
        before = earlier(known, row)
        there: dict[str, Path] = {}
        if manifest:
            content = f"{_content(store, row.id)} {before}"
            keys = {one: _key(content, fingerprint, wanted.form(one)) for one in wanted.formats}
            there = {one: path for one, key in keys.items() if (path := manifest.done(key))}
        missing = tuple(one for one in wanted.formats if one not in there)
        name = _name(row, store, wanted, taken, there, missing) if missing else ""
        jobs.append(Job(row.id, name, missing, tuple(there.values()), before))
        if progress is not None:
            progress(number)
    return jobs


def _names_in(folder: Path) -> set[str]:
    """Names of files in use, as a file system sees them that tells no small letters from capitals."""
    try:
        return {one.name.casefold() for one in folder.iterdir()}
    except OSError:
        return set()


def _name(
    row: Row, store: Store, wanted: Wanted, taken: set[str], there: dict[str, Path], missing: Sequence[str]
) -> str:
    """The name by the conventions, or -2, -3 …; beside what is there already, its own name."""
    where, when = placed(row.branch, row.branch_name, "", store.branches), moment(row.visited)
    layout = str(dict(wanted.options).get("layout", "full"))
    stem = called(where.code, where.name, row.kind, f"{when:%Y%m%d}" if when else "", wanted.lang, layout)
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    for tried in chain((path.stem for path in there.values()), numbered):
        if not taken.intersection(f"{tried}.{one}".casefold() for one in missing):
            taken |= {f"{tried}.{one}".casefold() for one in wanted.formats}
            return tried
    raise AssertionError("numbers do not end")


def make(job: Job, wanted: Wanted) -> Made:
    """Write the files of one job. Nothing is raised but what ends a process; photos are read where they are kept."""
    try:
        return _made(job, wanted)
    except AuditorError as error:
        return Made(job.audit, problems=_named(error, job.audit))
    except MemoryError:
        return Made(job.audit, problems=_named(AuditorError("batch.no_memory"), job.audit))
    except Exception as error:
        said = f"{type(error).__name__}: {error}"[:300]
        return Made(job.audit, problems=_named(AuditorError("batch.failed", said=said), job.audit))


def _made(job: Job, wanted: Wanted) -> Made:
    store = _store(wanted.data)
    # before it is read: a change meanwhile makes the key an old one
    content = f"{_content(store, job.audit)} {job.earlier}"
    written, failed = export_audit(
        store,
        job.audit,
        wanted.to,
        formats=job.formats,
        copy=wanted.copy,
        lang=wanted.lang,
        name=job.name,
        earlier=job.earlier,
        sign=wanted.sign.sign if wanted.sign is not None else None,
        **dict(wanted.options),
    )
    fingerprint = wanted.fingerprint()
    kept = tuple((_key(content, fingerprint, wanted.form(one.suffix[1:])), one, file_digest(one)) for one in written)
    return Made(job.audit, kept, tuple(one for error in failed for one in _named(error, job.audit)))


def _named(error: AuditorError, audit: str) -> tuple[Problem, ...]:
    return tuple(replace(one, file=one.file or audit) for one in error.problems())


@cache
def _store(data: Path) -> Store:
    """The data folder, opened once a process, for reading."""
    return Store.open(data, write=False)


def _content(store: Store, audit: str) -> str:
    """A hash of what an audit's reports are made of: its journal, and which photos are there."""
    folder = store.library.folder_of(audit)
    told = hashlib.sha256(file_digest(folder / JOURNAL).encode())
    try:
        photos = sorted((one.name, one.stat().st_size) for one in (folder / "photos").iterdir())
    except OSError:
        photos = []
    told.update(repr(photos).encode())
    return told.hexdigest()


def _key(content: str, fingerprint: str, form: str) -> str:
    return hashlib.sha256(f"{content} {fingerprint} {form}".encode()).hexdigest()
