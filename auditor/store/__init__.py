"""The data folder: journals, photos, index, register of branches (design §5)."""

from auditor.store.branches import Branch
from auditor.store.index import Row
from auditor.store.opened import OpenAudit
from auditor.store.store import Store

__all__ = ["Branch", "OpenAudit", "Row", "Store"]
