"""What the checklist model refuses, said in our own words and at its place in the file.

Pydantic's English never reaches a person: every error type has its sentence here, the rest share one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from auditor.checklist.model import Checklist
from auditor.errors import Problem
from auditor.guess import nearest
from checklists.yaml_nodes import Broken, Listing, Mapping, Path, place, short

_SENTENCES = {
    "string_type": "text_wanted",
    "string_too_short": "empty",
    "string_pattern_mismatch": "bad_id",
    "bool_parsing": "yes_or_no",
    "bool_type": "yes_or_no",
    "tuple_type": "list_wanted",
    "plain_number": "number_wanted",
    "number_size": "number_size",
    "below_zero": "below_zero",
    "text_wanted": "no_words",
    "cap_figure": "cap_figure",
    "share_or_deduct": "share_or_deduct",
    "band_limit": "band_limit",
    "day": "day",
}
_FAMILIES = {"int": "whole_number", "decimal": "number_wanted", "date": "day"}
MOST = 500
"""Problems told of one document."""
_PYTHON_NAMES = {"pass_", "from_", "otherwise"}
"""Names the model answers to in code, but which are no keys of the format."""


def model_problems(error: ValidationError, root: Any, file: str) -> list[Problem]:
    """The Problems of a document that the model refuses, one per place; nothing about values already reported, nor
    that a key is missing which stands there misspelt."""
    found: dict[tuple[Any, ...], Problem] = {}
    meant: set[tuple[Path, str]] = set()
    for one in error.errors(include_url=False, include_input=False):
        if len(found) >= MOST:
            break
        path, value = _in_document(root, tuple(one["loc"]), one["type"])
        if isinstance(value, Broken) or (one["type"] == "too_short" and value):
            continue
        of_key = one["type"] in ("extra_forbidden", "missing")
        spot = (path, str(one["loc"][-1])) if of_key else (path,)
        if spot in found:
            continue
        key, values = _sentence(one, path, value)
        line, column = place(root, path, key=one["type"] == "extra_forbidden")
        found[spot] = Problem(f"checklist.{key}", values, file, line, column)
        if one["type"] == "extra_forbidden":
            meant.add((path[:-1], values["guess"]))
    return [problem for spot, problem in found.items() if problem.key != "checklist.missing_key" or spot not in meant]


def python_names(root: Any, file: str) -> list[Problem]:
    """Unknown keys that the model would take, because code may spell them so: `pass_`, `from_`, `otherwise`."""
    todo: list[tuple[Any, Path]] = [(root, ())]
    problems = []
    while todo:
        node, path = todo.pop()
        if isinstance(node, Mapping):
            for key in _PYTHON_NAMES & node.keys():
                at = place(root, (*path, key), key=True)
                problems.append(Problem("checklist.unknown_key", _unknown(key, path), file, *at))
            todo += [(v, (*path, k)) for k, v in node.items() if isinstance(v, (dict, list))]
        elif isinstance(node, Listing):
            todo += [(v, (*path, n)) for n, v in enumerate(node) if isinstance(v, (dict, list))]
    return problems


def error_path(root: Any, one: Any) -> Path:
    """Where in the document one of pydantic's errors lies."""
    return _in_document(root, tuple(one["loc"]), one["type"])[0]


def _in_document(root: Any, loc: tuple[Any, ...], kind: str) -> tuple[Path, Any]:
    """`loc` as far as the document has it (pydantic adds names of union members), and the value there."""
    node, path = root, []
    for step in loc[:-1] if kind == "missing" else loc:
        if step == "at" and isinstance(node, dict) and "cap" in node:
            step = "cap"
        if (isinstance(node, dict) and step in node) or (isinstance(node, list) and isinstance(step, int)):
            node = node[step]
            path.append(step)
        else:
            break
    return tuple(path), node


def _sentence(one: Any, path: Path, value: Any) -> tuple[str, dict[str, Any]]:
    """The name of a sentence of the area `checklist`, and its values."""
    if one["type"] == "missing":
        return "missing_key", {"key": one["loc"][-1]}
    if one["type"] == "extra_forbidden":
        values = _unknown(str(path[-1]), path[:-1])
        return ("unknown_key_guess" if values["guess"] else "unknown_key"), values
    return _of_value(one, path, value)


def _of_value(one: Any, path: Path, value: Any) -> tuple[str, dict[str, Any]]:
    kind, context = one["type"], one.get("ctx") or {}
    text = {"text": quoted(value)}
    if path and path[-1] == "pass" and len(path) < len(one["loc"]):
        return "pass_wanted", text
    if kind == "literal_error" and path == ("format",):
        return "newer_format" if str(value).isdigit() and int(str(value)[:9]) > 1 else "format_wanted", text
    if kind == "literal_error":
        return _choice(str(context.get("expected", "")), str(value), text)
    if kind in ("greater_than_equal", "less_than_equal"):
        low, high = context.get("ge"), context.get("le")
        name, limit = ("at_least", low) if high is None else ("at_most", high)
        return name, {**text, "limit": f"{limit}"}
    if kind == "string_too_long":
        return "too_long", {**text, "most": context.get("max_length"), "length": len(str(value))}
    if kind == "too_short":
        return "no_entries", {"part": str(path[-1]) if path else ""}
    if kind == "model_type":
        name = "words_wanted" if context.get("class_name") == "Text" else "mapping_wanted"
        return name, {**text, "keys": ", ".join(keys_of(class_at(path)))}
    return _SENTENCES.get(kind) or _FAMILIES.get(kind.partition("_")[0], "bad_value"), text


def quoted(value: Any) -> str:
    """A value as a message quotes it."""
    return "{…}" if isinstance(value, dict) else "[…]" if isinstance(value, list) else short(str(value))


def _choice(expected: str, value: str, text: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    allowed = re.findall(r"'([^']*)'", expected)
    guess = nearest(value, allowed)
    values = {**text, "allowed": ", ".join(allowed), "guess": guess}
    return ("not_allowed_guess" if guess else "not_allowed"), values


def _unknown(key: str, above: Path) -> dict[str, Any]:
    keys = keys_of(class_at(above))
    guess = nearest(key.lower(), keys)
    return {"key": short(key), "guess": guess, "allowed": ", ".join(keys)}


def class_at(path: Path) -> type[BaseModel] | None:
    """The part of the model that a path of the document leads to."""
    found: type[BaseModel] | None = Checklist
    for step in path:
        if isinstance(step, str) and found is not None:
            found = _parts(found).get(step)
    return found


@cache
def _parts(part: type[BaseModel]) -> dict[str, type[BaseModel]]:
    inner = {}
    for name, info in part.model_fields.items():
        one = _model_in(info.annotation)
        if one:
            inner[info.alias or name] = one
    return inner


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((one for one in map(_model_in, get_args(annotation)) if one), None)


def keys_of(part: type[BaseModel] | None) -> list[str]:
    """The keys of a part of the model, as YAML writes them."""
    return [info.alias or name for name, info in part.model_fields.items()] if part else []
