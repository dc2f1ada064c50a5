"""From the card to the large photo and back, in the real window; and what exports carry of a photo (P7)."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
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


def held() -> int:
    """Bytes of memory the program holds."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def shoot(window: MainWindow, qtbot: QtBot, items: Sequence[str], scene: Image.Image, folder: Path) -> None:
    """A phone's photo for each item in turn, by file; seen on its card, and the last one large."""
    for path in items:
        page, number = window.current_page(), len(list(folder.iterdir()))
        assert isinstance(page, CapturePage)
        page.reveal(path)
        shot = scene.copy()
        shot.paste((number * 5 % 256, 40, 90), (0, 0, 900 + number, 700))
        shot.save(folder / f"{number}.jpg", quality=85)
        page.session.add_photos(path, [folder / f"{number}.jpg"])
        rest(qtbot)
    window.photo = (items[-1], page.session.current(items[-1]).photos[-1].sha256)
    window.show_page("photo")
    rest(qtbot)
    window.show_page("capture")
    rest(qtbot)


@pytest.mark.full
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_memory_is_flat_after_fifty_photos_of_twelve_megapixels(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    """Issue “in the field”, speed: by the window's own way, from files, with thumbnails on the cards. One decoded
    photo is 36 MB, one thumbnail under 0.2 MB."""
    (tmp_path / "shots").mkdir()
    noise = Image.merge("RGB", [Image.effect_noise((1008, 756), 40) for _ in range(3)])
    scene = noise.resize((4032, 3024))
    items = ["smiles", "greets", "signs", "more0", "more1"]
    shoot(window, qtbot, items * 2, scene, tmp_path / "shots")
    before = held()
    shoot(window, qtbot, items * 8, scene, tmp_path / "shots")
    assert window.session is not None
    assert sum(len(one.photos) for one in window.session.audit.answers.values()) == 50
    grown = held() - before
    print(f"grown by {grown / 1e6:.1f} MB over 40 photos")
    assert grown < 40 * 400_000


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
