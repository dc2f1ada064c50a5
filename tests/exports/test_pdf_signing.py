"""A PDF signed with a .p12: valid to another program's eyes, and a sentence for every key that cannot sign."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auditor.errors import AuditorError
from auditor.scoring import score
from exports import write
from exports.pdf import signing
from exports.pdf.attached import read_back
from exports.pdf.document import as_json
from exports.report import build
from tests.exports.visits import visit
from ui.command_line import main
from ui.commands.signing import VARIABLE

pytest.importorskip("pyhanko", reason="the extra sign is not installed")
pdfsig = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig is not installed")


def certificate(
    path: Path, *, days: tuple[int, int] = (-1, 30), password: bytes = b"geheim \xe5\xaf\x86", key=True
) -> Path:
    """A certificate of its own making, valid from and to so many days from now."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
    from cryptography.x509.oid import NameOID

    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Compliance 合规部")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(7)
        .not_valid_before(now + timedelta(days[0]))
        .not_valid_after(now + timedelta(days[1]))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(secret, hashes.SHA256())
    )
    how = BestAvailableEncryption(password) if password else NoEncryption()
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"k", secret if key else None, made, None, how))
    return path


PASSWORD = "geheim 密"


@pytest.fixture
def p12(tmp_path):
    return certificate(tmp_path / "key.p12")


@pytest.fixture
def signed(p12, tmp_path):
    audit, photos = visit(photos=1)
    path = tmp_path / "a.pdf"
    report = build(audit, score(audit))
    return report, write(report, audit, score(audit), path, photos.get, signing.load(p12, PASSWORD).sign)


def refused(path: Path, password: str = PASSWORD) -> str:
    with pytest.raises(AuditorError) as caught:
        signing.load(path, password)
    assert str(path) in str(caught.value)
    assert caught.value.remedy()
    return caught.value.key


@pdfsig
def test_another_program_finds_the_signature_valid(signed):
    said = subprocess.run(["pdfsig", "-nocert", signed[1]], capture_output=True, text=True, check=False).stdout
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "Compliance 合规部" in said
    assert "ETSI.CAdES.detached" in said


@pdfsig
def test_a_changed_byte_makes_it_invalid(signed):
    path = signed[1]
    data = bytearray(path.read_bytes())
    at = data.index(b"/Keywords (") + 12
    data[at] ^= 1
    path.write_bytes(data)
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" not in said


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault_in_a_signed_report(signed):
    checked = subprocess.run(["qpdf", "--check", signed[1]], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_what_is_attached_is_still_read_back(signed):
    import json

    report, path = signed
    found = read_back(path)
    assert found.report == json.loads(as_json(report))
    assert (found.checked, found.signed) == ("same", True)


def test_wrong_password_is_told_from_a_wrong_file(p12, tmp_path):
    assert refused(p12, "guess") == "signing.wrong_password"
    assert refused(p12, "") == "signing.wrong_password"
    for content in (b"", b"no key at all", b"0\x82\xff\xff", b"0\x00", p12.read_bytes()[:100]):
        other = tmp_path / "other.p12"
        other.write_bytes(content)
        assert refused(other) == "signing.no_p12"


def test_an_expired_certificate_signs_nothing(tmp_path):
    assert refused(certificate(tmp_path / "old.p12", days=(-30, -1))) == "signing.expired"
    assert refused(certificate(tmp_path / "new.p12", days=(1, 30))) == "signing.not_yet"


def test_a_file_without_a_key_is_said_to_have_none(tmp_path):
    assert refused(certificate(tmp_path / "a.p12", key=False)) == "signing.no_key"


def test_a_key_without_a_password_signs(tmp_path):
    assert signing.load(certificate(tmp_path / "a.p12", password=b""), "").name


def test_a_key_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(AuditorError, match="gone"):
        signing.load(tmp_path / "gone.p12", "")


def test_without_the_extra_the_sentence_says_how_to_get_it(p12, monkeypatch):
    monkeypatch.setattr(signing, "find_spec", lambda _: None)
    with pytest.raises(AuditorError) as caught:
        signing.load(p12, PASSWORD)
    assert "[sign]" in caught.value.remedy()


def test_a_signature_that_fails_leaves_the_old_report_alone(p12, tmp_path, monkeypatch):
    """P3."""
    key = signing.load(p12, PASSWORD)
    audit, _ = visit()
    path = tmp_path / "a.pdf"
    path.write_bytes(b"the old report")
    monkeypatch.setattr("exports.pdf.document.render", lambda *_: b"%PDF-1.7 broken")
    with pytest.raises(AuditorError) as caught:
        write(build(audit, score(audit)), audit, score(audit), path, sign=key.sign)
    assert caught.value.key == "signing.failed"
    assert path.read_bytes() == b"the old report"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.pdf", "key.p12"]


@pytest.fixture
def bank(tmp_path, capsys):
    folder = tmp_path / "bank"
    assert main(["demo", "--audits", "3", "--branches", "2", "--months", "1", "--data", str(folder)]) == 0
    capsys.readouterr()
    return folder


def test_the_command_signs_every_pdf_and_no_password_is_printed(bank, p12, tmp_path, capsys, monkeypatch):
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSWORD + "\n", "utf-8")
    to = tmp_path / "out"
    call = ["export", "--to", str(to), "--sign", str(p12), "--data", str(bank), "--format", "pdf,csv"]
    assert main([*call, "--password-file", str(secret)]) == 0
    made = sorted(to.glob("*.pdf"))
    assert made
    assert all(b"/ByteRange" in one.read_bytes() for one in made)
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert main([*call, "--layout", "summary"]) == 0
    before = {one: one.stat().st_mtime_ns for one in to.glob("*.pdf")}
    assert main([*call, "--layout", "summary"]) == 0
    assert {one: one.stat().st_mtime_ns for one in to.glob("*.pdf")} == before, "what is signed is not signed again"
    out = capsys.readouterr()
    assert PASSWORD not in out.out + out.err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--format", "xlsx"], "PDF"),
        (["--register"], "汇总表"),
        ([], "没有给出证书密码"),
    ],
)
def test_what_cannot_be_signed_is_said(bank, p12, tmp_path, capsys, monkeypatch, more, words):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("sys.stdin", (tmp_path / "key.p12").open())
    call = ["export", "--to", str(tmp_path / "out"), "--sign", str(p12), "--data", str(bank), *more, "--lang", "zh"]
    assert main(call) == 1
    assert words in capsys.readouterr().err


def test_the_password_is_asked_for_at_a_terminal_and_never_taken_from_the_command_line(
    bank, p12, tmp_path, capsys, monkeypatch
):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    asked = []
    monkeypatch.setattr("getpass.getpass", lambda words: asked.append(words) or PASSWORD)
    call = ["export", "--to", str(tmp_path / "out"), "--sign", str(p12), "--data", str(bank), "--format", "pdf"]
    assert main(call) == 0
    assert len(asked) == 1
    assert "key.p12" in asked[0]
    assert main([*call, "--password", PASSWORD]) == 2
    assert PASSWORD not in capsys.readouterr().out


def test_a_password_without_a_certificate_is_said(bank, tmp_path, capsys):
    call = ["export", "--to", str(tmp_path / "out"), "--password-file", "a.txt", "--data", str(bank), "--lang", "en"]
    assert main(call) == 1
    assert "without --sign" in capsys.readouterr().err


def test_a_wrong_password_writes_nothing(bank, p12, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv(VARIABLE, "guess")
    to = tmp_path / "out"
    assert main(["export", "--to", str(to), "--sign", str(p12), "--data", str(bank), "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert "does not open the certificate" in said
    assert "Traceback" not in said
    assert not list(to.glob("*"))
