"""Checklists on their way: begun blank or as a copy, kept as drafts while edited, saved when they hold (design §3).

A shipped checklist is never written: what is edited becomes the user's own, `<data>/checklists/<id>.yaml`. Beside it
lies `<id>.draft.yaml` as long as there are edits that were not saved; no audit uses it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from auditor.checklist.model import Checklist
from auditor.errors import AuditorError, ProblemsError
from auditor.store import files
from checklists import library, reader
from checklists.editing import Document
from checklists.source import read_text
from checklists.templates import new_section
from checklists.tree import with_value
from checklists.writing import block_value

_ID = re.compile(r"[^\W\d][\w-]{0,63}")
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))})
_SCHEMA_LINE = re.compile(r"\A# yaml-language-server:[^\n]*\n")


@dataclass(frozen=True, slots=True)
class Opened:
    """A checklist opened for editing."""

    document: Document
    home: Path
    """The file it is saved to."""
    saved_version: str
    """The version an audit would use now; empty while there is none."""
    restored: bool
    """Whether unsaved edits of another day were taken up."""

    @property
    def draft(self) -> Path:
        return draft_of(self.home)


def draft_of(home: Path) -> Path:
    """Where the unsaved edits of a checklist lie."""
    return home.with_name(home.name.removesuffix(".yaml") + library.DRAFT)


def edit(data_folder: Path, id: str) -> Opened:
    """Open a checklist, own or shipped, with its unsaved edits. Raises ProblemsError, `checklist.not_found`."""
    home = _home(data_folder, id)
    draft = draft_of(home)
    saved = home if home.is_file() else next((one for one in library.shipped() if one.stem == id), None)
    version = _version(saved)
    if draft.is_file():
        document = Document(read_text(draft), str(draft))
        document.mark_unsaved()
        return Opened(document, home, version, restored=True)
    if saved is None:
        raise AuditorError("checklist.not_found", id=id[:80], known="")
    text = read_text(saved)
    if saved != home:
        text = _SCHEMA_LINE.sub("", text)
    return Opened(Document(text, str(saved)), home, version, restored=False)


def blank(data_folder: Path, id: str, version: str, title: str) -> Opened:
    """A new checklist with one section and one item. Raises `editor.id_…`, `editor.version_wanted`."""
    home = _new_home(data_folder, id, version)
    tree = {
        "format": "1",
        "id": id,
        "version": version.strip(),
        "title": title.strip() or id,
        "scale": "100",
        "sections": [new_section({id})],
    }
    text = block_value(tree, 0)
    document = Document(text)
    document.mark_unsaved()
    return Opened(document, home, "", restored=False)


def copied(data_folder: Path, source: str, id: str, version: str, title: str, note: str) -> Opened:
    """A copy of a checklist under a new id, with a history of its own that begins with `note`. Raises `editor.id_…`."""
    home = _new_home(data_folder, id, version)
    text = _SCHEMA_LINE.sub("", read_text(_file(data_folder, source)))
    document = Document(text)
    document.put(("id",), id)
    document.put(("version",), version.strip())
    if title.strip():
        document.put(("title",), title.strip())
    document.put(("changes",), [_change(version, note)])
    document = Document(document.text())
    document.mark_unsaved()
    return Opened(document, home, "", restored=False)


def with_change(document: Document, version: str, note: str) -> None:
    """Give the document its next version and say what it brought, as one step."""
    changes = document.get(("changes",), [])
    tree = with_value(document.root, ("version",), version.strip())
    document.change(lambda _: with_value(tree, ("changes",), [*changes, _change(version, note)]))


def saved_file(opened: Opened) -> Path:
    """The file that audits use now: the user's own, else the shipped one of that name."""
    return opened.home if opened.home.is_file() else library.FOLDER / opened.home.name


def keep(opened: Opened) -> None:
    """Write the edits as they stand beside the checklist; nothing else changes. Raises `store.…`."""
    files.make_folder(opened.home.parent)
    files.write_atomic(opened.draft, opened.document.text().encode())


def discard(opened: Opened) -> None:
    """Forget the unsaved edits. Raises `store.…`."""
    if opened.draft.exists():
        files.remove(opened.draft)


def save(opened: Opened) -> Checklist:
    """Replace the checklist by the document, read again by our own reader first, and drop the draft.

    Raises ProblemsError while it has errors, and `store.…`; the file before is untouched then.
    """
    text = opened.document.text()
    checklist, problems = reader.check_text(text, str(opened.home))
    errors = [one for one in problems if one.severity == "error"]
    if checklist is None or errors:
        raise ProblemsError("editor.not_saved", errors, count=len(errors))
    files.make_folder(opened.home.parent)
    files.write_atomic(opened.home, text.encode())
    opened.document.mark_saved()
    discard(opened)
    return checklist


def unfinished(data_folder: Path) -> list[tuple[str, str]]:
    """(id, title) of what can be edited but not used: drafts of checklists never saved, and own files with errors."""
    folder = data_folder / "checklists"
    found: dict[str, str] = {}
    drafts = sorted(folder.glob(f"*{library.DRAFT}")) if folder.is_dir() else []
    for path in [*drafts, *library.own(data_folder)]:
        id = path.name.removesuffix(library.DRAFT).removesuffix(".yaml")
        saved = path.with_name(f"{id}.yaml")
        if saved in library.own(data_folder) and not _broken(saved):
            continue
        if path.name.endswith(library.DRAFT) and any(one.stem == id for one in library.shipped()):
            continue
        found.setdefault(id, _title(path) or id)
    return list(found.items())


def suggested_id(data_folder: Path, stem: str) -> str:
    """An id nobody has, made from another."""
    names = (f"{stem}_{n}" for n in range(1, 10_000))
    return next(name for name in names if not _taken(data_folder, name))


def _new_home(data_folder: Path, id: str, version: str) -> Path:
    if not _ID.fullmatch(id) or id.lower() in _DEVICES:
        raise AuditorError("editor.id_form", id=id[:80])
    if _taken(data_folder, id):
        raise AuditorError("editor.id_taken", id=id)
    if not version.strip():
        raise AuditorError("editor.version_wanted")
    return data_folder / "checklists" / f"{id}.yaml"


def _taken(data_folder: Path, id: str) -> bool:
    home = data_folder / "checklists" / f"{id}.yaml"
    if home.exists() or draft_of(home).exists():
        return True
    return any(one.stem == id for one in library.shipped())


def _home(data_folder: Path, id: str) -> Path:
    """The own file of an id: the one named so, else one that says so, else where it will be."""
    home = data_folder / "checklists" / f"{id}.yaml"
    if home.exists():
        return home
    for path in library.own(data_folder):
        if not _broken(path) and library.read(path).id == id:
            return path
    return home


def _file(data_folder: Path, id: str) -> Path:
    home = _home(data_folder, id)
    if home.is_file():
        return home
    found = next((one for one in library.shipped() if one.stem == id), None)
    if found is None:
        raise AuditorError("checklist.not_found", id=id[:80], known="")
    return found


def _version(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return library.read(path).version
    except ProblemsError:
        return ""


def _broken(path: Path) -> bool:
    try:
        library.read(path)
    except ProblemsError:
        return True
    return False


def _title(path: Path) -> str:
    """The title a file gives itself, as far as it can be read."""
    try:
        title = Document(read_text(path)).get(("title",), "")
    except ProblemsError:
        return ""
    if isinstance(title, dict):
        title = next((one for one in title.values() if isinstance(one, str)), "")
    return title if isinstance(title, str) else ""


def _change(version: str, note: str) -> dict[str, str]:
    return {"version": version.strip(), "date": date.today().isoformat(), "note": note.strip()}
