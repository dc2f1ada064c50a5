"""What a finished job came to, as a sentence in the strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.errors import AuditorError, Problem
from auditor.words import tr
from ui.safety.words import moment, size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.messages import MessageStrip


def say(messages: MessageStrip, result: object) -> None:
    """A backup that was made, a check, a restoring; what went wrong in it comes first."""
    from auditor.store.backups import Made
    from auditor.store.restore import Restored
    from auditor.store.verify import Report

    if isinstance(result, Made):
        _wrong(messages, result.problems)
        detail = tr("safety.same_drive", file=result.target) if result.same_drive else ""
        messages.say_done(_made(result), detail)
    elif isinstance(result, Restored):
        _wrong(messages, result.problems)
        messages.say_done(restored(result), tr("safety.aside") if result.audits else "")
    elif isinstance(result, Report):
        damaged, lost = result.count("damaged"), sum(len(one.problems()) for one in result.backups)
        if lost and not damaged:
            messages.say(tr("safety.checked_backups_bad", count=len(result.audits), lost=lost), tone="failed")
        elif damaged:
            messages.say(tr("safety.checked_bad", count=len(result.audits), damaged=damaged), tone="failed")
        else:
            messages.say_done(tr("safety.checked_good", count=len(result.audits)))


def _made(result: object) -> str:
    from auditor.store.backups import Made

    assert isinstance(result, Made)
    when, count = moment(result.generation.moment), len(result.generation.audits)
    key = "safety.backed_up" if result.new else "safety.backed_up_same"
    return tr(key, when=when, audits=count, size=size(result.bytes))


def restored(result: object) -> str:
    """How much was put back, and how much was left alone."""
    from auditor.store.restore import Restored

    assert isinstance(result, Restored)
    when = moment(result.generation.moment)
    if not result.audits and not result.files:
        return tr("safety.restored_nothing", when=when, kept=len(result.kept))
    if len(result.audits) == 1 and not result.kept and not result.files:
        return tr("safety.restored_one", when=when)
    return tr("safety.restored", when=when, audits=len(result.audits), files=len(result.files), kept=len(result.kept))


def _wrong(messages: MessageStrip, problems: Sequence[Problem]) -> None:
    if problems:
        first = problems[0]
        more = tr("safety.and_more", count=len(problems) - 1) if len(problems) > 1 else ""
        messages.say_wrong(AuditorError(first.key, **first.values), also=more)
