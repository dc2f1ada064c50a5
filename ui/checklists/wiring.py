"""The page of checklists joined to the window and to the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.errors import AuditorError
from auditor.words import tr
from checklists import drafts, library
from ui.checklists.page import ChecklistsPage
from ui.checklists.printing import print_form, write_blank
from ui.editor.state import Editing
from ui.start.wiring import read_checklists

if TYPE_CHECKING:
    from checklists.drafts import Opened
    from ui.main_window import MainWindow


def checklists_page(window: MainWindow) -> ChecklistsPage:
    page = ChecklistsPage(window.desk.folder / "checklists")
    page.start_wanted.connect(window.on_start_check)
    page.new_wanted.connect(lambda id, version, title: _begin(window, page, "", id, version, title))
    page.copy_wanted.connect(lambda source, id, version, title: _begin(window, page, source, id, version, title))
    page.edit_wanted.connect(lambda id: window.desk.when_ready(lambda: _edit(window, id)))
    page.print_wanted.connect(lambda checklist: print_form(window, page, checklist))
    page.blank_wanted.connect(lambda checklist: write_blank(window, page, checklist))
    read_checklists(window, page, page.show_checklists)
    return page


def _edit(window: MainWindow, id: str) -> None:
    """Open a checklist in the editor. Raises what is wrong with its file."""
    _show_editor(window, drafts.edit(window.desk.folder, id))


def _begin(window: MainWindow, page: ChecklistsPage, source: str, id: str, version: str, title: str) -> None:
    """A new checklist, or a copy of one; what is wrong with its id is said where it was asked for."""
    folder = window.desk.folder
    try:
        if source:
            before = library.find(source, folder)
            note = tr("editor.copy_of", title=str(before.title), version=before.version)
            opened = drafts.copied(folder, source, id, version, title, note)
        else:
            opened = drafts.blank(folder, id, version, title)
    except AuditorError as error:
        page.say_wrong(error)
        return
    window.desk.when_ready(lambda: _show_editor(window, opened))


def _show_editor(window: MainWindow, opened: Opened) -> None:
    """Raises `editor.not_writing` where another program has the data folder."""
    if not window.desk.writes:
        raise AuditorError("editor.not_writing", file=str(window.desk.folder))
    window.editing = Editing(opened)
    window.show_page("editor")
