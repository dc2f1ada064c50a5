"""`auditor export --sign`: whose key, and the reports signed with it one after another."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor.errors import AuditorError, Problem
from auditor.store import Store, files
from auditor.words import tr
from exports.batch import Progress
from exports.blocks import Layout
from exports.pdf.signing import Signer, load
from ui.commands.meter import Meter
from ui.commands.outcome import Outcome

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


def export_signed(
    arguments: argparse.Namespace,
    store: Store,
    chosen: Sequence[str],
    wanted: Sequence[tuple[Layout, tuple[str, ...]]],
    lang: str,
) -> Outcome:
    """Every audit in every layout, its PDF signed; what failed is said, the rest is written."""
    key = signer(arguments)
    written: list[Path] = []
    problems: list[Problem] = []
    meter, began, done = Meter(sys.stderr), time.monotonic(), 0
    try:
        for done, audit in enumerate(chosen):
            made, wrong = _signed(arguments, store, audit, wanted, lang, key)
            written += made
            problems += wrong
            seconds = time.monotonic() - began
            left = seconds / (done + 1) * (len(chosen) - done - 1)
            meter.show(Progress(done + 1, len(chosen), len(problems), 0, seconds, left))
    except KeyboardInterrupt:
        problems.append(Problem("signing.cancelled", {"n": len(chosen) - done}))
    finally:
        meter.end()
    text = "\n".join([tr("cli.exported", count=len(written), folder=arguments.to), *(f"    {p.name}" for p in written)])
    return Outcome({"files": [str(path) for path in written], "skipped": 0}, text, problems)


def _signed(
    arguments: argparse.Namespace,
    store: Store,
    audit: str,
    wanted: Sequence[tuple[Layout, tuple[str, ...]]],
    lang: str,
    key: Signer,
) -> tuple[list[Path], list[Problem]]:
    """One audit in every layout: what was written, and what was not."""
    from exports.from_store import export_one

    own: dict[str, Any] = {"paper": arguments.paper} if arguments.paper else {}
    written: list[Path] = []
    failed: list[AuditorError] = []
    for layout, forms in wanted:
        options = {**own, "layout": layout, "sign": key.sign}
        try:
            made, wrong = export_one(
                store, audit, arguments.to, formats=forms, copy=arguments.copy, lang=lang, **options
            )
        except AuditorError as error:
            made, wrong = [], [error]
        written += made
        failed += wrong
    return written, [replace(one, file=one.file or audit) for error in failed for one in error.problems()]
