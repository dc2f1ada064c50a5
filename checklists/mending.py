"""Refused values set aside, so that a file with one of them is still checked as a whole: all Problems at once.

The stand-ins are never used for anything but checking; flaws they themselves may cause are left out.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from auditor.checklist.model import Checklist
from auditor.checklist.outline import Flaw
from checklists.model_words import class_at, error_path, keys_of
from checklists.yaml_nodes import Path

ROUNDS = 4
MOST_ERRORS = 2_000
"""A document with more is left as it is."""

_OF_SUMS = frozenset(
    "weights_zero items_sum sections_sum scale_sum nothing_scored lose_unscored unused_persona "
    "grade_down_grades".split()
)
"""Flaws that a value set aside anywhere can bring about: told when the file is read again without it."""
_OF_ABSENCE = frozenset(
    "options_wanted no_fault_wanted points_missing unit_wanted bands_wanted key_needs empty_section weight_missing "
    "declared_missing else_missing grades_end unreachable same_points rating_ends rating_labels always_true "
    "always_false bands_overlap key_of_other_kind band_never cap_decimals repeat_ends grade_unreachable "
    "pass_unreachable floor_above deducts_more else_not_last grades_fall scored_not_required".split()
)
"""Those that only one set aside in the same item or section can."""
_OF_NAMES = {"id": "id", "name": "name", "word": "word"}


def mended(root: Any, error: ValidationError) -> Checklist | None:
    """The checklist of a refused document without the refused values; None when nothing useful is left."""
    if error.error_count() > MOST_ERRORS:
        return None
    tree = _copy(root)
    for _ in range(ROUNDS):
        for one in error.errors(include_url=False, include_input=False):
            _set_aside(tree, error_path(tree, one), one)
        try:
            return Checklist.model_validate(tree)
        except ValidationError as again:
            error = again
    return None


def certain(flaws: list[Flaw], root: Any, error: ValidationError) -> list[Flaw]:
    """Of the flaws of a mended checklist those that the document has whatever was set aside."""
    ids = _ids(root)
    touched = {_owner(error_path(root, one)) for one in error.errors(include_url=False, include_input=False)}
    return [flaw for flaw in flaws if not (_named(flaw) & ids or _brought_about(flaw, touched))]


def _brought_about(flaw: Flaw, touched: set[Path]) -> bool:
    return flaw.name in _OF_SUMS or (flaw.name in _OF_ABSENCE and _owner(flaw.path) in touched)


def _owner(path: Path) -> Path:
    """The item or section a path lies in; () for the checklist's own keys."""
    ends = [n for n, step in enumerate(path) if n and isinstance(step, int) and path[n - 1] in ("items", "sections")]
    return path[: ends[-1] + 1] if ends else ()


def _named(flaw: Flaw) -> set[str]:
    """The names a flaw misses."""
    missing = flaw.name.startswith(("unknown", "option"))
    return {str(flaw.values[key]) for key in _OF_NAMES if key in flaw.values} if missing else set()


def _copy(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _copy(value) for key, value in node.items()}
    return [_copy(value) for value in node] if isinstance(node, list) else node


def _ids(node: Any) -> set[str]:
    """Everything the document calls an id."""
    todo, found = [node], set()
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            found |= {value for key, value in node.items() if key == "id" and isinstance(value, str)}
            todo += node.values()
        elif isinstance(node, list):
            todo += node
    return found


def _set_aside(tree: Any, path: Path, one: Any) -> None:
    """Mend one error: drop an unknown or optional key, put a stand-in for what must be there."""
    kind = one["type"]
    holder = _at(tree, path)
    if kind == "too_short" and holder:  # nothing in the list was sound: its entries have their own errors
        return
    if kind == "missing" and isinstance(holder, dict):
        holder[str(one["loc"][-1])] = _stand_in(str(one["loc"][-1]), path)
    elif kind == "extra_forbidden":
        _at(tree, path[:-1]).pop(path[-1], None)
    elif path and isinstance(path[-1], int) and class_at(path) is not None:
        kept = holder.get("id") if isinstance(holder, dict) else None
        _at(tree, path[:-1])[path[-1]] = _part(class_at(path), path, kept)
    else:
        _drop(tree, path)


def _drop(tree: Any, path: Path) -> None:
    """Take out the innermost key of a path, or replace it where the model demands it."""
    depth = max((n for n, step in enumerate(path) if isinstance(step, str)), default=-1)
    if depth < 0:
        return
    above, key = path[:depth], str(path[depth])
    part, holder = class_at(above), _at(tree, above)
    if part is None or not isinstance(holder, dict):
        return
    if key in required(part):
        holder[key] = _stand_in(key, path)
    else:
        holder.pop(key, None)


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def required(part: type[BaseModel]) -> list[str]:
    """The keys a part of the model must have."""
    return [info.alias or name for name, info in part.model_fields.items() if info.is_required()]


def _part(part: type[BaseModel] | None, path: Path, id: Any = None) -> Any:
    """A whole stand-in; it keeps the id others may refer to."""
    if part is None or "zh" in keys_of(part):
        return "?"
    if part.__name__ in ("Band", "Effect"):
        return {"else": "true"} if part.__name__ == "Band" else "no_award"
    made = {key: _stand_in(key, path) for key in required(part)}
    return {**made, "id": id} if isinstance(id, str) and "id" in made else made


def _stand_in(key: str, path: Path) -> Any:
    """A value the model takes for a required key."""
    if key == "id":
        return "x" + "_".join(str(step) for step in path if isinstance(step, int))
    if key == "sections":
        return [{"id": "x_section", "title": "?", "items": [{"id": "x_item", "text": "?", "kind": "info"}]}]
    return {"from": "0", "date": "2000-01-01", "name": "no_award"}.get(key, "?")
