"""The expressions of a checklist as trees, with bare option ids made texts."""

from __future__ import annotations

from auditor.checklist.model import Checklist
from auditor.expressions import Expr, bind, parse
from auditor.expressions.binding import Words


def option_words(checklist: Checklist) -> dict[str, tuple[str, ...]]:
    """By item of options: their ids, which expressions may write bare (`greeted = yes`)."""
    items = reversed(list(checklist.items()))
    return {item.id: tuple(option.id for option in item.options) for item in items if item.options}


def bound(text: str, words: Words) -> Expr:
    """The tree of an expression of a checklist whose `option_words` are given. Raises `expressions.…`."""
    return bind(parse(text), words)
