"""A state machine against an oracle in memory (F9): whatever is done, refused, crashed or restored, the store shows
what the oracle says; a naive journal is caught by the same machine."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from auditor.audit import Answer, Duty, Finding, Jot, Photo
from auditor.errors import AuditorError
from auditor.store import OpenAudit, Store, backups, files, journal, photos
from auditor.store.restore import restore_audit
from auditor.store.verify import verify
from tests.faults.disk import BROKEN, DISK_FULL, Failing, seam
from tests.faults.oracle import Oracle, remembering
from tests.faults.scene import Seen, fill_all, header, picture, seen, small_checklist

CHECKLIST = small_checklist(3)
PHOTOS = {colour: photos.load(picture(colour)) for colour in ("red", "green")}


class Machine(RuleBasedStateMachine):
    """One audit among a few, on a disk that may fail at any moment."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        self.store = Store.open(self.folder, write=True)
        self.opened: OpenAudit = self.store.create(CHECKLIST, header())
        self.id = self.opened.audit.id
        self.oracle = Oracle(seen(self.opened.audit))
        self.fault: Failing | None = None
        self.saved: Seen | None = None
        self.maybe: Seen | None = None
        """What was refused and may lie on a disk that refused even its mending: after a crash it may be found."""

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def attempt(self, work: Callable[[], object], after: Callable[[], Seen]) -> None:
        """Do it on the disk as it is; in force when it was acknowledged, and not when it was refused."""
        type(self).steps += 1
        fault, self.fault = self.fault, None
        try:
            if fault is None:
                work()
            else:
                with seam(fault):
                    work()
        except AuditorError as error:
            if error.key == "duties.signed" and self.oracle.now.duties["hall"].signed:
                return  # a signature keeps what it stands for as it is
            if fault is None or not fault.struck:
                raise AssertionError(f"{error.key} on a sound disk") from error
            if self.opened.audit.read_only and self.maybe is None:
                self.maybe = after()
            return
        if not self.opened.audit.read_only:
            self.maybe = None
        self.oracle.became(after())

    @rule(at=st.integers(1, 6), code=st.sampled_from([DISK_FULL, BROKEN]), short=st.booleans(), lasting=st.booleans())
    def the_disk_fails_soon(self, at: int, code: int, short: bool, lasting: bool) -> None:
        self.fault = Failing(at, code, lasting=lasting, short=short)

    @precondition(lambda self: self.oracle.now.state == "draft")
    @rule(
        path=st.sampled_from(["q0", "q1", "q2", "teller#1/smile", "teller#3/smile"]),
        note=st.integers(0, 30),
        yes=st.booleans(),
    )
    def answer(self, path: str, note: int, yes: bool) -> None:
        said = Answer("yes" if yes else "no", note="备注" * note)
        self.attempt(lambda: self.opened.answer(path, said), lambda: self.oracle.answered(path, said))

    @precondition(lambda self: self.oracle.now.state == "draft")
    @rule(count=st.integers(0, 40))
    def count_the_queue(self, count: int) -> None:
        said = Answer(Decimal(count))
        self.attempt(lambda: self.opened.answer("queue", said), lambda: self.oracle.answered("queue", said))

    @precondition(lambda self: self.oracle.now.state == "draft")
    @rule(path=st.sampled_from(["q0", "q1", "queue"]))
    def take_back(self, path: str) -> None:
        self.attempt(lambda: self.opened.clear(path), lambda: self.oracle.answered(path, None))

    @precondition(lambda self: self.oracle.now.state == "draft")
    @rule(name=st.sampled_from(["城东支行", "城西支行", "开发区支行"]))
    def head(self, name: str) -> None:
        new = header(branch_name=name, shopper="青松")
        self.attempt(lambda: self.opened.set_header(new), lambda: replace(self.oracle.now, header=new))

    @precondition(lambda self: self.oracle.now.state == "draft")
    @rule(colour=st.sampled_from(sorted(PHOTOS)), path=st.sampled_from(["q0", "teller#1/smile"]))
    def photograph(self, colour: str, path: str) -> None:
        """A photo already there is not named twice."""
        before = self.oracle.now.answers.get(path, Answer())
        photo = Photo(PHOTOS[colour].sha256, f"{colour}.jpg")

        def after() -> Seen:
            if photo.sha256 in {one.sha256 for one in before.photos}:
                return self.oracle.now
            return self.oracle.answered(path, replace(before, photos=(*before.photos, photo)))

        self.attempt(lambda: self.opened.add_photo(path, PHOTOS[colour], photo.name), after)

    @precondition(lambda self: self.oracle.now.state == "draft" and len(self.tellers) < 4)
    @rule()
    def one_teller_more(self) -> None:
        numbers = (*self.tellers, max(self.tellers, default=0) + 1)
        self.attempt(lambda: self.opened.add_instance("teller"), lambda: self.oracle.with_tellers(numbers))

    @precondition(lambda self: self.oracle.now.state == "draft" and self.tellers)
    @rule(which=st.integers(0, 3))
    def one_teller_less(self, which: int) -> None:
        """His answers go with him."""
        number = self.tellers[which % len(self.tellers)]
        left = tuple(one for one in self.tellers if one != number)
        self.attempt(lambda: self.opened.remove_instance("teller", number), lambda: self.oracle.with_tellers(left))

    @property
    def tellers(self) -> tuple[int, ...]:
        return self.oracle.now.instances["teller"]

    @rule(path=st.sampled_from(["q0", "q1"]), number=st.integers(0, 9), gone=st.booleans())
    def set_a_finding(self, path: str, number: int, gone: bool) -> None:
        """Also after finishing, when nothing else may change."""
        new = None if gone else Finding("立即整改", owner=f"柜员{number}", due=f"2026-04-0{number % 9 + 1}")
        self.attempt(lambda: self.opened.set_findings({path: new}), lambda: self.recorded("findings", path, new))

    @precondition(lambda self: self.oracle.now.state == "draft")
    @rule(minute=st.integers(0, 59))
    def jot(self, minute: int) -> None:
        new = Jot("stamp", f"2026-03-05T10:{minute:02}:00+08:00", "called", text="3号窗口")
        number = str(max(map(int, self.oracle.now.jots), default=0) + 1)
        self.attempt(lambda: self.opened.jot(new), lambda: self.recorded("jots", number, new))

    @precondition(lambda self: self.oracle.now.state == "draft")
    @rule(number=st.integers(0, 9), gone=st.booleans())
    def share_duties(self, number: int, gone: bool) -> None:
        new = None if gone else Duty(f"李{number}", "签名", "2026-03-05T10:00:00+08:00")
        self.attempt(lambda: self.opened.set_duties({"hall": new}), lambda: self.recorded("duties", "hall", new))

    def recorded(self, table: str, id_: str, record: object) -> Seen:
        """With a finding, jot or duty set, or taken away (None)."""
        rows = {**getattr(self.oracle.now, table), id_: record}
        return replace(self.oracle.now, **{table: {key: one for key, one in rows.items() if one is not None}})

    @precondition(lambda self: self.oracle.now.state == "draft")
    @rule()
    def undo(self) -> None:
        self.back(self.opened.undo, self.oracle.done, self.oracle.undone)

    @precondition(lambda self: self.oracle.now.state == "draft")
    @rule()
    def redo(self) -> None:
        self.back(self.opened.redo, self.oracle.undone, self.oracle.done)

    def back(self, work: Callable[[], object], source: list[Seen], target: list[Seen]) -> None:
        if not source:
            self.attempt(work, lambda: self.oracle.now)
            return
        kept = (list(self.oracle.done), list(self.oracle.undone))
        wanted, before = source[-1], self.oracle.now
        self.attempt(work, lambda: wanted)
        self.oracle.done[:], self.oracle.undone[:] = kept
        if self.oracle.now != before:
            source.pop()
            target.append(before)

    @precondition(lambda self: self.oracle.now.state == "draft")
    @rule(value=st.sampled_from(["yes", "no"]))
    def fill(self, value: str) -> None:
        """All at once: one line."""
        places = ["q0", "q1", "q2", *(f"teller#{number}/smile" for number in self.tellers)]
        new = {**self.oracle.now.answers, **{path: Answer(value) for path in places}}
        self.attempt(lambda: fill_all(self.opened, value), lambda: replace(self.oracle.now, answers=new))

    @precondition(lambda self: self.oracle.now.state == "draft" and self.is_complete())
    @rule()
    def finish(self) -> None:
        self.barrier(self.opened.finish, "finished")

    def is_complete(self) -> bool:
        places = {"q0", "q1", "q2", *(f"teller#{number}/smile" for number in self.tellers)}
        return 1 <= len(self.tellers) <= 4 and all(self.oracle.now.answers.get(path, Answer()).value for path in places)

    @precondition(lambda self: self.oracle.now.state == "finished")
    @rule()
    def reopen(self) -> None:
        self.barrier(lambda: self.opened.reopen("补充"), "draft")

    def barrier(self, work: Callable[[], object], state: str) -> None:
        """What undo never crosses."""
        self.attempt(work, lambda: replace(self.oracle.now, state=state))
        if self.oracle.now.state == state:
            self.oracle = Oracle(self.oracle.now)

    @rule(clean=st.booleans())
    def restart(self, clean: bool) -> None:
        """The program ends in order, or is gone from one moment to the next; the disk may fail at either."""
        type(self).steps += 1
        with self.failing():
            if clean:
                self.store.close()
        if self.store._lock is not None:
            self.store._lock.release()
        for left in (self.opened._journal._out, self.store.library._out):
            left.close()  # a process that is gone holds no files
        self.store = Store.open(self.folder, write=True)
        self.opened = self.store.open_audit(self.id)
        if self.maybe is not None and seen(self.opened.audit) == self.maybe != self.oracle.now:
            self.oracle = remembering(self.opened)
        self.maybe = None

    @contextmanager
    def failing(self) -> Iterator[None]:
        """Whatever is refused inside is refused with a sentence, and only by a disk that fails."""
        fault, self.fault = self.fault, None
        try:
            with seam(fault) if fault is not None else nullcontext():
                yield
        except AuditorError as error:
            if fault is None or not fault.struck:
                raise AssertionError(f"{error.key} on a sound disk") from error

    @rule()
    def trash_and_bring_back(self) -> None:
        type(self).steps += 1
        self.opened.close()
        with self.failing():
            self.store.trash(self.id)
            assert list(self.store.rows()) == []
            self.store.untrash(self.id)
        if self.id in self.store.trashed():
            self.store.untrash(self.id)
        self.opened = self.store.open_audit(self.id)

    @rule()
    def erase(self) -> None:
        """design §5: all of it is gone, or, on a disk that refuses, nothing; backups hold it no longer."""
        type(self).steps += 1
        self.opened.close()
        with self.failing():
            self.store.erase(self.id)
            assert seen(self.store.read(self.id)) == self.oracle.erased()
        self.store.erase(self.id)
        self.saved = None
        self.opened = self.store.open_audit(self.id)
        self.oracle.now = self.oracle.erased()
        if not self.opened.can_undo and not self.opened.can_redo:
            self.oracle = Oracle(self.oracle.now)

    @precondition(lambda self: not self.opened.audit.read_only)
    @rule()
    def back_up(self) -> None:
        type(self).steps += 1
        backups.backup(self.folder)
        self.saved = self.oracle.now

    @precondition(lambda self: self.saved is not None)
    @rule()
    def restore(self) -> None:
        """What is restored is the last state saved; undo goes on from there."""
        type(self).steps += 1
        assert self.saved is not None
        self.opened.close()
        restore_audit(self.store, self.id, backups.target_of(self.folder))
        self.opened = self.store.open_audit(self.id)
        assert seen(self.opened.audit) == self.saved
        self.oracle = remembering(self.opened)

    @rule()
    def verify(self) -> None:
        type(self).steps += 1
        self.opened.close()
        assert verify(self.store).count("damaged") == 0
        assert [row.id for row in self.store.rows()] == [self.id]
        self.opened = self.store.open_audit(self.id)

    @invariant()
    def shown_is_what_was_acknowledged(self) -> None:
        assert seen(self.opened.audit) == self.oracle.now

    @invariant()
    def on_disk_is_what_was_acknowledged(self) -> None:
        """P1, P2: a fresh look finds it; while a disk refuses even mending, what is shown says that it is read-only."""
        if not self.opened.audit.read_only:
            assert seen(self.store.read(self.id)) == self.oracle.now


def run(machine: type[Machine], steps: int, seed: int) -> int:
    """Play until so many steps were taken."""
    machine.steps = 0
    chosen = settings(
        max_examples=150,
        stateful_step_count=50,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    dice = random.Random(seed)
    while machine.steps < steps:
        run_state_machine_as_test(seeded(dice.getrandbits(32))(machine), settings=chosen)
    return machine.steps


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power is cut here, so the real fsync may be spared."""
    monkeypatch.setattr(files, "sync", lambda _handle: None)


def test_the_store_does_what_the_oracle_says(record_property: Callable[[str, object], None]) -> None:
    record_property("tries", run(Machine, 20_000, seed=1))


@pytest.mark.full
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("part", range(20))
def test_a_million_steps(part: int, record_property: Callable[[str, object], None]) -> None:
    """In twenty parts, each with dice of its own, so that several processes can share them."""
    record_property("tries", run(Machine, 50_000, seed=100 + part))


def test_a_naive_journal_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutant: writes on behind a torn line, or believes a failed fsync."""

    def append(self: files.Appender, data: bytes, _while_syncing: object = None) -> None:
        try:
            files._write_all(self._handle, data)
            files.sync(self._handle)
        except OSError as error:
            raise files.explained(error, self.path) from error
        self.length += len(data)

    monkeypatch.setattr(files.Appender, "append", append)
    monkeypatch.setattr(journal.Journal, "_mend", lambda self: setattr(self, "trouble", None))
    with pytest.raises((AssertionError, AuditorError, ExceptionGroup)):
        run(Machine, 20_000, seed=3)
