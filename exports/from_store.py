"""The reports of an audit as a store keeps it: with its photos, its history and the register of branches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import exports
from auditor.errors import AuditorError
from auditor.scoring import current
from exports import report_settings
from exports.earlier import earlier, totals
from exports.writing import make_ready

if TYPE_CHECKING:
    from auditor.audit import Audit
    from auditor.store import Store
    from exports.blocks import Copy

Written = tuple[list[Path], list[AuditorError]]
"""The files that were written, and why others were not."""


def undamaged(store: Store, audit_id: str) -> Audit:
    """The audit. Raises `cli.damaged_not_exported`: nothing is reported of what may be wrong (P2)."""
    audit = store.read(audit_id)
    if audit.state == "damaged":
        raise AuditorError("cli.damaged_not_exported", audit=audit_id)
    return audit


def export_audit(
    store: Store, audit_id: str, folder: Path, *, formats: tuple[str, ...], copy: Copy, lang: str, **options: Any
) -> Written:
    """Its reports in a folder that is there; `options` are those of `exports.export_each`. Raises `store.*`."""
    audit = undamaged(store, audit_id)
    return exports.export_each(
        audit,
        current(audit),
        folder,
        formats=formats,
        copy=copy,
        lang=lang,
        photos=exports.photos_at(lambda sha256: store.photo_path(audit_id, sha256)),
        branches=store.branches,
        history=lambda: store.history(audit_id),
        **options,
    )


def write_reply(store: Store, audit_id: str, path: Path, lang: str) -> Path:
    """The reply to the rectification notice of an audit (整改反馈表) as a workbook at `path`, which `auditor fill` and
    the window read back. Raises `layouts.nothing_lost`, `report.*`, `store.*`."""
    from exports.report import build

    audit = undamaged(store, audit_id)
    settings, _ = report_settings.load(store.folder)
    options: dict[str, Any] = dict(settings.options()) | {"layout": "rectification", "branches": store.branches}
    report = build(audit, current(audit), copy="branch", lang=lang, **options)
    return exports.write(report, audit, current(audit), path)


def export_one(
    store: Store, audit_id: str, folder: Path, *, formats: tuple[str, ...], copy: Copy, lang: str, **options: Any
) -> Written:
    """The same as the report settings have it, compared with the outlet's earlier totals; the folder is made.

    `options` go before those of the settings. Raises `report.*`, `store.*`.
    """
    make_ready(folder)
    settings, _ = report_settings.load(store.folder)
    rows = store.rows()
    before = next((earlier(totals(rows), row) for row in rows if row.id == audit_id), None)
    asked = {"earlier": before} | dict(settings.options()) | options
    return export_audit(store, audit_id, folder, formats=formats, copy=copy, lang=lang, **asked)
