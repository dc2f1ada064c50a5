"""Makes the pages the window opens later, and wires each to the window. Imported after the first paint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from auditor.errors import AuditorError
from auditor.words import tr
from ui import background
from ui.desk import problems_as_error

if TYPE_CHECKING:
    from auditor.checklist.model import Checklist
    from auditor.store import Branch
    from checklists.drafts import Opened
    from ui.checklists.page import ChecklistsPage
    from ui.controls import Hand
    from ui.editor.state import Editing
    from ui.main_window import MainWindow
    from ui.role.page import RolePage
    from ui.role.today import Person
    from ui.session import AuditSession
    from ui.start.page import StartPage


def start_page(window: MainWindow) -> QWidget:
    from ui.start.page import StartPage

    page = StartPage(window.desk.rows, window.person)
    page.left.connect(lambda: window.go("home"))
    page.started.connect(window.start_audit)
    page.branches.register_wanted.connect(lambda: import_branches(window, page))
    window.desk.when_ready(lambda: page.show_branches(window.desk.branches()))
    before = window.findChildren(StartPage) if window.page == "start" else []
    if before:  # the same page in another language or look
        page.take_up(before[-1].kept())
    _read_checklists(window, page, page.show_checklists)
    return page


def role_page(window: MainWindow) -> QWidget:
    from ui.role.page import RolePage

    page = RolePage(window.person, window.desk.rows)
    page.chosen.connect(lambda person: become(window, person))
    page.left.connect(lambda: window.go("home"))
    page.branches.register_wanted.connect(lambda: import_branches(window, page))
    window.desk.when_ready(lambda: page.show_branches(window.desk.branches()))
    return page


def checklists_page(window: MainWindow) -> QWidget:
    from ui.checklists.page import ChecklistsPage

    page = ChecklistsPage(window.desk.folder / "checklists")
    page.start_wanted.connect(window.on_start_check)
    page.new_wanted.connect(lambda id, version, title: _begin(window, page, "", id, version, title))
    page.copy_wanted.connect(lambda source, id, version, title: _begin(window, page, source, id, version, title))
    page.edit_wanted.connect(lambda id: window.desk.when_ready(lambda: _edit(window, id)))
    page.print_wanted.connect(lambda checklist: _print(window, page, checklist))
    _read_checklists(window, page, page.show_checklists)
    return page


def _print(window: MainWindow, page: QWidget, checklist: Checklist) -> None:
    from ui.checklists.printing import print_form

    print_form(window, page, checklist)


def editor_page(window: MainWindow) -> QWidget:
    from ui.editor.page import EditorPage

    assert window.editing is not None
    page = EditorPage(window.editing)
    page.failed.connect(window.say_wrong)
    page.closed.connect(lambda: window.go("checklists"))
    page.deleted.connect(lambda editing: _say_deleted(window, editing))
    page.saved.connect(
        lambda one: window.messages.say_done(tr("editor.saved"), tr("editor.saved.remedy", version=one.version))
    )
    return page


def settings_page(window: MainWindow) -> QWidget:
    from ui.safety.wiring import settings_cards
    from ui.settings.page import SettingsPage
    from ui.shortcuts import SHORTCUTS

    page = SettingsPage(
        window.settings, window.desk.folder, SHORTCUTS, (*settings_cards(window), _report_settings(window))
    )
    page.changed.connect(lambda values: window.change(**values))
    return page


def _report_settings(window: MainWindow) -> QWidget:
    """What every report is asked to be, kept in a file of its own."""
    from exports import report_settings
    from ui.settings.report_settings_card import ReportSettingsCard

    settings, wrong = report_settings.load(window.desk.folder)
    if wrong is not None:
        window.say_wrong(wrong)
    card = ReportSettingsCard(settings)

    def keep(changed: report_settings.ReportSettings) -> None:
        try:
            report_settings.save(window.desk.folder, changed)
        except AuditorError as error:
            window.say_wrong(error)

    card.changed.connect(keep)
    return card


def capture_page(window: MainWindow) -> QWidget:
    from ui.capture.page import CapturePage
    from ui.controls import files_asked
    from ui.jot.wiring import join_capture
    from ui.photos.burning import forget_in_backups
    from ui.photos.telling import Telling

    page = CapturePage(_session(window), hand=cast("Hand", window.settings.hand))
    page.review_requested.connect(lambda: window.show_page("review"))
    page.closed.connect(lambda: window.go("home"))
    page.maker.view_photo = partial(_show_photo, window)
    page.maker.take_photo = partial(_open_camera, window)
    files_asked.remember(files_asked.last_folder() or window.settings.evidence_folder)
    if getattr(page.session.opened, "blurred", None):  # a backup was busy, or the program ended, when it was blurred
        forget_in_backups(page.session, window.desk.backup_folder)
    Telling(page.session.listening, window.messages, page)
    join_capture(window, page)
    return page


def _open_camera(window: MainWindow, path: str) -> None:
    """See through the camera over the whole window; what is taken belongs to the item."""
    from ui.controls.camera import Camera
    from ui.photos.viewfinder import Viewfinder

    session = _session(window)
    camera = Camera(window)
    seen = Viewfinder(window, camera)
    seen.destroyed.connect(camera.deleteLater)
    seen.taken.connect(lambda photo: session.add_photos(path, [photo]))


def photo_page(window: MainWindow) -> QWidget:
    from ui.photos.page import PhotoPage

    path, sha256 = window.photo
    page = PhotoPage(_session(window), path, sha256, backups=window.desk.backup_folder)
    page.shown.connect(lambda shown: setattr(window, "photo", (path, shown)))
    page.closed.connect(lambda: _show_item(window, path))
    return page


def review_page(window: MainWindow) -> QWidget:
    from ui.review.page import ReviewPage

    session = _session(window)
    page = ReviewPage(session)
    page.back_requested.connect(lambda: window.show_page("capture"))
    page.item_requested.connect(lambda path: _show_item(window, path))
    page.export_requested.connect(lambda: window.show_export(session.audit))
    return page


def check_page(window: MainWindow) -> QWidget:
    from ui.safety import wiring

    return wiring.check_page(window)


def _jot_page(window: MainWindow) -> QWidget:
    from ui.jot.wiring import jot_page

    return jot_page(window)


def _exporting(name: str) -> Callable[[MainWindow], QWidget]:
    """A page of the exports; their room is imported when it is first wanted."""

    def make(window: MainWindow) -> QWidget:
        from ui.export import wiring

        return wiring.MAKERS[name](window)

    return make


MAKERS: dict[str, Callable[[MainWindow], QWidget]] = {
    "start": start_page,
    "role": role_page,
    "checklists": checklists_page,
    "editor": editor_page,
    "settings": settings_page,
    "check": check_page,
    "capture": capture_page,
    "jot": _jot_page,
    "photo": photo_page,
    "review": review_page,
    **{name: _exporting(name) for name in ("export", "batch", "register")},
}


def load_sample(window: MainWindow) -> None:
    """Add an invented bank's audits to the data folder, in the background."""
    window.messages.say(tr("window.loading_sample"), seconds=None)
    window.desk.load_sample(lambda: window.messages.say_done(tr("window.sample_loaded")))


def become(window: MainWindow, person: Person) -> None:
    """Work as somebody: the first page is made for him."""
    role, alias, branch, name, day = person
    window.change(role=role, alias=alias, own_branch=branch, own_branch_name=name, due_day=day)
    window.go("home")
    window.rebuild()


def practise(window: MainWindow) -> None:
    """A draft to play with: a small checklist at a branch that is none; deleted like any other."""
    from auditor.audit import Header
    from checklists import library

    now = datetime.now().astimezone().isoformat(timespec="seconds")
    header = Header("announced", now, branch=tr("role.practice_branch"), branch_name=tr("role.practice_branch"))
    window.start_audit(library.find("greeting", None), header)


def import_branches(window: MainWindow, page: StartPage | RolePage) -> None:
    """Read a register of branches from Excel or CSV; what is wrong in it is said by cell, and nothing is taken."""
    from ui.widgets.files import chosen_file

    path = chosen_file(page, tr("branches.choose"), tr("branches.files"), "*.xlsx *.csv")
    if path is None:
        return

    def read() -> list[Branch]:
        from checklists.branches import read_branches

        return read_branches(path)

    def done(found: list[Branch]) -> None:
        window.desk.when_ready(lambda: take(window.desk.merge_branches(found)))

    def take(counts: tuple[int, int]) -> None:
        window.messages.say_done(tr("branches.imported", added=counts[0], changed=counts[1]))
        if isValid(page):
            page.show_branches(window.desk.branches())

    background.run(read, done, window.say_wrong)


def _edit(window: MainWindow, id: str) -> None:
    """Open a checklist in the editor. Raises what is wrong with its file."""
    from checklists import drafts

    _show_editor(window, drafts.edit(window.desk.folder, id))


def _begin(window: MainWindow, page: ChecklistsPage, source: str, id: str, version: str, title: str) -> None:
    """A new checklist, or a copy of one; what is wrong with its id is said where it was asked for."""
    from checklists import drafts, library

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
    from ui.editor.state import Editing

    if not window.desk.writes:
        raise AuditorError("editor.not_writing", file=str(window.desk.folder))
    window.editing = Editing(opened)
    window.show_page("editor")


def _say_deleted(window: MainWindow, editing: Editing) -> None:
    """Back to the checklists, with a way to have the draft again."""
    window.go("checklists")

    def restore() -> None:
        window.desk.when_ready(editing.restore)
        window.go("home")
        window.go("checklists")

    window.messages.say_done(tr("editor.draft_deleted"), actions=[(tr("window.undo"), restore)])


def _show_item(window: MainWindow, path: str) -> None:
    from ui.capture.page import CapturePage

    window.show_page("capture")
    page = window.current_page()
    if isinstance(page, CapturePage):
        page.reveal(path)


def _show_photo(window: MainWindow, path: str, sha256: str) -> None:
    window.photo = (path, sha256)
    window.show_page("photo")


def _session(window: MainWindow) -> AuditSession:
    assert window.session is not None
    return window.session


def _read_checklists(window: MainWindow, page: QWidget, show: Callable[[list[Checklist]], Any]) -> None:
    """Read every checklist off the window's thread and show them, if the page is still there by then."""
    from checklists import library

    def done(found: tuple[list[Checklist], list[Any]]) -> None:
        if not isValid(page):
            return
        show(found[0])
        wrong = problems_as_error(found[1])
        if wrong is not None:
            window.say_wrong(wrong)

    background.run(lambda: library.listed(window.desk.folder), done, window.say_wrong)
