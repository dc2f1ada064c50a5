"""From text to tree: a precedence parser with budgets for length and depth.

Loosest first: `or`, `and`, `not`, one comparison (`= != < <= > >= in`), `+ -`, `* /`, unary `-`, then brackets, calls,
names, numbers, texts. A hyphen between letters or digits without blanks belongs to the name (`teller-1`); a
subtraction has blanks (`a - b`).
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from auditor.errors import AuditorError
from auditor.expressions.functions import SIGNATURES
from auditor.expressions.nodes import Binary, Call, Expr, Listed, Literal, Name, Unary
from auditor.guess import nearest

LONGEST = 1000
"""Characters; the checklist model says the same."""
DEEPEST = 32
"""Brackets, calls and signs within one another."""
MOST_OPERATORS = 150
"""In one expression: what walks a tree may then recurse."""

WORDS = frozenset({"and", "or", "not", "in", "true", "false"})
"""Words no item can be named by."""

_TOKEN = re.compile(
    r"(?P<number>[0-9]{1,15}(?:\.[0-9]{1,9})?(?![\w.]))"
    r"|(?P<name>[^\W\d]\w*(?:-+\w+)*)"
    r"|(?P<text>\"[^\"]*\"|'[^']*')"
    r"|(?P<sign><=|>=|!=|[+\-*/(),]|[=<>](?![=<>]))"
)
_BLANK = re.compile(r"[ \t\r\n]*")
_FOREIGN = {
    **dict(zip("（），＝＜＞＋－＊／“”‘’", "(),=<>+-*/\"\"''", strict=True)),
    **dict(zip("≤≥≠×÷&|!", ("<=", ">=", "!=", "*", "/", "and", "or", "not"), strict=True)),
    "　": " ",
}
_BINDING = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "in"), 4),
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
}
_NOT, _MINUS, _COMPARED = 3, 7, 4


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


@lru_cache(maxsize=4096)
def parse(text: str) -> Expr:
    """The tree of an expression. Raises `expressions.…` with `offset`, the place in the text (from 0)."""
    if len(text) > LONGEST:
        raise refused("long", LONGEST, length=len(text), most=LONGEST)
    parser = _Parser(_tokens(text))
    expr = parser.expression(0)
    parser.expect_end()
    return expr


def refused(name: str, at: int, /, **values: Any) -> AuditorError:
    """The failure of the area `expressions` at an offset."""
    return AuditorError(f"expressions.{name}", offset=at, **values)


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], _blank_end(text, 0)
    while at < len(text):
        hit = _TOKEN.match(text, at)
        if not hit:
            raise _bad_character(text, at)
        word, kind = hit[0], hit.lastgroup or ""
        tokens.append(_Token("word" if word in WORDS else kind, word, at))
        at = _blank_end(text, hit.end())
    return [*tokens, _Token("end", "", len(text))]


def _blank_end(text: str, at: int) -> int:
    hit = _BLANK.match(text, at)
    return hit.end() if hit else at


def _bad_character(text: str, at: int) -> AuditorError:
    sign = text[at]
    if text.startswith("==", at) or text.startswith("<>", at) or text.startswith("=>", at) or text.startswith("=<", at):
        plain = {"==": "=", "<>": "!=", "=>": ">=", "=<": "<="}[text[at : at + 2]]
        return refused("sign", at, sign=text[at : at + 2], plain=plain)
    if sign in _FOREIGN:
        return refused("sign", at, sign=sign, plain=_FOREIGN[sign])
    if sign in "\"'":
        return refused("open_text", at, text=text[at : at + 40])
    if sign.isdigit() or text[at : at + 2].strip(".").isdigit():
        return refused("number", at, text=text[at : at + 20].split(" ")[0])
    return refused("character", at, sign=sign)


class _Parser:
    """One pass over the tokens; `depth` counts what lies within one another."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.n = 0
        self.depth = 0
        self.operators = 0

    def expression(self, binding: int) -> Expr:
        """What binds tighter than `binding`, from here on."""
        left = self.operand(binding)
        while True:
            token = self.tokens[self.n]
            tightness = _BINDING.get(token.text, 0) if token.kind in ("sign", "word") else 0
            if tightness <= binding:
                return left
            self.n += 1
            self.operators += 1
            if self.operators > MOST_OPERATORS:
                raise refused("many", token.at, most=MOST_OPERATORS)
            if token.text == "in" and self.tokens[self.n].text == "(" and self.tokens[self.n].kind == "sign":
                right: Expr = self.listed()
            else:
                right = self.expression(tightness)
            left = Binary(token.text, left, right, token.at)
            if tightness == _COMPARED and _BINDING.get(self.tokens[self.n].text) == _COMPARED:
                raise refused("chain", self.tokens[self.n].at, sign=self.tokens[self.n].text)

    def operand(self, binding: int) -> Expr:
        token = self.tokens[self.n]
        self.n += 1
        self.depth += 1
        if self.depth > DEEPEST:
            raise refused("deep", token.at, most=DEEPEST)
        try:
            return self.simple(token, binding)
        finally:
            self.depth -= 1

    def simple(self, token: _Token, binding: int) -> Expr:
        kind, text, at = token
        if kind == "number":
            return Literal(Fraction(text), at)
        if kind == "text":
            return Literal(text[1:-1], at)
        if kind == "name":
            return self.call(text, at) if self.tokens[self.n].text == "(" else Name(text, at)
        if text in ("true", "false"):
            return Literal(text == "true", at)
        if text == "not" and binding <= _NOT:
            return Unary("not", self.expression(_NOT), at)
        if text == "-" and kind == "sign":
            return Unary("-", self.expression(_MINUS), at)
        if text == "(":
            inner = self.expression(0)
            self.expect(")", at)
            return inner
        if kind == "end":
            raise refused("ends", at)
        raise refused("brackets_wanted" if text == "not" else "operand", at, text=text)

    def listed(self) -> Listed:
        at = self.tokens[self.n].at
        self.n += 1
        return Listed(self.arguments(at), at)

    def call(self, function: str, at: int) -> Call:
        signature = SIGNATURES.get(function)
        if signature is None:
            guess = nearest(function, SIGNATURES)
            values = {"name": function, "guess": guess, "known": ", ".join(SIGNATURES)}
            raise refused("function_guess" if guess else "function", at, **values)
        self.n += 1
        args = self.arguments(at)
        most = 50 if signature.many else len(signature.takes)
        if not signature.needs <= len(args) <= most:
            wanted = str(most) if signature.needs == most else f"{signature.needs}–{most}"
            raise refused("arguments", at, name=function, given=len(args), wanted=wanted)
        if signature.takes[:1] in (("item",), ("section",)) and not isinstance(args[0], Name):
            raise refused(f"wants_{signature.takes[0]}", at, name=function)
        return Call(function, args, at)

    def arguments(self, opened: int) -> tuple[Expr, ...]:
        """Up to the closing bracket, which is taken too."""
        if self.tokens[self.n].text == ")":
            self.n += 1
            return ()
        found = [self.expression(0)]
        while self.tokens[self.n].text == "," and self.tokens[self.n].kind == "sign":
            self.n += 1
            found.append(self.expression(0))
        self.expect(")", opened)
        return tuple(found)

    def expect(self, sign: str, opened: int) -> None:
        token = self.tokens[self.n]
        if token.kind != "sign" or token.text != sign:
            if token.kind == "end":
                raise refused("open_bracket", opened)
            raise refused("joined", token.at, text=token.text)
        self.n += 1

    def expect_end(self) -> None:
        token = self.tokens[self.n]
        if token.kind != "end":
            raise refused("closing" if token.text == ")" else "joined", token.at, text=token.text)
