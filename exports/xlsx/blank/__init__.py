"""A checklist as a workbook to fill in without the program: it counts the score meanwhile, and is read back."""

from exports.xlsx.blank.workbook import as_blank

__all__ = ["as_blank"]
