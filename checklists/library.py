"""The checklists at hand: those shipped with the program, and the user's own in `<data>/checklists` (design §5)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from auditor.checklist.model import Checklist
from auditor.errors import AuditorError, Problem, ProblemsError
from checklists import reader

FOLDER = Path(__file__).parent / "library"
DRAFT = ".draft.yaml"
"""How the file of a checklist ends that is still being edited; no audit uses it."""


def shipped() -> list[Path]:
    """The files of the shipped checklists, by name."""
    return sorted(FOLDER.glob("*.yaml"))


def own(data_folder: Path | None) -> list[Path]:
    """The files of the user's own checklists, by name; none without a data folder. Drafts of the editor are none."""
    folder = data_folder / "checklists" if data_folder else None
    if not folder or not folder.is_dir():
        return []
    return sorted(path for path in folder.glob("*.yaml") if not path.name.endswith(DRAFT))


def listed(data_folder: Path | None = None) -> tuple[list[Checklist], list[Problem]]:
    """Every checklist that can be read, and what is wrong with the others: one broken file hides no other (P4).

    The user's own come first and stand in for shipped ones of the same id.
    """
    found: dict[str, tuple[Checklist, Path]] = {}
    problems: list[Problem] = []
    for path in [*own(data_folder), *shipped()]:
        try:
            checklist = read(path)
        except ProblemsError as error:
            problems += error.problems()
            continue
        first = found.setdefault(checklist.id, (checklist, path))[1]
        if first != path and path.parent == first.parent:
            values = {"id": checklist.id, "first": first.name}
            problems.append(Problem("checklist.same_id", values, str(path), severity="warning"))
    return [checklist for checklist, _ in found.values()], problems


def all(data_folder: Path | None = None) -> list[Checklist]:
    """Every checklist that can be read; `listed` also says what is wrong with the others."""
    return listed(data_folder)[0]


def find(id: str, data_folder: Path | None = None) -> Checklist:
    """The checklist of an id, or of a file where a path ending in `.yaml` is given (no id has a dot).

    Raises `checklist.not_found` with those there are, or what is wrong with its file.
    """
    if id.endswith((".yaml", ".yml")):
        return reader.read(id)
    for path in [*own(data_folder), *shipped()]:
        if path.stem == id:
            checklist = read(path)
            if checklist.id == id:
                return checklist
    checklists = all(data_folder)
    for checklist in checklists:
        if checklist.id == id:
            return checklist
    raise AuditorError("checklist.not_found", id=id[:80], known=", ".join(one.id for one in checklists))


def read(path: Path) -> Checklist:
    """A checklist's file, read again only when it has changed."""
    try:
        state = path.stat()
    except OSError:
        return reader.read(path)
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=200)
def _read(path: Path, _changed: int, _size: int) -> Checklist:
    return reader.read(path)
