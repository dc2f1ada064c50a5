"""`auditor export --sign`: whose key, and where its password comes from."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from auditor.errors import AuditorError
from auditor.store import files
from auditor.words import tr
from exports.pdf.signing import Signer, load

VARIABLE = "AUDITOR_SIGN_PASSWORD"


def signer(arguments: argparse.Namespace) -> Signer:
    """The key that `--sign` names. The password comes from a file, the environment or the keyboard, never from the
    command line, where others could read it. Raises `signing.*`, `store.*`."""
    files.read(arguments.sign, 1)  # a file that is not there is said before anybody types a password
    return load(arguments.sign, _password(arguments))


def _password(arguments: argparse.Namespace) -> str:
    if arguments.password_file is not None:
        lines = files.read(arguments.password_file, 10_000).decode("utf-8-sig", "replace").splitlines()
        return lines[0] if lines else ""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    if not sys.stdin.isatty():
        raise AuditorError("signing.no_password", variable=VARIABLE)
    return getpass.getpass(tr("signing.ask", file=arguments.sign.name))
