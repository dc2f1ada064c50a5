"""Many audits as one workbook (汇总表): the eight sheets of the conventions and every item, one row each."""

from exports.register.package import write_register
from exports.register.periods import Comparison, compared

__all__ = ["Comparison", "compared", "write_register"]
