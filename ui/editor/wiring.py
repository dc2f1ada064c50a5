"""The editor of checklists joined to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.words import tr
from ui.editor.page import EditorPage

if TYPE_CHECKING:
    from ui.editor.state import Editing
    from ui.main_window import MainWindow


def editor_page(window: MainWindow) -> EditorPage:
    assert window.editing is not None
    page = EditorPage(window.editing)
    page.failed.connect(window.say_wrong)
    page.closed.connect(lambda: window.go("checklists"))
    page.deleted.connect(lambda editing: _say_deleted(window, editing))
    page.saved.connect(
        lambda one: window.messages.say_done(tr("editor.saved"), tr("editor.saved.remedy", version=one.version))
    )
    return page


def _say_deleted(window: MainWindow, editing: Editing) -> None:
    """Back to the checklists, with a way to have the draft again."""
    window.go("checklists")

    def restore() -> None:
        window.desk.when_ready(editing.restore)
        window.go("home")
        window.go("checklists")

    window.messages.say_done(tr("editor.draft_deleted"), actions=[(tr("window.undo"), restore)])
