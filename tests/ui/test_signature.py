"""The export page signs a PDF with a certificate; the password is used once and forgotten."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from auditor.store import Store
from auditor.words import tr
from exports.batch import run
from exports.pdf.attached import read_back
from tests.exports.test_pdf_signing import PASSWORD, certificate
from tests.ui.scene import open_session, settle
from tests.ui.test_session import fill
from ui.export import batch_page
from ui.export import page as pages
from ui.export.batch_page import BatchPage
from ui.export.page import ExportPage
from ui.widgets.buttons import SegmentedButtons

pytest.importorskip("pyhanko", reason="the extra sign is not installed")
pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def audit(data: Path):
    with open_session(data) as session:
        fill(session)
        session.finish("青松")
        return session.audit


@pytest.fixture
def export(qtbot: QtBot, data: Path, tmp_path: Path, audit) -> ExportPage:
    page = ExportPage(Store.open(data), audit, str(tmp_path))
    qtbot.addWidget(page)
    page.show()
    page.formats["xlsx"].click()
    settle()
    return page


def test_a_pdf_is_signed_from_the_window(qtbot: QtBot, export: ExportPage, tmp_path: Path, monkeypatch) -> None:
    key = certificate(tmp_path / "key.p12")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(key), ""))
    export.signature.chip.click()
    assert not export.start.isEnabled(), "which certificate is not said yet"
    export.signature._on_choose()
    export.signature.password.setText(PASSWORD)
    with qtbot.waitSignal(export.exported, timeout=60_000) as said:
        export.start.click()
    assert read_back(said.args[0][0]).signed
    assert export.signature.password.text() == ""


def test_a_wrong_password_is_said_and_nothing_written(qtbot: QtBot, export: ExportPage, tmp_path: Path) -> None:
    export.signature.chip.click()
    export.signature.file.setText(str(certificate(tmp_path / "key.p12")))
    export.signature.password.setText("guess")
    with qtbot.waitSignal(export.failed, timeout=60_000) as said:
        export.start.click()
    assert said.args[0].key == "signing.wrong_password"
    assert not list(tmp_path.glob("*.pdf"))


def test_the_password_is_not_to_be_read_over_a_shoulder(export: ExportPage) -> None:
    assert export.signature.password.echoMode() == QLineEdit.EchoMode.Password


def test_without_a_pdf_there_is_nothing_to_sign(export: ExportPage) -> None:
    export.signature.chip.click()
    export.formats["xlsx"].click()
    export.formats["pdf"].click()
    assert not export.signature.isEnabled()
    assert export.signature.wanted is None
    assert export.start.isEnabled()


def test_without_the_extra_a_sentence_says_how_to_get_it(
    qtbot: QtBot, data: Path, tmp_path: Path, audit, monkeypatch
) -> None:
    monkeypatch.setattr(pages, "can_sign", lambda: False)
    page = ExportPage(Store.open(data), audit, str(tmp_path))
    qtbot.addWidget(page)
    page.show()
    assert not page.signature.chip.isEnabled()
    words = [one.text() for one in page.signature.findChildren(QLabel) if one.isVisible()]
    assert any("branch-auditor[sign]" in one for one in words)


# --- many


@pytest.fixture
def three(data: Path, tmp_path: Path, qtbot: QtBot, monkeypatch) -> BatchPage:
    """A page for three finished audits, one of them with a loss, and a draft that is left out."""
    for lost in ("", "", "more1"):
        with open_session(data) as session:
            fill(session)
            if lost:
                session.answer(lost, "no")
            session.finish("青松")
    with open_session(data):
        pass
    monkeypatch.setattr(batch_page, "run", lambda *args, **more: run(*args, workers=1, **more))
    to = tmp_path / "to"
    to.mkdir()
    page = BatchPage(data, list(Store.open(data, write=False).rows()), str(to))
    qtbot.addWidget(page)
    page.show()
    settle()
    return page


def sign_with(page: BatchPage, key: Path, password: str = PASSWORD) -> None:
    page.signature.chip.click()
    page.signature.file.setText(str(key))
    page.signature.password.setText(password)


def started(page: BatchPage, qtbot: QtBot) -> str:
    """Export; everything the page says afterwards."""
    with qtbot.waitSignal(page.done, timeout=60_000):
        page.start.click()
    settle()
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig is not installed")
def test_every_pdf_of_a_batch_is_signed_and_valid_to_another_program(
    three: BatchPage, qtbot: QtBot, tmp_path: Path
) -> None:
    sign_with(three, certificate(tmp_path / "key.p12"))
    assert three.start.isEnabled()
    started(three, qtbot)
    made = sorted((tmp_path / "to").glob("*.pdf"))
    assert len(made) == 3
    for one in made:
        said = subprocess.run(["pdfsig", "-nocert", one], capture_output=True, text=True, check=False).stdout
        assert "Signature Validation: Signature is Valid." in said
        assert "Compliance 合规部" in said
    assert three.signature.password.text() == ""
    kept = [one for one in tmp_path.rglob("*") if one.is_file() and PASSWORD.encode() in one.read_bytes()]
    assert not kept, "the password is written nowhere"


def test_a_second_run_signs_nothing_anew_and_an_unsigned_one_is_another_file(
    three: BatchPage, qtbot: QtBot, tmp_path: Path
) -> None:
    key = certificate(tmp_path / "key.p12")
    sign_with(three, key)
    started(three, qtbot)
    three.signature.password.setText(PASSWORD)
    assert tr("batch.told.there", n=3) in started(three, qtbot)
    three.signature.chip.click()
    started(three, qtbot)
    signed = [read_back(one).signed for one in (tmp_path / "to").glob("*.pdf")]
    assert (signed.count(True), signed.count(False)) == (3, 3)


@pytest.mark.parametrize(
    ("days", "password", "key"),
    [((-1, 30), "guess", "signing.wrong_password"), ((-30, -1), PASSWORD, "signing.expired")],
)
def test_a_key_that_cannot_sign_is_said_once_and_nothing_is_written(
    three: BatchPage, qtbot: QtBot, tmp_path: Path, days, password, key
) -> None:
    sign_with(three, certificate(tmp_path / "key.p12", days=days), password)
    with qtbot.waitSignal(three.failed, timeout=60_000) as said:
        three.start.click()
    settle()
    assert said.args[0].key == key
    assert not list((tmp_path / "to").glob("*.pdf"))
    words = "\n".join(one.text() for one in three.findChildren(QLabel))
    assert said.args[0].remedy() in words


def words_on(choice: SegmentedButtons) -> list[str]:
    return [one.text() for one in choice.buttons()]


def press(choice: SegmentedButtons, words: str) -> None:
    next(one for one in choice.buttons() if one.text() == words).click()


def test_a_batch_offers_what_a_single_export_offers(three: BatchPage, qtbot: QtBot, data: Path) -> None:
    """Layouts, copy, language, paper, signature: the same choices under the same names."""
    store = Store.open(data)
    lost = next(row for row in three._rows if row.unmet)
    single = ExportPage(store, store.read(lost.id))
    qtbot.addWidget(single)
    assert set(single.layouts.chips) <= set(three.layouts.chips)
    for name in ("copy", "language", "paper"):
        assert words_on(getattr(single, name)) == words_on(getattr(three, name))
    assert set(single.formats) == set(three.formats)
    press(three.copy, tr("common.copy.public"))
    assert not three.layouts.chips["rectification"].isEnabled()


def test_layouts_that_suit_some_of_the_audits_are_made_of_these(three: BatchPage, qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("full", "summary", "rectification"):
        three.layouts.chips[name].click()
    press(three.paper, "Letter")
    words = started(three, qtbot)
    names = sorted(one.name for one in (tmp_path / "to").glob("*.pdf"))
    assert sum("摘要" in one for one in names) == 3
    assert sum("整改通知书" in one for one in names) == 1
    assert len(names) == 4
    assert tr("batch.told.spared", n=2) in words
    assert three.under_way.bar.maximum() == 6
    for one in (tmp_path / "to").glob("*.pdf"):
        assert PdfReader(one).pages[0].mediabox.width in (612, 792), "Letter"
