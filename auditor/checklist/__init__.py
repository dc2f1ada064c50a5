"""What is asked: the checklist and its parts."""

from auditor.checklist.model import CHECK_KINDS, NA_CODES, Checklist, Item, Section

__all__ = ["CHECK_KINDS", "NA_CODES", "Checklist", "Item", "Section"]
