"""What can be said of an item, a section, a checklist: the tables the forms are made from."""

from __future__ import annotations

from typing import Any

from auditor.checklist.model import CHECK_KINDS, NA_CODES, STAMPS
from auditor.words import tr
from checklists import templates
from ui.editor.condition_field import ConditionField
from ui.editor.entries import EntryKind, EntryList, PartField, Switch
from ui.editor.fields import CheckField, ChipsField, ChoiceField, LineField, PairField
from ui.editor.form import Group, Maker, Spec
from ui.editor.list_field import ListField
from ui.editor.outcome_fields import EffectsField, LimitField, RefsField, TargetField, WorthField
from ui.editor.surroundings import Surroundings, words_of_text

KINDS = ("choice", "multi", "occurrences", "rating", "number", "duration", "time", "text", "date", "photo", "signature",
         "info")  # fmt: skip
_ANSWERED = frozenset(KINDS) - {"info"}
_OPTIONED = frozenset({"choice", "multi"})
_BANDED = frozenset({"number", "duration", "rating"})
_SCORED = frozenset({"choice", "multi", "occurrences", "rating", "number", "duration", "photo"})
_DEMANDS = ("never", "optional", "loses", "always")


def line(placeholder: str = "", width: int = 0) -> Maker:
    return lambda name, _: LineField(name, placeholder=placeholder, width=width)


def pair(name: str, _around: Surroundings) -> PairField:
    return PairField(name)


def bare_pair(name: str, _around: Surroundings) -> PairField:
    """The text of an entry, without a caption: its list has one."""
    made = PairField(name)
    made.says_its_name = True  # type: ignore[attr-defined]
    return made


def tick(*, usual: bool = False) -> Maker:
    """A tick that carries its own words."""

    def make(name: str, _around: Surroundings) -> CheckField:
        made = CheckField(name, usual=usual)
        made.says_its_name = True  # type: ignore[attr-defined]
        return made

    return make


def choice(stem: str, *values: str) -> Maker:
    """One of the values, in the words `editor.<stem>.<value>`; "" is "nothing said"."""
    return lambda name, _: ChoiceField(name, [(one, tr(f"editor.{stem}.{one or 'unsaid'}")) for one in values])


def entries(kind: EntryKind) -> Maker:
    return lambda name, around: EntryList(name, kind, around)


def part(owner: str, *rows: tuple[Spec, ...], normal: Any = lambda raw: raw, switch: Switch | None = None) -> Maker:
    return lambda _, around: PartField(owner, (Group(rows),), around, normal, switch)


def _kind(name: str, _around: Surroundings) -> ChoiceField:
    return ChoiceField(name, [("" if one == "choice" else one, tr(f"window.item.{one}")) for one in KINDS])


def _lose(name: str, around: Surroundings) -> RefsField:
    return RefsField(name, around.others)


def _replaces(name: str, around: Surroundings) -> RefsField:
    def choices() -> list[tuple[str, str]]:
        place = around.find(around.here)
        options = place.raw.get("options") if place is not None else None
        found = [one for one in options if isinstance(one, dict)] if isinstance(options, list) else []
        return [(str(one.get("id", "")), words_of_text(one.get("text"))) for one in found]

    return RefsField(name, choices)


def _na_codes(name: str, _around: Surroundings) -> ChipsField:
    return ChipsField(name, [(one, tr(f"common.na.{one}")) for one in NA_CODES], unsaid=tr("editor.as_checklist"))


def _checklist_na(name: str, _around: Surroundings) -> ChipsField:
    return ChipsField(name, [(one, tr(f"common.na.{one}")) for one in NA_CODES], all_by_default=True)


def _checks(name: str, _around: Surroundings) -> ChipsField:
    return ChipsField(name, [(one, tr(f"common.kind.{one}")) for one in CHECK_KINDS], all_by_default=True)


def _evidence(*kinds: str) -> tuple[tuple[Spec, ...], ...]:
    makers = choice("demand", "", *_DEMANDS)
    only = _ANSWERED if kinds else None
    names = ("reason", "note", "photo")
    return (tuple(Spec(f"evidence.{one}", makers, only, word=f"evidence_{one}") for one in names),)


def _plain_text(entries_: list[Any], _around: Surroundings) -> tuple[int, Any]:
    return len(entries_), templates.new_text()


def _fault(entries_: list[Any], _around: Surroundings) -> tuple[int, Any]:
    return len(entries_), templates.new_entry(entries_, "usual", "new_fault")


def _grade(entries_: list[Any], _around: Surroundings) -> tuple[int, Any]:
    return len(entries_), {**templates.new_entry(entries_, "grade", "new_grade", "title"), "from": "0"}


def _named(stem: str, key: str) -> Any:
    return lambda entries_, _: (len(entries_), templates.new_entry(entries_, stem, f"new_{stem}", key))


def _change(entries_: list[Any], _around: Surroundings) -> tuple[int, Any]:
    """What one more version brought: after the last one, of today."""
    return len(entries_), templates.new_change(entries_)


def _instruments(name: str, _around: Surroundings) -> ListField:
    return ListField(name, placeholder="A1, B3")


def _treatments(*rules: str) -> tuple[Spec, ...]:
    """What becomes of contradictions, by rule; unsaid they are told of."""
    make = choice("contradiction", "", "warn", "block", "off")
    return tuple(Spec(f"contradictions.{one}", make, word=f"rule_{one}") for one in rules)


def _option(entries_: list[Any], around: Surroundings) -> tuple[int, Any]:
    return len(entries_), templates.new_option(entries_, around.kind)


_OUTCOME = (
    (Spec("critical", EffectsField),),
    (Spec("lose", _lose),),
    (Spec("skip", TargetField),),
    *_evidence(),
)
_TEXT_ONLY = (Group(((Spec("text", bare_pair),),)),)
_WORTH = (Spec("", WorthField, _SCORED, word="worth"),)

OPTION = EntryKind(
    "option", "options", _option, _TEXT_ONLY, _WORTH,
    (Group((
        (Spec("exclusive", tick(), frozenset({"multi"})),),
        (Spec("replaces", _replaces, frozenset({"multi"})),),
        *_OUTCOME,
        (Spec("id", line()),),
    )),),
)  # fmt: skip
BAND = EntryKind(
    "band", "bands", lambda found, _: templates.new_band(found),
    (Group(((Spec("", LimitField, word="limit"),),)),), _WORTH,
    (Group(((Spec("text", pair),), *_OUTCOME)),),
)  # fmt: skip
FAULT = EntryKind("fault", "faults", _fault, _TEXT_ONLY)
TEXTS = EntryKind("words", "", _plain_text)
GRADE = EntryKind("grade", "grades", _grade, (Group(((Spec("title", bare_pair),),)),), (Spec("from", line(width=120)),),
                  (Group(((Spec("id", line()),),)),))  # fmt: skip
FIELD = EntryKind("header", "header", _named("header", "text"), _TEXT_ONLY,
                  (Spec("kind", choice("header_kind", "", "number", "time")),))  # fmt: skip
PERSONA = EntryKind("persona", "personas", _named("persona", "title"), (Group(((Spec("title", bare_pair),),)),), (),
                    (Group(((Spec("values", entries(TEXTS)),), (Spec("id", line()),))),))  # fmt: skip
SCENARIO = EntryKind(
    "scenario", "scenarios", _named("scenario", "title"),
    (Group(((Spec("title", pair),), (Spec("story", pair),))),), (),
    (Group((
        (Spec("ask", entries(TEXTS)),), (Spec("watch", entries(TEXTS)),), (Spec("persona", line()), Spec("id", line())),
    )),),
)  # fmt: skip
CHANGE = EntryKind("change", "changes", _change, (Group(((Spec("note", bare_pair),),)),),
                   (Spec("version", line(width=120)), Spec("date", line("2026-03-05", 150))))  # fmt: skip

_CLAUSE = part(
    "clause", (Spec("ref", line()), Spec("since", line("2026-01-31"))), (Spec("title", pair),),
    normal=lambda raw: {"ref": raw} if isinstance(raw, str) else raw,
)  # fmt: skip

ITEM = (
    Group((
        (Spec("text", pair),),
        (Spec("kind", _kind, stretch=2), Spec("points", line(), _SCORED)),
        (Spec("standard", pair, _ANSWERED),),
        (Spec("options", entries(OPTION), _OPTIONED),),
        (Spec("unit", line(), frozenset({"occurrences"})), Spec("max", line(), frozenset({"occurrences"}))),
        (Spec("low", line("1"), frozenset({"rating"})), Spec("high", line("5"), frozenset({"rating"}))),
        (Spec("reversed", tick(), frozenset({"rating"})),),
        (Spec("labels", entries(TEXTS), frozenset({"rating"})),),
        (Spec("stamp", choice("stamp", "", *STAMPS), frozenset({"time"})),),
        (Spec("measure", pair, frozenset({"number"}), 3), Spec("decimals", line("0"), frozenset({"number"}))),
        (Spec("bands", entries(BAND), _BANDED),),
    )),
    Group((
        (Spec("guidance", pair),),
        (Spec("faults", entries(FAULT), _ANSWERED),),
        (Spec("action", pair, _ANSWERED),),
        (Spec("clause", _CLAUSE),),
    ), "help"),
    Group((
        *_evidence("item"),
        (Spec("na_codes", _na_codes, _ANSWERED),),
        (Spec("na", choice("na", "", "exclude", "full"), _ANSWERED),
         Spec("na_reason", choice("yes_no", "", "true", "false"), _ANSWERED)),
    ), "evidence"),
    Group((
        (Spec("required", tick(usual=True), _ANSWERED),),
        (Spec("show_if", ConditionField),),
        (Spec("require_if", ConditionField, _ANSWERED),),
        (Spec("valid_if", ConditionField, _ANSWERED),),
        (Spec("valid_text", pair, _ANSWERED),),
    ), "conditions"),
    Group((
        (Spec("role", choice("role", "", "bonus", "penalty"), _SCORED),
         Spec("on", choice("on", "", "total"), _SCORED)),
        (Spec("floor", line("0"), _SCORED), Spec("id", line())),
        (Spec("value", line(), frozenset({"number", "duration"})),),
        (Spec("trap", tick(), _ANSWERED),),
    ), "advanced"),
)  # fmt: skip

_REPEAT = part(
    "repeat",
    (Spec("min", line("1")), Spec("max", line("10")), Spec("combine", choice("combine", "", "worst", "any_fault"))),
    (Spec("title", pair),), (Spec("header", entries(FIELD)),),
    switch=("repeats", {"min": "1", "max": "10"}),
)  # fmt: skip

SECTION = (
    Group((
        (Spec("title", pair),),
        (Spec("intro", pair),),
        (Spec("weight", line()), Spec("points", line()), Spec("pass", line())),
    )),
    Group(((Spec("repeat", _REPEAT),),), "repeat"),
    Group((
        (Spec("show_if", ConditionField),),
        (Spec("max_deduction", line()), Spec("id", line())),
        (Spec("over", tick()),),
        (Spec("stage", tick()),),
        (Spec("grades", entries(GRADE)),),
    ), "advanced"),
)  # fmt: skip

CHECKLIST = (
    Group((
        (Spec("title", pair),),
        (Spec("description", pair),),
        (Spec("scale", line("100")), Spec("decimals", line("1")), Spec("pass", line())),
        (Spec("grades", entries(GRADE)),),
        (Spec("checks", _checks),),
    )),
    Group((
        *_evidence(),
        (Spec("na_codes", _checklist_na),),
        (Spec("na", choice("na_all", "", "full")),),
        (Spec("na_reason", tick()),),
    ), "evidence"),
    Group((
        (Spec("blind", tick()),),
        (Spec("ceiling", line()), Spec("version", line())),
    ), "advanced"),
    Group((
        (Spec("personas", entries(PERSONA)),),
        (Spec("scenarios", entries(SCENARIO)),),
    ), "scenarios"),
    Group((
        _treatments("full_with_negative", "loss_without_reason"),
        _treatments("times_out_of_order", "old_photo"),
        _treatments("same_answer", "too_fast"),
        _treatments("copied_note", "same_as_last"),
    ), "contradictions"),
    Group((
        (Spec("changes", entries(CHANGE)),),
        (Spec("instruments", _instruments),),
    ), "origin"),
)  # fmt: skip
FORMS = {"item": ITEM, "section": SECTION, "checklist": CHECKLIST}
