"""The checklist language: conditions and computed values over answers, scores and the visit's date; nothing else."""

from auditor.expressions.binding import bind
from auditor.expressions.evaluation import Lookup, compiled, condition, evaluate, holds, reading_empty, reads_empty
from auditor.expressions.functions import Worth
from auditor.expressions.nodes import Binary, Call, Expr, Listed, Literal, Name, Unary, names, sections, walk
from auditor.expressions.parsing import parse

__all__ = [
    "Binary",
    "Call",
    "Expr",
    "Listed",
    "Literal",
    "Lookup",
    "Name",
    "Unary",
    "Worth",
    "bind",
    "compiled",
    "condition",
    "evaluate",
    "holds",
    "names",
    "parse",
    "reading_empty",
    "reads_empty",
    "sections",
    "walk",
]
