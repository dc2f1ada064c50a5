"""From the card to the large photo and back, in the real window; and what exports carry of a photo (P7)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.store import Store
from exports import export
from tests.auditor.test_store_photos_hostile import TRACES, secretive
from tests.ui.scene import checklist, header, rest, settle
from ui import app as opening
from ui.capture.page import CapturePage
from ui.cards.photos import PhotoStrip
from ui.controls import files_asked
from ui.look import style
from ui.main_window import MainWindow
from ui.photos.page import PhotoPage
from ui.settings import stored


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, data: Path) -> Iterator[MainWindow]:
    with Store.open(data, write=True) as store:
        opened = store.create(checklist(), header())
        opened.close()
    made = opening.open_window(qapp, data)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.desk.store is not None, timeout=20_000)
    made.resize(1280, 800)
    made.show()
    made.open_audit(opened.audit.id)
    rest(qtbot)
    yield made
    made.close()
    style.apply(qapp, "light", 100)


def test_a_photo_opens_large_and_leads_back_to_its_item(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    assert session is not None
    session.add_photos("smiles", [secretive()["JPEG"], secretive()["PNG"]])
    rest(qtbot)
    capture = window.current_page()
    assert isinstance(capture, CapturePage)
    capture.reveal("smiles")
    strip = capture.column.cards["smiles"].extras.row("photos")
    assert isinstance(strip, PhotoStrip)
    strip.tiles[1].click()
    strip.view.click()
    rest(qtbot)
    page = window.current_page()
    assert isinstance(page, PhotoPage)
    assert page.photo == session.current("smiles").photos[1]
    page._choose("blur")
    page.canvas.add_in_the_middle()
    window.change(language="en")
    rest(qtbot)
    again = window.current_page()
    assert isinstance(again, PhotoPage)
    assert again.photo == session.current("smiles").photos[1], "the same photo in another language, burnt in meanwhile"
    again.leave()
    rest(qtbot)
    back = window.current_page()
    assert isinstance(back, CapturePage)
    assert "smiles" in back.column.cards


def test_a_blur_is_burnt_in_when_the_window_closes(qtbot: QtBot, window: MainWindow, data: Path) -> None:
    session = window.session
    assert session is not None
    session.add_photos("smiles", [secretive()["JPEG"]])
    rest(qtbot)
    first = session.current("smiles").photos[0].sha256
    window.photo = ("smiles", first)
    window.show_page("photo")
    rest(qtbot)
    page = window.current_page()
    assert isinstance(page, PhotoPage)
    page._choose("blur")
    page.canvas.add_in_the_middle()
    window.close()
    rest(qtbot)
    assert not list(data.rglob(f"{first}*"))
    assert len(list(data.glob("audits/*/*/photos/*.jpg"))) == 1


def test_the_last_folder_is_remembered_in_the_settings(window: MainWindow, data: Path, tmp_path: Path) -> None:
    files_asked.remember(str(tmp_path))
    window.close()
    assert stored.load(data)[0].evidence_folder == str(tmp_path)
    files_asked.remember("")


@pytest.mark.parametrize("copy", ["compliance", "branch"])
def test_exports_carry_pixels_and_nothing_else_of_a_photo(data: Path, tmp_path: Path, copy: str) -> None:
    """P7: PDF and workbook hold no EXIF, XMP, ICC profile, place or maker of any photo."""
    with Store.open(data, write=True) as store:
        opened = store.create(checklist(), header())
        for path, given in zip(("smiles", "greets", "more1"), secretive().values(), strict=True):
            opened.add_photo(path, given, name=f"{path}.jpg")
        audit, score = opened.audit, opened.score

        def bytes_of(sha256: str) -> bytes:
            return opened.photo_path(sha256).read_bytes()

        written = export(audit, score, tmp_path, copy=copy, formats=("pdf", "xlsx"), photos=bytes_of)
    settle(1)
    pictures = [data for one in written for data in _jpegs(one)]
    assert len(pictures) >= 3
    for picture in pictures:
        assert not [one for one in TRACES if one in picture]


def _jpegs(path: Path) -> list[bytes]:
    """The pictures of a workbook; the streams of a PDF that are JPEGs."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return [book.read(name) for name in book.namelist() if name.startswith("xl/media/")]
    import pypdf

    pages = pypdf.PdfReader(path).pages
    return [image.indirect_reference.get_object()._data for page in pages for image in page.images]
