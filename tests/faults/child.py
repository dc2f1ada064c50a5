"""A visit played in a child process that acknowledges every gesture on a pipe, so that it can be killed."""

from __future__ import annotations

import os
import random
import signal
import struct
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import AuditorError
from auditor.store import Store
from auditor.store.verify import verify
from tests.faults.scene import Seen, gestures, header, seen, small_checklist, the_one


@dataclass
class Child:
    """A forked player that waits for `go`."""

    pid: int
    _go: int
    _acks: int

    def go(self) -> None:
        os.write(self._go, b".")

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def finish(self) -> tuple[list[float], int]:
        """When each acknowledgement was stamped (monotonic seconds; the first: the audit was begun), and its exit
        code: 0 when it came to its end, -9 when it was killed."""
        data = b""
        while more := os.read(self._acks, 65_536):
            data += more
        _, status = os.waitpid(self.pid, 0)
        for handle in (self._go, self._acks):
            os.close(handle)
        whole = len(data) // 8 * 8
        return [one for (one,) in struct.iter_unpack("d", data[:whole])], os.waitstatus_to_exitcode(status)


def start(folder: Path, seed: int, count: int, kind: str = "any") -> Child:
    """Fork a child that will play `count` gestures once it is told to."""
    waiting, go = os.pipe()
    acks, say = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(go), os.close(acks)
            if os.read(waiting, 1):
                _play(folder, seed, count, kind, say)
                code = 0
        except AuditorError:
            code = 2
        finally:
            sys.stdout.flush()
            os._exit(code)
    os.close(waiting), os.close(say)
    return Child(pid, go, acks)


def _play(folder: Path, seed: int, count: int, kind: str, say: int) -> None:
    store = Store.open(folder, write=True)
    opened = store.create(small_checklist(), header())
    os.write(say, struct.pack("d", time.monotonic()))
    for gesture in gestures(random.Random(seed), count, kind):
        gesture(opened)
        os.write(say, struct.pack("d", time.monotonic()))
    opened.close()
    store.close()


def expected(folder: Path, seed: int, count: int, kind: str = "any") -> list[Seen]:
    """What stands after each gesture when nobody is killed; the first entry is the new audit."""
    with Store.open(folder, write=True) as store:
        opened = store.create(small_checklist(), header())
        states = [seen(opened.audit)]
        for gesture in gestures(random.Random(seed), count, kind):
            gesture(opened)
            states.append(seen(opened.audit))
        opened.close()
    return states


def check(folder: Path, states: list[Seen], acknowledged: int, most: int = 2) -> str:
    """What is wrong after the kill; "" when every promise holds. `acknowledged` is -1 before the first one; up to
    `most` states from there may be found."""
    id_ = the_one(folder)
    with Store.open(folder, write=True) as store:
        rows = store.rows()
        found = seen(store.read(id_)) if rows else None
        report = verify(store)
        if report.count("damaged"):
            return report.text()
        allowed: list[Seen | None] = list(states[max(acknowledged, 0) : acknowledged + most])
        if found not in (allowed if acknowledged >= 0 else [None, *allowed]):
            return f"{acknowledged} acknowledged, found {found}"
        if rows:
            opened = store.open_audit(id_)
            opened.undo()
            opened.close()
    return ""
