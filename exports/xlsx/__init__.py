"""One audit as a workbook whose score recalculates: sheets for people, formulas from each answer to the total."""

from exports.xlsx.workbook import as_xlsx, check, write_xlsx

__all__ = ["as_xlsx", "check", "write_xlsx"]
