"""Many audits as one workbook (汇总表): the eight sheets of the conventions and every item, one row each."""

from exports.register.earlier import EarlierAudits, earlier_audits
from exports.register.options import ORDERS, SEVERAL, STANDARD, Options, read_blend
from exports.register.package import write_register
from exports.register.summed import Summed

__all__ = [
    "ORDERS",
    "SEVERAL",
    "STANDARD",
    "EarlierAudits",
    "Options",
    "Summed",
    "earlier_audits",
    "read_blend",
    "write_register",
]
