"""Who signs by the kind of check, and who signed in the program: signature items and sections of a self-inspection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.audit import Answer, split_path
from auditor.checklist.model import Item
from auditor.formats import long_date
from auditor.words import LANGUAGES, tr
from exports.blocks import Copy
from exports.copies import View
from exports.moments import day_and_time, moment
from exports.signed import DutyRow, Signature
from exports.speech import Speech
from exports.wording import Names

_SIGNED = {
    "self": (("self_inspector", False), ("branch_head", True)),
    "announced": (("inspector", False), ("inspected", True), ("reviewer", False)),
    "cross": (("inspector", False), ("inspected", True), ("reviewer", False)),
    "offsite": (("inspector", False), ("reviewer", False), ("issuer", True)),
}
_COVERTLY_SIGNED = (("inspector", False), ("reviewer", False), ("issuer", True))


def signatures(kind: str, copy: Copy, speech: Speech) -> tuple[Signature, ...]:
    """Who signs, by the kind of check; a public copy is not signed."""
    return tuple(Signature(speech.tr(f"report.sign.{who}"), seal) for who, seal in _lines(kind, copy))


def signed(view: View, names: Names) -> tuple[Signature, ...]:
    """The same lines with what stands on them already, then one for each further signature that was drawn.

    A signature item whose words begin with a line's (网点负责人签字 → 网点负责人) is that line's.
    """
    speech = view.speech
    lines = list(signatures(view.audit.header.kind, view.copy, speech))
    if not lines:
        return ()
    roles = [_role(who) for who, _ in _lines(view.audit.header.kind, view.copy)]
    taken: set[int] = set()
    for item, answer in _given(view, names):
        found = (at for at, words in enumerate(roles) if at not in taken and _begins(item, words))
        at = next(found, len(lines))
        if at == len(lines):
            if not answer.photos:
                continue
            lines.append(Signature(f"{speech.text(item.text)}{speech.one('common.colon')}".replace("\n", " ")))
        taken.add(at)
        lines[at] = _signed(lines[at], view, answer)
    return tuple(lines)


def _lines(kind: str, copy: Copy) -> tuple[tuple[str, bool], ...]:
    return () if copy == "public" else _SIGNED.get(kind, _COVERTLY_SIGNED)


def _role(who: str) -> tuple[str, ...]:
    """How a line begins in each language, without what is done on it."""
    return tuple(tr(f"report.role_of.{who}", lang=code).casefold() for code in LANGUAGES)


def _begins(item: Item, words: tuple[str, ...]) -> bool:
    texts = (item.text.in_(code).casefold() for code in LANGUAGES)
    return any(text.startswith(role) for text, role in zip(texts, words, strict=True))


def _given(view: View, names: Names) -> Iterator[tuple[Item, Answer]]:
    """The signature items that somebody signed, in the order of the checklist."""
    places = {item_id: at for at, item_id in enumerate(names.items)}
    for path in sorted(view.audit.answers, key=lambda one: (places.get(split_path(one)[2], 0), one)):
        item, answer = names.items.get(split_path(path)[2]), view.audit.answers[path]
        if item is not None and item.kind == "signature" and (answer.value or answer.photos):
            yield item, answer


def _signed(line: Signature, view: View, answer: Answer) -> Signature:
    """With name, day and drawing: the first photo of a signature is how it was drawn."""
    drawn = answer.photos[0] if answer.photos else None
    when = moment(drawn.taken) if drawn else None
    name = answer.value if isinstance(answer.value, str) else ""
    day = view.speech.say(lambda: long_date(when.date())) if when else ""
    return replace(line, name=name, signed=day, drawing=drawn.sha256 if drawn else "")


def duty_rows(view: View, names: Names) -> tuple[DutyRow, ...]:
    """Sections in the order of the checklist, with who answers for each."""
    return tuple(
        DutyRow(
            number=names.number(path),
            section=names.section(path).replace("\n", " "),
            person=duty.person,
            signature=duty.signature,
            signed=day_and_time(duty.signed, view.precision, view.speech) if duty.signed else "",
            drawing=duty.drawing.sha256 if duty.drawing else "",
        )
        for path in names.sections
        if (duty := view.audit.duties.get(path))
    )
