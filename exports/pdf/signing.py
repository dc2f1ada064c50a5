"""A PDF signed with a key of its own (PAdES), for who has the extra `sign`. No seal is drawn; the field is not visible.

The password is used once, when the key is read, and kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from auditor.errors import AuditorError
from auditor.store import files

FIELD = "Signature"
LARGEST = 1_000_000
"""Bytes of a key file."""


def can_sign() -> bool:
    """Whether the extra `sign` is installed."""
    return find_spec("pyhanko") is not None


@dataclass(frozen=True)
class Signer:
    """A key and its certificates, ready to sign any number of PDFs, in other processes too."""

    name: str
    """Whose the certificate is."""
    fingerprint: str
    """SHA-256 of the certificate."""
    _with: Any

    def sign(self, data: bytes) -> bytes:
        """The PDF with one signature more, appended. Raises `signing.failed`."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign.fields import SigSeedSubFilter
        from pyhanko.sign.general import SigningError
        from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

        told = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
        try:
            out = sign_pdf(IncrementalPdfFileWriter(BytesIO(data)), told, signer=self._with, output=BytesIO())
        except (PdfError, SigningError, ValueError) as error:
            raise AuditorError("signing.failed", said=f"{type(error).__name__}: {error}"[:200]) from error
        signed: bytes = out.getvalue()
        return signed

    def __reduce__(self) -> tuple[Any, ...]:
        """What asn1crypto holds cannot go to another process as it is; its bytes can."""
        others = [one.dump() for one in self._with.cert_registry]
        return _again, (
            self.name,
            self.fingerprint,
            self._with.signing_cert.dump(),
            self._with.signing_key.dump(),
            others,
        )


def _again(name: str, fingerprint: str, certificate: bytes, key: bytes, others: list[bytes]) -> Signer:
    """The Signer in another process."""
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    empty: Any = SimpleCertificateStore  # untyped
    chain = empty()
    chain.register_multiple([Certificate.load(one) for one in others])
    signer = SimpleSigner(
        signing_cert=Certificate.load(certificate), signing_key=PrivateKeyInfo.load(key), cert_registry=chain
    )
    return Signer(name, fingerprint, signer)


def load(file: Path, password: str) -> Signer:
    """Read a .p12. Raises `signing.*`: no extra, no key file, wrong password, no key, certificate expired or not valid
    yet; `store.*` where the file cannot be read."""
    if not can_sign():
        raise AuditorError("signing.no_extra")
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign.signers import SimpleSigner

    data = files.read(file, LARGEST + 1)
    _demand_p12(data, file)
    secret = password.encode()
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(data, secret or None)
    except (ValueError, TypeError) as error:
        raise AuditorError("signing.wrong_password", file=str(file)) from error
    if key is None or certificate is None:
        raise AuditorError("signing.no_key", file=str(file))
    _demand_in_force(certificate, file)
    signer = SimpleSigner.load_pkcs12_data(data, [], secret or None)
    if signer is None:
        raise AuditorError("signing.no_key", file=str(file))
    told = certificate.fingerprint(SHA256()).hex()
    return Signer(certificate.subject.rfc4514_string(), told, signer)


def _demand_p12(data: bytes, file: Path) -> None:
    """Its outer shell, which needs no password: so that a wrong file is not called a wrong password."""
    from asn1crypto.pkcs12 import Pfx

    try:
        shell = Pfx.load(data, strict=True)
        sound = shell["version"].native == "v3" and shell["auth_safe"]["content_type"].native
    except (ValueError, KeyError, TypeError) as error:
        raise AuditorError("signing.no_p12", file=str(file)) from error
    if not sound:
        raise AuditorError("signing.no_p12", file=str(file))


def _demand_in_force(certificate: Any, file: Path) -> None:
    """An expired certificate makes a signature that no reader accepts."""
    now = datetime.now(UTC)
    for key, day, wrong in (
        ("signing.expired", certificate.not_valid_after_utc, now > certificate.not_valid_after_utc),
        ("signing.not_yet", certificate.not_valid_before_utc, now < certificate.not_valid_before_utc),
    ):
        if wrong:
            raise AuditorError(key, file=str(file), day=f"{day:%Y-%m-%d}")
