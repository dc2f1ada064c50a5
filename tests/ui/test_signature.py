"""The export page signs a PDF with a certificate; the password is used once and forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from auditor.store import Store
from exports.pdf.attached import read_back
from tests.exports.test_pdf_signing import PASSWORD, certificate
from tests.ui.scene import open_session, settle
from tests.ui.test_session import fill
from ui.export import page as pages
from ui.export.page import ExportPage

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


def test_without_the_extra_nothing_is_offered(qtbot: QtBot, data: Path, tmp_path: Path, audit, monkeypatch) -> None:
    monkeypatch.setattr(pages, "can_sign", lambda: False)
    page = ExportPage(Store.open(data), audit, str(tmp_path))
    qtbot.addWidget(page)
    page.show()
    assert not page.signature.isVisible()
