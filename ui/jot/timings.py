"""Stopwatches of a visit: their start is durable, so they go on through sleep, closing and a crash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from auditor import jotting
from auditor.audit import Jot
from auditor.figures import half_up
from auditor.jotting import Elapsed, Mark
from auditor.words import tr
from ui.session import AuditSession


class Timings:
    """Starts and stops timings by their marks. Within one run a clock nobody can set is asked too."""

    def __init__(self, session: AuditSession, now: Callable[[], datetime], steady: Callable[[], float]) -> None:
        self._session, self._now, self._steady = session, now, steady

    def last(self, mark: Mark) -> tuple[str, Jot] | None:
        """The latest timing of a mark with its number."""
        found = [
            (number, jot)
            for number, jot in self._session.audit.jots.items()
            if jot.kind == "timing" and jot.name == mark.name
        ]
        return max(found, key=lambda one: int(one[0])) if found else None

    def is_running(self, mark: Mark) -> bool:
        found = self.last(mark)
        return found is not None and not found[1].seconds

    def elapsed(self, mark: Mark) -> Elapsed | None:
        """How long it has run; None where that cannot be told, or nothing runs."""
        found = self.last(mark)
        if found is None or found[1].seconds:
            return None
        since = self._session.running.get(_key(found[0]))
        return jotting.elapsed(found[1], self._now(), None if since is None else self._steady() - since)

    def start(self, mark: Mark) -> bool:
        """Begin anew; one that is still running gives way, one that was stopped stays in the record."""
        found, jots = self.last(mark), self._session.audit.jots
        number = str(max(map(int, jots), default=0) + 1)
        at, since = self._now().isoformat(timespec="milliseconds"), self._steady()
        text = "" if mark.name else mark.title
        changes: dict[str, Jot | None] = {number: Jot("timing", at, mark.name, text=text)}
        if found is not None and not found[1].seconds:
            changes[found[0]] = None
        if not self._session.set_jots(changes):
            return False
        self._session.running[_key(number)] = since
        return True

    def stop(self, mark: Mark) -> str:
        """Keep how long it took; what there is to say about it: a clock that was moved, or nothing."""
        found, took = self.last(mark), self.elapsed(mark)
        if found is None or found[1].seconds:
            return ""
        if took is None:
            return tr("jot.watch.unknown")
        number, jot = found
        if not self._session.set_jots({number: replace(jot, seconds=f"{tenths(took.seconds):.1f}")}):
            return ""
        self._session.running.pop(_key(number), None)
        return tr("jot.watch.jumped", duration=signed(took.jumped)) if took.jumped else ""


def local_now() -> datetime:
    """The machine's time with its offset."""
    return datetime.now().astimezone()


def tenths(seconds: float) -> Decimal:
    """To 0.1, halves up."""
    found = half_up(Fraction(seconds), 1)
    return Decimal(found.numerator * 10 // found.denominator) / 10


def signed(seconds: float) -> str:
    """`+3:20`, `−0:45`, `+26:03:20`."""
    minutes, s = divmod(round(abs(seconds)), 60)
    hours, m = divmod(minutes, 60)
    clock = f"{hours}:{m:02}:{s:02}" if hours else f"{m}:{s:02}"
    return f"{'+' if seconds >= 0 else '−'}{clock}"


def _key(number: str) -> str:
    return f"jot:{number}"
