"""A condition in plain words: `greeted = no and wait > 15` as a person would say it."""

from __future__ import annotations

from fractions import Fraction

from auditor.errors import AuditorError
from auditor.expressions.nodes import Binary, Call, Expr, Listed, Literal, Name, Unary
from auditor.expressions.parsing import parse
from auditor.figures import plain
from auditor.words import tr
from ui.editor.surroundings import Place, Surroundings, words_of_text

_COMPARING = frozenset({"=", "!=", "<", "<=", ">", ">=", "in"})
_NAMES = {
    "=": "is", "!=": "is_not", "<": "below", "<=": "at_most", ">": "above", ">=": "at_least", "in": "among",
    "and": "and", "or": "or", "+": "plus", "-": "minus", "*": "times", "/": "by",
}  # fmt: skip


def in_words(text: str, known: Surroundings) -> str:
    """What a condition says; empty where nothing is said; what is wrong with it where it cannot be read."""
    if not text.strip():
        return ""
    try:
        return _say(parse(text), known, None)
    except AuditorError as error:
        return str(error)


def _say(node: Expr, known: Surroundings, beside: Place | None) -> str:
    if isinstance(node, Literal):
        return _literal(node, beside)
    if isinstance(node, Name):
        return _name(node.id, known, beside)
    if isinstance(node, Listed):
        return tr("editor.say.or_short").join(_say(one, known, beside) for one in node.entries)
    if isinstance(node, Unary):
        return tr("editor.say.not" if node.op == "not" else "editor.say.negative", a=_say(node.operand, known, None))
    if isinstance(node, Call):
        return _call(node, known)
    left, right = _item(node.left, known), _item(node.right, known)
    comparing = node.op in _COMPARING
    a = _say(node.left, known, right if comparing and left is None else None)
    b = _say(node.right, known, left if comparing else None)
    if _mixed(node):
        a, b = _bracketed(node.left, a), _bracketed(node.right, b)
    return tr(f"editor.say.{_NAMES[node.op]}", a=a, b=b)


def _mixed(node: Binary) -> bool:
    return any(isinstance(one, Binary) and one.op != node.op for one in (node.left, node.right))


def _bracketed(node: Expr, words: str) -> str:
    return tr("common.brackets", text=words) if isinstance(node, Binary) and node.op in ("and", "or") else words


def _call(node: Call, known: Surroundings) -> str:
    said = [_say(one, known, None) for one in node.args]
    joined = tr("common.comma").join(said)
    fallback = f"{node.function}({joined})"
    values = dict(zip("abc", [*said, "", "", ""], strict=False))
    return tr(f"editor.say.call.{node.function}", default=fallback, all=joined, **values)


def _literal(node: Literal, beside: Place | None) -> str:
    if isinstance(node.value, bool):
        return tr("common.yes" if node.value else "common.no")
    if isinstance(node.value, Fraction):
        text = plain(node.value)
        return _option(text, beside) or text
    return _option(node.value, beside) or tr("editor.say.quoted", text=node.value)


def _name(id: str, known: Surroundings, beside: Place | None) -> str:
    option = _option(id, beside)
    if option:
        return option
    place = known.find(id)
    return tr("editor.say.quoted", text=place.text if place is not None and place.text else id)


def _option(id: str, beside: Place | None) -> str:
    options = beside.raw.get("options") if beside is not None else None
    for one in options if isinstance(options, list) else []:
        if isinstance(one, dict) and one.get("id") == id:
            return tr("editor.say.quoted", text=words_of_text(one.get("text")) or id)
    return ""


def _item(node: Expr, known: Surroundings) -> Place | None:
    return known.find(node.id) if isinstance(node, Name) else None
