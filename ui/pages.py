"""The pages the window opens later. Each room's `wiring` joins its own; those of a visit are joined here.

Imported after the first paint; a room is imported when its page is first wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from auditor.audit import PhotoStage
    from ui.controls import Hand
    from ui.main_window import MainWindow
    from ui.session import AuditSession


def capture_page(window: MainWindow) -> QWidget:
    from ui.capture.page import CapturePage
    from ui.controls import files_asked
    from ui.duties.joining import join_duties
    from ui.filling import wiring as filling
    from ui.jot.wiring import join_capture
    from ui.photos.burning import forget_in_backups
    from ui.photos.telling import Telling

    session = _session(window)
    session.sharing.look_back(window.desk.store)
    page = CapturePage(session, hand=cast("Hand", window.settings.hand))
    page.review_requested.connect(lambda: window.show_page("review"))
    page.closed.connect(lambda: window.go("home"))
    page.maker.view_photo = partial(_show_photo, window)
    page.maker.take_photo = partial(_open_camera, window)
    files_asked.remember(files_asked.last_folder() or window.settings.evidence_folder)
    if getattr(page.session.opened, "blurred", None):  # a backup was busy, or the program ended, when it was blurred
        forget_in_backups(page.session, window.desk.backup_folder)
    Telling(page.session.listening, window.messages, page)
    join_capture(window, page)
    join_duties(page)
    filling.join_capture(window, page)
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

    path, sha256, *stages = window.photo
    stage = cast("PhotoStage", "".join(stages))
    page = PhotoPage(_session(window), path, sha256, stage=stage, backups=window.desk.backup_folder)
    page.shown.connect(lambda shown: setattr(window, "photo", (path, shown, *stages)))
    page.closed.connect(lambda: _show_action(window, path) if stage else _show_item(window, path))
    return page


def review_page(window: MainWindow) -> QWidget:
    from ui.filling import wiring as filling
    from ui.review.page import ReviewPage

    session = _session(window)
    page = ReviewPage(session)
    page.back_requested.connect(lambda: window.show_page("capture"))
    page.item_requested.connect(lambda path: _show_item(window, path))
    page.export_requested.connect(lambda: window.show_export(session.audit))
    page.photo_wanted.connect(lambda path, stage, sha256: _show_photo(window, path, sha256, stage))
    filling.join_review(window, page)
    return page


def _start(window: MainWindow) -> QWidget:
    from ui.start.wiring import start_page

    return start_page(window)


def _role(window: MainWindow) -> QWidget:
    from ui.role.wiring import role_page

    return role_page(window)


def _checklists(window: MainWindow) -> QWidget:
    from ui.checklists.wiring import checklists_page

    return checklists_page(window)


def _editor(window: MainWindow) -> QWidget:
    from ui.editor.wiring import editor_page

    return editor_page(window)


def _settings(window: MainWindow) -> QWidget:
    from ui.settings.wiring import settings_page

    return settings_page(window)


def _check(window: MainWindow) -> QWidget:
    from ui.safety.wiring import check_page

    return check_page(window)


def _jot(window: MainWindow) -> QWidget:
    from ui.jot.wiring import jot_page

    return jot_page(window)


def _exporting(name: str) -> Callable[[MainWindow], QWidget]:
    """A page of the exports; their room is imported when it is first wanted."""

    def make(window: MainWindow) -> QWidget:
        from ui.export import wiring

        return wiring.MAKERS[name](window)

    return make


MAKERS: dict[str, Callable[[MainWindow], QWidget]] = {
    "start": _start,
    "role": _role,
    "checklists": _checklists,
    "editor": _editor,
    "settings": _settings,
    "check": _check,
    "capture": capture_page,
    "jot": _jot,
    "photo": photo_page,
    "review": review_page,
    **{name: _exporting(name) for name in ("export", "batch", "register")},
}


def _show_item(window: MainWindow, path: str) -> None:
    from ui.capture.page import CapturePage

    window.show_page("capture")
    page = window.current_page()
    if isinstance(page, CapturePage):
        page.reveal(path)


def _show_action(window: MainWindow, path: str) -> None:
    """Back from a corrective action's photo: its form is open, where it was left."""
    from ui.review.page import ReviewPage

    window.show_page("review")
    page = window.current_page()
    if isinstance(page, ReviewPage) and page.losses is not None:
        page.losses.show_action(path)


def _show_photo(window: MainWindow, path: str, sha256: str, *stage: str) -> None:
    window.photo = (path, sha256, *stage)
    window.show_page("photo")


def _session(window: MainWindow) -> AuditSession:
    assert window.session is not None
    return window.session
