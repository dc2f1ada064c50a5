"""What is told of the visit itself: its moments, and who was praised."""

from __future__ import annotations

from collections.abc import Sequence

from exports.blocks import Fact
from exports.copies import View
from exports.moments import moment


def stamps(view: View) -> tuple[Fact, ...]:
    """到达 10:12, 取号 10:14 … in the order of their times; nothing where the copy's times are coarser."""
    speech = view.speech
    found: list[Fact] = []
    if view.precision != "exact":
        return ()
    for jot in sorted(view.audit.jots.values(), key=lambda one: one.at):
        when = moment(jot.at)
        label = speech.tr(f"store.stamp.{jot.name}", default="")
        if jot.kind != "stamp" or when is None or not label:
            continue
        time = f"{when:%H:%M}"
        if jot.proof == "estimated":
            time = speech.tr("layouts.estimated", time=time)
        found.append(Fact(jot.name, label, time))
    return tuple(found)


def praises(view: View, said: Sequence[str] = ()) -> tuple[str, ...]:
    """点名表扬：0123号柜员，…, unless the highlights say so already."""
    lines = []
    for one in view.audit.header.praises:
        if one.person and not any(one.person in line for line in said):
            key = "layouts.praise_for" if one.text else "layouts.praise"
            lines.append(view.speech.one(key, person=one.person, text=one.text))
    return tuple(lines)
