"""What a new section, item, option or band says before anybody has written in it: valid at once, in both languages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from auditor.words import LANGUAGES, tr
from checklists.tree import next_version

_OPTIONS: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "choice": (("yes", {}), ("no", {"share": "0"})),
    "multi": (("none", {"exclusive": "true"}), ("fault", {"deduct": "1"})),
}
_BANDED = ("duration", "number")
_UNSCORED = ("number", "time", "text", "date", "photo", "signature", "info")
_NOT_ASKED_FOR = ("text", "photo", "signature")


def new_section(taken: Collection[str]) -> dict[str, Any]:
    """A section with one item."""
    id = _free("section", taken)
    return {"id": id, "title": _words("new_section"), "items": [new_item({*taken, id})]}


def new_item(taken: Collection[str], kind: str = "choice") -> dict[str, Any]:
    """An item of a kind that can be answered and, where the kind usually is, is scored."""
    made: dict[str, Any] = {"id": _free("item", taken)}
    if kind != "choice":
        made["kind"] = kind
    made["text"] = _words("new_info" if kind == "info" else "new_item")
    return {**made, **of_kind(kind)}


def of_kind(kind: str) -> dict[str, Any]:
    """What an item needs to be of a kind: points, options, bands, the unit of a count."""
    made: dict[str, Any] = {}
    if kind not in _UNSCORED:
        made["points"] = "5" if kind == "rating" else "2"
    if kind in _OPTIONS:
        made["options"] = [{"id": id, "text": _words(f"option_{id}"), **rest} for id, rest in _OPTIONS[kind]]
    if kind == "duration":
        made["bands"] = [{"up_to": "60", "share": "1"}, {"else": "true", "share": "0"}]
    if kind == "occurrences":
        made["unit"] = "1"
    if kind in _NOT_ASKED_FOR:
        made["required"] = "false"
    return made


def of_other_kind(item: dict[str, Any], kind: str) -> dict[str, Any]:
    """An item made another kind: what that kind cannot say is dropped, what it needs is put in."""
    drop = {"options", "bands", "unit", "max", "low", "high", "reversed", "labels", "decimals", "measure", "value"}
    keep = {"options"} if kind in _OPTIONS and item.get("options") else set()
    if kind in _BANDED:
        keep |= {"bands", "value"}
    rest = {key: value for key, value in item.items() if key not in drop - keep and key not in ("kind", "required")}
    if kind in ("info", "text", "time", "date", "signature"):
        rest.pop("points", None)
    if kind == "choice" and "options" in keep:
        rest["options"] = [_without(one, "exclusive", "replaces") for one in item["options"]]
    made = {**of_kind(kind), **rest}
    ordered = {key: made.pop(key) for key in ("id",) if key in made}
    return {**ordered, **({} if kind == "choice" else {"kind": kind}), **{k: made[k] for k in sorted(made, key=_rank)}}


def new_option(options: list[Any], kind: str) -> dict[str, Any]:
    """One more answer of a choice, or fault of a multi."""
    known = {one.get("id") for one in options if isinstance(one, dict)}
    worth = {"deduct": "1"} if kind == "multi" else {"share": "0.5"}
    return {"id": _free("fault" if kind == "multi" else "option", known), "text": _words("new_option"), **worth}


def new_entry(entries: list[Any], stem: str, text: str, key: str = "text") -> dict[str, Any]:
    """An entry of another list (faults, grades, header fields): an id and its words."""
    known = {one.get("id") for one in entries if isinstance(one, dict)}
    return {"id": _free(stem, known), key: _words(text)}


def new_change(changes: list[Any]) -> dict[str, Any]:
    """What one more version brought, dated today."""
    last = next((one.get("version") for one in reversed(changes) if isinstance(one, dict)), None)
    version = next_version(last) if isinstance(last, str) else "1.0"
    return {"version": version, "date": date.today().isoformat(), "note": _words("new_change")}


def new_text() -> dict[str, str]:
    """Words of a list that holds nothing else."""
    return _words("new_words")


def new_band(bands: list[Any]) -> tuple[int, dict[str, Any]]:
    """Where one more band goes, before the last one, and what it says."""
    if not bands:
        return 0, {"else": "true", "share": "0"}
    limits = [one["up_to"] for one in bands if isinstance(one, dict) and str(one.get("up_to", "")).isdigit()]
    highest = max((int(one) for one in limits), default=0)
    return len(bands) - 1, {"up_to": str(highest + 10), "share": "0.5"}


def _rank(key: str) -> int:
    order = ("text", "standard", "guidance", "points", "floor", "role", "on", "options", "bands", "unit", "max")
    return order.index(key) if key in order else len(order)


def _without(option: Any, *keys: str) -> Any:
    return {k: v for k, v in option.items() if k not in keys} if isinstance(option, dict) else option


def _words(name: str) -> dict[str, str]:
    return {code: tr(f"editor.{name}", lang=code) for code in LANGUAGES}


def _free(stem: str, taken: Collection[Any]) -> str:
    if stem not in taken and stem not in ("item", "section", "option"):
        return stem
    return next(name for n in range(1, len(taken) + 2) if (name := f"{stem}_{n}") not in taken)
