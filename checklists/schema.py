"""The JSON Schema of a checklist for editors, from the one model (design §3)."""

from __future__ import annotations

import ast
import inspect
from typing import Any

from auditor.checklist import model, parts
from auditor.checklist.model import Checklist

_SHORT: dict[str, Any] = {
    "Text": {"type": ["string", "number"]},
    "Clause": {"type": ["string", "number"]},
    "Effect": {"enum": ["zero_section", "zero_total", "grade_down", "fail", "no_award"]},
}
"""How a part may be written in one scalar instead of a mapping."""


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of format 1, as YAML writes it: short forms, aliases, numbers where text is read."""
    document = Checklist.model_json_schema(by_alias=True, mode="validation")
    parts_of = document.pop("$defs", {})
    explained = _docstrings()
    for name, part in (*parts_of.items(), ("Checklist", document)):
        for key, field in part.get("properties", {}).items():
            note = explained.get((name, _PYTHON.get(key, key)))
            if note:
                field["description"] = note
    defs = {name: _as_written(name, _plain(part)) for name, part in parts_of.items()}
    body = _plain(document)
    body["title"] = "Branch Auditor: checklist, format 1"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **body, "$defs": defs}


_EDITORS = {"ge": "minimum", "le": "maximum"}
_ID = r"^[\p{L}_][\p{L}\p{M}\p{N}_-]{0,63}$"
_PATTERNS = {
    r"^[^\W\d][\w-]{0,63}$": _ID,
    r"^\w[\w-]{0,63}$": r"^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]{0,63}$",
}
"""Editors' patterns take `\\w` for ASCII only; ids may be Chinese."""
_PYTHON = {"pass": "pass_", "from": "from_", "else": "otherwise"}


def _as_written(name: str, part: dict[str, Any]) -> dict[str, Any]:
    if name == "Effect":
        figure = part["properties"]["at"]
        cap = {"type": "object", "properties": {"cap": figure}, "required": ["cap"], "additionalProperties": False}
        return {"description": part.get("description", ""), "anyOf": [_SHORT[name], cap]}
    if name in _SHORT:
        return {"description": part.pop("description", ""), "anyOf": [_SHORT[name], part]}
    return part


def _plain(node: Any, *, names: bool = False) -> Any:
    """Without pydantic's own notes; numbers and patterns as editors know them. `names`: the keys are the format's."""
    if isinstance(node, list):
        return [_plain(one) for one in node if one != {"type": "null"}]
    if not isinstance(node, dict):
        return node
    if names:
        return {key: _plain(value) for key, value in node.items()}
    made = {
        _EDITORS.get(key, key): _plain(value, names=key == "properties")
        for key, value in node.items()
        if key != "title" and not (key == "default" and (value in (None, []) or isinstance(value, dict)))
    }
    choices = made.get("anyOf", [])
    if any(one.get("type") == "number" for one in choices):
        made["anyOf"] = [one for one in choices if one.get("type") == "number" or one.get("pattern") == _ID]
    if len(made.get("anyOf", ())) == 1:
        made = {**made.pop("anyOf")[0], **made}
    if made.get("type") == "number" and isinstance(made.get("default"), str):
        made["default"] = int(made["default"])
    if "pattern" in made:
        made["pattern"] = _PATTERNS.get(made["pattern"], made["pattern"])
    if made.get("type") == "string" and "enum" not in made:
        made["type"] = ["string", "number"]
    return made


def _docstrings() -> dict[tuple[str, str], str]:
    """By (class, field): the text under the field in the source of the model."""
    found = {}
    for module in (model, parts):
        for node in ast.parse(inspect.getsource(module)).body:
            if not isinstance(node, ast.ClassDef):
                continue
            for field, note in zip(node.body, node.body[1:], strict=False):
                if isinstance(field, ast.AnnAssign) and isinstance(note, ast.Expr):
                    value = getattr(note.value, "value", None)
                    if isinstance(value, str) and isinstance(field.target, ast.Name):
                        found[(node.name, field.target.id)] = " ".join(value.split())
    return found
