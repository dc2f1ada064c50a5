"""Photos of a corrective action, seen large: marked, described, blurred for good, also after finishing (P7)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from auditor.audit import Finding
from auditor.store import Store, backups
from auditor.words import tr
from tests.auditor.test_store_marks import scene as picture
from tests.ui import scene
from tests.ui.scene import settle
from tests.ui.test_photo_page import drag
from tests.ui.test_session import fill
from ui import app as opening
from ui.main_window import MainWindow
from ui.photos.page import PhotoPage
from ui.review.page import ReviewPage
from ui.session import AuditSession

PATH = "more1"


@pytest.fixture
def window(qapp, qtbot: QtBot, data: Path) -> Iterator[MainWindow]:
    """A finished audit with one loss, its photo of after taken in; the review page is shown."""
    with Store.open(data, write=True) as store:
        session = AuditSession(store.create(scene.checklist(), scene.header()))
        fill(session)
        session.answer(PATH, "no")
        session.add_photos(PATH, [picture(1)])
        settle()
        assert session.finish("青松")
        session.correcting.add_photos(PATH, [picture(2), picture(3)], "after")
        settle()
        audit = session.audit.id
        session.close()
    made = opening.open_window(qapp, data)
    qtbot.addWidget(made)
    settle()
    made.open_audit(audit)
    settle()
    made.show_page("review")
    made.resize(1280, 800)
    yield made
    made.close()


def finding(window: MainWindow) -> Finding:
    assert window.session is not None
    return window.session.audit.findings[PATH]


def kept(window: MainWindow) -> set[str]:
    assert window.session is not None
    return {one.stem for one in window.session.photo_path("").parent.glob("*.jpg")}


def opened(window: MainWindow, stage: str = "after", at: int = 0) -> PhotoPage:
    """Tap the row, the thumbnail, and “view and mark”."""
    review = window.current_page()
    assert isinstance(review, ReviewPage)
    assert review.losses is not None
    row = review.losses.rows[PATH]
    row.open(True)
    assert row.form is not None
    strip = (row.form.after if stage == "after" else row.form.before).strip
    strip.tiles[at].click()
    strip.view.click()
    settle()
    page = window.current_page()
    assert isinstance(page, PhotoPage)
    return page


def draw(page: PhotoPage, key: str) -> None:
    QTest.keyClicks(page.canvas, key)
    drag(page, (0.2, 0.2), (0.6, 0.6))
    settle(1)


def test_a_photo_of_after_is_seen_large_marked_and_described(window: MainWindow) -> None:
    first, second = (one.sha256 for one in finding(window).photos_after)
    page = opened(window, at=1)
    assert page.photo.sha256 == second
    assert page.title.text() == tr("photos.title", n=2, of=2)
    assert not page.side.stage.isVisible(), "before or after is said by where it stands"
    draw(page, "2")
    page.side.caption.setText("整改后的填单台")
    page.leave()
    settle()
    marked = finding(window).photos_after[1]
    assert marked.sha256 not in (first, second)
    assert (marked.caption, marked.stage) == ("整改后的填单台", "after")
    assert finding(window).photos_after[0].sha256 == first
    review = window.current_page()
    assert isinstance(review, ReviewPage)
    assert review.losses is not None
    assert review.losses.rows[PATH].opened, "back where it was left"
    assert window.session is not None
    assert window.session.audit.state == "finished"


def test_a_blur_leaves_no_original_behind(window: MainWindow, data: Path) -> None:
    """Neither in the folder, nor in its backups, nor after a restart (P7)."""
    before = finding(window).photos_after[0].sha256
    backups.backup(data)
    assert (data / "backups" / "objects" / before).exists()
    page = opened(window)
    draw(page, "2")
    page.side.burn.click()
    settle()
    arrowed = finding(window).photos_after[0].sha256
    draw(page, "4")
    page.leave()
    settle()
    after = finding(window).photos_after[0].sha256
    assert not {before, arrowed} & kept(window)
    assert after in kept(window)
    assert not (data / "backups" / "objects" / before).exists()
    assert window.session is not None
    audit = window.session.audit.id
    window.go("home")
    settle()
    assert window.desk.read(audit).findings[PATH].photos_after[0].sha256 == after


def test_a_photo_of_the_check_is_not_blurred_under_a_finished_answer(window: MainWindow) -> None:
    """S9: what the frozen score was given for stays; an arrow goes on the corrective action's copy alone."""
    session = window.session
    assert session is not None
    answered = session.current(PATH).photos[0].sha256
    assert session.correcting.take_from_answer(PATH)
    settle()
    page = opened(window, "before")
    assert page.photo.sha256 == answered
    draw(page, "4")
    page.leave()
    settle()
    assert window.messages.text == tr("store.photo_of_answer")
    assert finding(window).photos_before[0].sha256 == session.current(PATH).photos[0].sha256 == answered
    assert window.current_page() is page, "what was drawn is still there to be undone"
    page.canvas.undo()
    draw(page, "3")
    page.leave()
    settle()
    assert finding(window).photos_before[0].sha256 != answered
    assert session.current(PATH).photos[0].sha256 == answered
    assert answered in kept(window)


def test_a_photo_is_taken_away_on_its_large_page_by_key_and_button(window: MainWindow) -> None:
    page = opened(window)
    page.side.remove.click()
    settle()
    assert len(finding(window).photos_after) == 1
    QTest.keyClick(page, Qt.Key.Key_Escape)
    settle()
    assert isinstance(window.current_page(), ReviewPage)
    assert [one for one in window.current_page().findChildren(QPushButton) if one.isVisible()]
