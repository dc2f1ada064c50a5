"""A photo large: marked by finger, mouse and key; a blur is burnt in on leaving and leaves no way back (P7)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmapCache
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.audit import Clip
from auditor.errors import AuditorError
from auditor.store import backups, photos
from auditor.store.marks import Mark
from auditor.words import use_language
from tests.auditor.test_store_marks import scene as picture
from tests.ui import looking
from tests.ui.scene import open_session, settle
from ui import background
from ui.capture.cards import CardMaker
from ui.cards import thumbnail
from ui.cards.clips import ClipList
from ui.cards.item_card import ItemCard
from ui.cards.photos import PhotoStrip
from ui.controls import files_asked, photo_box
from ui.look import style
from ui.photos import shapes
from ui.photos.page import PhotoPage
from ui.session import AuditSession

PATH = "greets"


@pytest.fixture
def session(data: Path) -> Iterator[AuditSession]:
    with open_session(data) as session:
        session.answer(PATH, "no")
        session.add_photos(PATH, [picture(1), picture(2, (600, 800))])
        settle()
        yield session


def shas(session: AuditSession) -> list[str]:
    return [one.sha256 for one in session.current(PATH).photos]


def kept(session: AuditSession) -> set[str]:
    return {one.stem for one in session.photo_path("").parent.glob("*.jpg")}


def open_page(qtbot: QtBot, session: AuditSession, at: int = 0, size: tuple[int, int] = (1280, 800)) -> PhotoPage:
    page = PhotoPage(session, PATH, shas(session)[at])
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    settle()
    return page


def drag(page: PhotoPage, start: tuple[float, float], end: tuple[float, float]) -> None:
    canvas, left = page.canvas, Qt.MouseButton.LeftButton
    one, other = (canvas.spot_of(*at).toPoint() for at in (start, end))
    QTest.mousePress(canvas, left, pos=one)
    QTest.mouseMove(canvas, (one + other) / 2)
    QTest.mouseMove(canvas, other)
    QTest.mouseRelease(canvas, left, pos=other)


def near(mark: Mark, *ends: float) -> bool:
    return all(abs(one - end) < 0.01 for one, end in zip((mark.x0, mark.y0, mark.x1, mark.y1), ends, strict=True))


@pytest.mark.parametrize(("key", "kind"), [("2", "arrow"), ("3", "box"), ("4", "blur")])
def test_a_drag_draws_with_the_tool(qtbot: QtBot, session: AuditSession, key: str, kind: str) -> None:
    page = open_page(qtbot, session)
    QTest.keyClicks(page.canvas, key)
    drag(page, (0.2, 0.2), (0.5, 0.6))
    (mark,) = page.canvas.shapes
    assert mark.kind == kind
    assert near(mark, 0.2, 0.2, 0.5, 0.6)
    assert page.canvas.chosen == mark
    assert shas(session)[0] == page.photo.sha256, "nothing is burnt while it can still be moved"


def test_a_finger_draws_too(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    page._choose("box")
    device, window = QTest.createTouchDevice(), page.windowHandle()
    spots = [page.canvas.mapTo(page, page.canvas.spot_of(*at).toPoint()) for at in ((0.1, 0.1), (0.2, 0.2), (0.4, 0.5))]
    QTest.touchEvent(window, device).press(0, spots[0], window)
    for spot in spots[1:]:
        QTest.touchEvent(window, device).move(0, spot, window)
    QTest.touchEvent(window, device).release(0, spots[2], window)
    looking.settle()
    (mark,) = page.canvas.shapes
    assert near(mark, 0.1, 0.1, 0.4, 0.5)


def test_a_shape_is_moved_and_resized_by_dragging(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    page._choose("box")
    drag(page, (0.2, 0.2), (0.4, 0.4))
    page._choose(None)
    drag(page, (0.3, 0.3), (0.5, 0.5))
    assert near(page.canvas.shapes[0], 0.4, 0.4, 0.6, 0.6)
    drag(page, (0.6, 0.6), (0.9, 0.8))
    assert near(page.canvas.shapes[0], 0.4, 0.4, 0.9, 0.8)
    for _ in range(3):
        page.canvas.undo()
    assert page.canvas.shapes == ()


def test_a_slip_of_the_finger_draws_nothing(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    page._choose("blur")
    drag(page, (0.5, 0.5), (0.505, 0.5))
    assert page.canvas.shapes == ()
    assert not page.canvas.can_undo


def test_everything_goes_by_key(qtbot: QtBot, session: AuditSession) -> None:
    """Enter adds, arrows move, Shift resizes, Enter sets, Delete removes, Ctrl+Z takes back."""
    page = open_page(qtbot, session)
    canvas = page.canvas
    QTest.keyClick(canvas, Qt.Key.Key_4)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    start = canvas.chosen
    assert start == shapes.fresh("blur")
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert canvas.chosen is not None
    assert near(canvas.chosen, start.x0 + 0.01, start.y0 + 0.05, start.x1 + 0.01, start.y1 + 0.05)
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert abs(canvas.chosen.x1 - start.x1 - 0.02) < 0.001
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert canvas.chosen is None
    assert len(canvas.shapes) == 1
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(canvas.shapes) == 1
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(canvas.shapes) == 2


def test_a_blur_is_burnt_in_on_leaving_as_one_line_with_no_way_back(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    first, second = shas(session)
    page._choose("blur")
    drag(page, (0.2, 0.2), (0.6, 0.6))
    lines = len(session.opened._journal.path.read_bytes().splitlines())  # type: ignore[union-attr]
    with qtbot.waitSignal(page.closed):
        page.leave()
    after = shas(session)
    assert after[1] == second
    assert after[0] != first
    assert kept(session) == set(after), "the photo as it was is gone from the folder"
    assert len(session.opened._journal.path.read_bytes().splitlines()) == lines + 1  # type: ignore[union-attr]
    burnt = Image.open(session.photo_path(after[0])).convert("L")
    assert len(set(burnt.crop((180, 140, 220, 160)).get_flattened_data())) < 12
    session.undo()
    assert first not in shas(session)


def test_backups_let_go_of_what_was_blurred(qtbot: QtBot, session: AuditSession, tmp_path: Path) -> None:
    """P7: those beside the data and those in a chosen folder."""
    first = shas(session)[0]
    data, chosen = session.photo_path("").parents[4], tmp_path / "usb"
    for target in (None, chosen):
        backups.backup(data, target)
    page = PhotoPage(session, PATH, first, backups=chosen)
    qtbot.addWidget(page)
    settle()
    page.canvas._put((Mark("blur", 0.1, 0.1, 0.5, 0.5),), -1)
    page.flush()
    settle()
    assert not list(data.rglob(first)) + list(chosen.rglob(first))
    assert list(chosen.rglob(shas(session)[1])), "the other photo stays"


def test_an_arrow_can_be_undone_afterwards(qtbot: QtBot, session: AuditSession) -> None:
    page, first = open_page(qtbot, session), shas(session)[0]
    page._choose("arrow")
    drag(page, (0.2, 0.2), (0.6, 0.6))
    with qtbot.waitSignal(page.closed):
        page.leave()
    assert shas(session)[0] != first
    session.undo()
    assert shas(session)[0] == first
    assert photos.is_sound(session.photo_path(first))


def test_closing_the_program_burns_in_what_was_drawn(qtbot: QtBot, session: AuditSession) -> None:
    page, first = open_page(qtbot, session), shas(session)[0]
    page._choose("blur")
    drag(page, (0.2, 0.2), (0.6, 0.6))
    page.flush()
    assert first not in shas(session)
    assert first not in kept(session)
    page.flush()
    assert page.canvas.shapes == ()


def test_going_to_the_next_photo_burns_in_this_one(qtbot: QtBot, session: AuditSession) -> None:
    page, (first, second) = open_page(qtbot, session), shas(session)
    page._choose("box")
    drag(page, (0.2, 0.2), (0.6, 0.6))
    QTest.keyClick(page.canvas, Qt.Key.Key_PageDown)
    settle()
    assert shas(session)[0] != first
    assert page.photo.sha256 == second
    assert page.canvas.shapes == ()


def test_the_page_says_what_a_blur_means_before_it_is_burnt_in(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    assert page.side._pending.isHidden()
    page._choose("blur")
    drag(page, (0.2, 0.2), (0.6, 0.6))
    assert "不能恢复" in page.side._pending_words.text()
    page.canvas.undo()
    assert page.side._pending.isHidden()


def test_a_blur_that_cannot_be_saved_stays_drawn(
    qtbot: QtBot, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P1: what was not saved is neither shown as saved nor lost."""
    page, first = open_page(qtbot, session), shas(session)[0]
    page._choose("blur")
    drag(page, (0.2, 0.2), (0.6, 0.6))

    def full(*_: object) -> None:
        raise AuditorError("store.disk_full", file="x", said="")

    monkeypatch.setattr(photos, "keep", full)
    with qtbot.waitSignal(session.failed):
        page.leave()
        settle()
    assert page.canvas.shapes
    assert shas(session)[0] == first
    assert first in kept(session)


def test_words_stage_and_flag_of_a_photo_are_saved(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    page.side.caption.setText("填单台杂乱")
    page.side.flush()
    page.side.inside.click()
    page.side.stage.buttons()[1].click()
    photo = session.current(PATH).photos[0]
    assert (photo.caption, photo.inside, photo.stage) == ("填单台杂乱", True, "before")
    assert page.side.inside.isChecked()


def test_removing_shows_the_next_photo_and_the_last_one_closes(qtbot: QtBot, session: AuditSession) -> None:
    page, (_, second) = open_page(qtbot, session), shas(session)
    page.side.remove.click()
    settle()
    assert shas(session) == [second]
    assert page.photo.sha256 == second
    with qtbot.waitSignal(page.closed):
        page.side.remove.click()
    session.undo()
    assert shas(session) == [second]


def test_a_finished_audit_is_only_looked_at(
    qtbot: QtBot, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AuditSession, "read_only", property(lambda _: True))
    page = open_page(qtbot, session)
    assert page.tool_line.isHidden()
    assert page.side.remove.isHidden()
    drag(page, (0.2, 0.2), (0.6, 0.6))
    QTest.keyClick(page.canvas, Qt.Key.Key_4)
    QTest.keyClick(page.canvas, Qt.Key.Key_Return)
    assert page.canvas.shapes == ()


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (1024, 768)])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_clipped_small_or_unnamed(
    qtbot: QtBot, session: AuditSession, size: tuple[int, int], language: str, scale: int
) -> None:
    use_language(language)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, "light", scale)
    try:
        page = open_page(qtbot, session, size=size)
        page._choose("blur")
        drag(page, (0.2, 0.2), (0.6, 0.6))
        looking.settle()
        for look in (looking.clipped, looking.small_targets, looking.unnamed, looking.beside_the_page):
            assert look(page) == []
    finally:
        style.apply(app, "light", 100)


# Coming in


def test_photos_come_in_the_order_they_were_given(session: AuditSession) -> None:
    given = [picture(seed, (1500 - 200 * seed, 900)) for seed in range(5)]
    session.add_photos("smiles", given)
    settle()
    assert [one.sha256 for one in session.current("smiles").photos] == [photos.load(one).sha256 for one in given]


def test_one_that_cannot_be_read_is_named_and_the_others_come(
    qtbot: QtBot, session: AuditSession, tmp_path: Path
) -> None:
    """P6."""
    for name in ("1.jpg", "3.jpg"):
        (tmp_path / name).write_bytes(picture(ord(name[0])))
    (tmp_path / "2.jpg").write_text("no photo")
    with qtbot.waitSignal(session.failed) as said:
        session.add_photos("smiles", [tmp_path / name for name in ("1.jpg", "2.jpg", "3.jpg", "4.jpg")])
        settle()
    assert "2.jpg" in str(said.args[0])
    assert [one.name for one in session.current("smiles").photos] == ["1.jpg", "3.jpg"]


def test_the_photo_of_after_stands_behind_the_one_of_before(session: AuditSession) -> None:
    """立查立改: a pair, and the answer says so."""
    session.add_photos(PATH, [picture(9)], "after")
    settle()
    found = session.current(PATH)
    assert [one.stage for one in found.photos] == ["", "before", "after"]
    assert found.fixed


def large(seed: int, size: tuple[int, int] = (2800, 2100)) -> bytes:
    out = BytesIO()
    Image.effect_noise(size, 20 + seed).save(out, "JPEG", quality=85)
    return out.getvalue()


def test_the_window_stays_alive_while_ten_large_photos_come_in(session: AuditSession) -> None:
    """P6: not on the window's thread. A timer of 10 ms would be late by a photo's decoding, were it there."""
    given = [large(seed) for seed in range(10)]
    gaps, last = [0.0], time.perf_counter()
    session.add_photos("smiles", given)
    while not background.idle():
        QApplication.processEvents()
        gaps.append(time.perf_counter() - last)
        last = time.perf_counter()
        time.sleep(0.002)
    assert len(session.current("smiles").photos) == 10
    alone = time.perf_counter()
    photos.load(given[0])
    alone = time.perf_counter() - alone
    assert sorted(gaps)[-3] < max(0.1, alone), "the window stood still as long as a photo takes"


def rss() -> int:
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * 4096


def grown(session: AuditSession, count: int) -> int:
    """How many bytes the program holds more after `count` photos of 12 megapixels than after the first five."""
    given = large(1, (4032, 3024))
    for number in range(count + 5):
        if number == 5:
            before = rss()
        session.add_photos("smiles", [given + bytes([number])])
        settle()
    return rss() - before


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_memory_is_flat_after_photos(session: AuditSession) -> None:
    """One decoded photo takes 36 MB: ten of them kept would show."""
    assert grown(session, 10) < 40_000_000


@pytest.mark.full
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_memory_is_flat_after_fifty_photos(session: AuditSession) -> None:
    assert grown(session, 50) < 40_000_000


# Recordings


def test_a_recording_is_named_by_its_hash_and_not_copied(session: AuditSession, tmp_path: Path) -> None:
    (tmp_path / "录音.mp3").write_bytes(b"sound" * 1000)
    session.listening.add(PATH, [tmp_path / "录音.mp3"])
    settle()
    (clip,) = session.current(PATH).clips
    assert (clip.name, clip.kind, len(clip.sha256)) == ("录音.mp3", "audio", 64)
    folder = session.photo_path("").parents[1]
    assert not [one for one in folder.rglob("*") if one.is_file() and b"sound" in one.read_bytes()]


@pytest.mark.parametrize("same", [True, False])
def test_a_recording_is_checked_against_its_hash(session: AuditSession, tmp_path: Path, same: bool) -> None:
    path = tmp_path / "visit.mp4"
    path.write_bytes(b"film")
    session.listening.add(PATH, [path])
    settle()
    (clip,) = session.current(PATH).clips
    assert isinstance(clip, Clip)
    path.write_bytes(b"film" if same else b"another")
    told: list[str] = []
    wrong: list[AuditorError] = []
    session.listening.ended.connect(told.append)
    session.failed.connect(wrong.append)
    session.listening.check(clip, path)
    settle()
    assert ("一致" in told[-1]) is same
    assert [one.key for one in wrong] == ([] if same else ["photos.clip_other"])


def test_what_is_no_recording_is_refused_by_name(qtbot: QtBot, session: AuditSession, tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"x")
    with qtbot.waitSignal(session.failed) as said:
        session.listening.add(PATH, [tmp_path / "list.xlsx"])
        settle()
    assert "list.xlsx" in str(said.args[0])


# On the card


def card_of(qtbot: QtBot, session: AuditSession) -> ItemCard:
    card = CardMaker(session, {}).make(PATH)
    qtbot.addWidget(card)
    card.resize(900, 600)
    card.show()
    settle()
    return card


def strip_of(card: ItemCard) -> PhotoStrip:
    strip = card.extras.row("photos")
    assert isinstance(strip, PhotoStrip)
    return strip


def test_a_lost_item_offers_the_photo_of_after_and_shows_the_pair(qtbot: QtBot, session: AuditSession) -> None:
    """立查立改: offered where points are lost, said once it is there."""
    strip = strip_of(card_of(qtbot, session))
    assert strip.fix.text() == "当场整改"
    assert strip.fix.isVisible()
    assert not strip.fixed.isVisible()
    session.add_photos(PATH, [picture(9)], "after")
    settle()
    strip = strip_of(card_of(qtbot, session))
    assert strip.fixed.text() == "已当场整改"
    assert strip.fixed.isVisible()
    assert [tile.accessibleName() for tile in strip.tiles] == ["照片 1", "照片 2 整改前", "照片 3 整改后"]
    session.answer(PATH, "yes")
    session.set_photos(PATH, session.current(PATH).photos[:1])
    assert not strip_of(card_of(qtbot, session)).fix.isVisible()


def test_a_card_leads_to_the_large_photo(qtbot: QtBot, session: AuditSession) -> None:
    card = card_of(qtbot, session)
    strip = strip_of(card)
    strip.tiles[1].click()
    with qtbot.waitSignal(card.said) as said:
        strip.view.click()
    assert said.args == [PATH, "view_photo", shas(session)[1]]


def test_thumbnails_are_sharp_kept_in_memory_and_limited(
    qtbot: QtBot, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    QPixmapCache.clear()
    tile = strip_of(card_of(qtbot, session)).tiles[0]
    assert tile._picture is not None
    assert tile._picture.deviceIndependentSize().toSize() == tile.sizeHint()
    assert QPixmapCache.cacheLimit() <= thumbnail.MOST_KILOBYTES

    def never(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(thumbnail, "_read", never)
    assert strip_of(card_of(qtbot, session)).tiles[0]._picture is not None


def test_a_recording_on_the_card_is_described_and_removed(qtbot: QtBot, session: AuditSession) -> None:
    session.set_clips(PATH, (Clip("ab" * 32, "visit.mp3", "audio"),))
    card = card_of(qtbot, session)
    card.said.connect(lambda path, _, clips: session.set_clips(path, clips))
    found = card.extras.row("clips")
    assert isinstance(found, ClipList)
    row = found.rows[0]
    assert "visit.mp3" in row.title.text()
    row.at.setText("12：30")
    row.caption.setText("解释收费")
    found.flush()
    row = found.rows[0]
    row.remove.click()
    assert session.current(PATH).clips == ()
    session.undo()
    assert session.current(PATH).clips[0].caption == "解释收费"


# The dialog


def test_the_dialog_begins_in_pictures_and_then_where_one_was(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QWidget

    (tmp_path / "Pictures").mkdir()
    (tmp_path / "card").mkdir()
    monkeypatch.setattr(
        files_asked.QStandardPaths, "writableLocation", staticmethod(lambda _: str(tmp_path / "Pictures"))
    )
    files_asked.remember("")
    assert files_asked.first_folder() == str(tmp_path / "Pictures")
    parent = QWidget()
    qtbot.addWidget(parent)
    chosen: list[list[Path]] = []
    photo_box.ask_for_photos(parent, chosen.append)
    dialog = parent.findChild(files_asked.QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(tmp_path / "card" / "1.jpg")])
    assert chosen == [[tmp_path / "card" / "1.jpg"]]
    assert files_asked.first_folder() == str(tmp_path / "card")
    (tmp_path / "card").rmdir()
    assert files_asked.first_folder() == str(tmp_path / "Pictures")
    files_asked.remember("")


def test_where_a_shape_is_held() -> None:
    reach = (0.05, 0.05)
    box, arrow = Mark("box", 0.2, 0.2, 0.6, 0.6), Mark("arrow", 0.2, 0.2, 0.6, 0.6)
    assert shapes.grip_of(box, 0.61, 0.59, reach) == "end"
    assert shapes.grip_of(box, 0.21, 0.2, reach) == "start"
    assert shapes.grip_of(box, 0.4, 0.3, reach) == "body"
    assert shapes.grip_of(box, 0.7, 0.3, reach) == ""
    assert shapes.grip_of(arrow, 0.4, 0.41, reach) == "body"
    assert shapes.grip_of(arrow, 0.5, 0.25, reach) == ""
    assert near(shapes.moved(box, 5, -5), 0.6, 0.0, 1.0, 0.4)
