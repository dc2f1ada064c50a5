"""Several processes want to write in one data folder, some are killed as they do, others look on (F8)."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from auditor.audit import Answer
from auditor.errors import AuditorError
from auditor.store import Store
from auditor.store.verify import verify
from tests.faults.scene import header, small_checklist

LONGEST = 20
"""Seconds after which a contest must be over."""


@dataclass
class Said:
    """What came of a contest."""

    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    held: int = 0
    """How often somebody came in to write."""
    killed: int = 0
    looked: int = 0


def contest(folder: Path, writers: int, dice: int) -> Said:
    """`writers` processes take turns in writing, every other one killed while it holds the lock; two readers watch."""
    folder.mkdir(parents=True)
    data, done, said = folder / "data", folder / "done", Said()
    with Store.open(data, write=True):
        pass
    chance = random.Random(dice)
    doomed = [number % 2 == 0 for number in range(writers)]
    players = [
        _forked(lambda one=number: _write(data, folder / f"writer{one}", dice * 10 + one, doomed[one]))
        for number in range(writers)
    ]
    readers = [_forked(lambda one=number: _read(data, done, folder / f"reader{one}")) for number in range(2)]
    _kill_as_they_write({folder / f"writer{one}": players[one] for one in range(writers) if doomed[one]}, chance)
    codes = [_ended(pid) for pid in players]
    done.touch()
    codes += [_ended(pid) for pid in readers]
    said.killed = sum(code == -signal.SIGKILL for code in codes)
    said.wrong += [f"exit {code}" for code in codes if code not in (0, -signal.SIGKILL)]
    _weigh(folder, data, writers, said)
    return said


def _forked(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return pid


def _ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _kill_as_they_write(doomed: dict[Path, int], chance: random.Random) -> None:
    """Wait until one of them is in, a moment more, and kill it; then the next."""
    until = time.monotonic() + LONGEST
    while doomed and time.monotonic() < until:
        for notes in [one for one in doomed if one.exists()]:
            time.sleep(chance.uniform(0, 0.05))
            os.kill(doomed.pop(notes), signal.SIGKILL)
        time.sleep(0.002)
    for pid in doomed.values():
        os.kill(pid, signal.SIGKILL)


def _write(data: Path, notes: Path, seed: int, endless: bool) -> None:
    """Come in when it is free, answer a while, note each acknowledgement, and leave; the doomed never leave."""
    dice, until = random.Random(seed), time.monotonic() + LONGEST
    while True:
        try:
            store = Store.open(data, write=True)
            break
        except AuditorError as error:
            if error.key != "store.in_use" or time.monotonic() > until:
                raise
            time.sleep(dice.uniform(0.001, 0.01))
    with notes.open("a", buffering=1) as out:
        opened = store.create(small_checklist(), header())
        number = 0
        while endless or number < 12:
            out.write(json.dumps([opened.audit.id, number, time.monotonic()]) + "\n")
            number += 1
            opened.apply({"q0": Answer("yes", note=str(number)), "q1": Answer("no", note=str(number))})
        out.write(json.dumps([opened.audit.id, number, time.monotonic()]) + "\n")
        opened.close()
        store.close()
        out.write(json.dumps([opened.audit.id, number, time.monotonic()]) + "\n")


def _read(data: Path, done: Path, notes: Path) -> None:
    """Look again and again: both answers of a gesture or neither, never older than before, never damaged."""
    newest: dict[str, int] = {}
    with notes.open("a", buffering=1) as out:
        while not done.exists():
            with Store.open(data) as reader:
                rows = {row.id: row.state for row in reader.rows()}
                for id_, state in rows.items():
                    audit = reader.read(id_)
                    numbers = {int(audit.answers[path].note) for path in ("q0", "q1") if path in audit.answers} or {0}
                    good = state == audit.state == "draft" and len(numbers) == 1 and max(numbers) >= newest.get(id_, 0)
                    newest[id_] = max(numbers)
                    out.write("." if good else f"\n{id_} {state} {audit.state} {numbers}\n")
                gone = newest.keys() - rows.keys()
                out.write(f"\n{gone} gone\n" if gone else "")
            time.sleep(0.002)


def _weigh(folder: Path, data: Path, writers: int, said: Said) -> None:
    """Every acknowledged answer is there, nobody wrote while another did, nobody saw anything wrong."""
    turns: list[tuple[float, float]] = []
    with Store.open(data, write=True) as store:
        for number in range(writers):
            notes = _notes(folder / f"writer{number}")
            if notes:
                said.held += 1
                turns.append((notes[0][2], notes[-1][2]))
                answers = store.read(notes[-1][0]).answers
                found = int(answers["q0"].note) if "q0" in answers else 0
                said.lost += [] if found >= notes[-1][1] else [f"{notes[-1]}, found {found}"]
        report = verify(store)
        said.wrong += [report.text()] if report.count("damaged") else []
        said.wrong += [] if len(store.rows()) >= said.held else [f"{len(store.rows())} rows"]
    said.wrong += [f"together: {one}, {two}" for one, two in pairwise(sorted(turns)) if two[0] < one[1]]
    for number in range(2):
        text = (folder / f"reader{number}").read_text()
        said.looked += text.count(".")
        said.wrong += [line for line in text.splitlines() if line.strip(".")]


def _notes(path: Path) -> list[tuple[Any, ...]]:
    if not path.exists():
        return []
    return [tuple(json.loads(line)) for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")]
