"""The data folder: journals, photos, index, register of branches (design §5).

Each name is imported when first asked for: the window lists the audits from the index (`auditor.store.index`)
before anything needs the checklist model.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.store.branches import Branch
    from auditor.store.columns import Row
    from auditor.store.opened import OpenAudit
    from auditor.store.store import Store

__all__ = ["Branch", "OpenAudit", "Row", "Store"]

_HOMES = {"Branch": "branches", "OpenAudit": "opened", "Row": "columns", "Store": "store"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
