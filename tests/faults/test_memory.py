"""Too little memory (F19): a sentence, and nothing acknowledged is lost (P1, P6)."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.audit import Answer
from auditor.errors import AuditorError
from auditor.store import Store, files
from auditor.store.verify import verify
from tests.faults import child
from tests.faults.disk import seam
from tests.faults.scene import gestures, header, picture, seen, small_checklist


@pytest.mark.parametrize("kind", ["write", "sync"])
def test_no_memory_at_the_nth_call(data: Path, kind: str, record_property: Callable[[str, object], None]) -> None:
    """An allocation that fails while a line is written: refused, and the next one is saved."""
    record_property("tries", 30)
    dice = random.Random(kind)
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header())
        for number in range(30):
            before, fault = seen(opened.audit), _Starving(kind)
            with seam(fault), pytest.raises(AuditorError) as refused:
                opened.answer("q0", Answer("yes", note=f"{number}{'备' * dice.randrange(90)}"))
            assert refused.value.key == "store.no_memory"
            assert seen(opened.audit) == before
            opened.answer("q1", Answer("no", note=str(number)))
            assert seen(store.read(opened.audit.id)) == seen(opened.audit)
        opened.close()
        assert verify(store).count("damaged") == 0


class _Starving:
    """Fails the first such call."""

    def __init__(self, kind: str) -> None:
        self._kind, self._struck = kind, False

    def __call__(self, kind: str, real: Callable[..., Any], *args: Any) -> Any:
        if kind == self._kind and not self._struck:
            self._struck = True
            raise MemoryError
        return real(*args)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and RLIMIT_AS")
@pytest.mark.parametrize("spare", [2, 8, 24, 64])
def test_a_process_with_little_memory(data: Path, spare: int, record_property: Callable[[str, object], None]) -> None:
    """Large photos in a process that may take only `spare` MB more: whatever happens, the audit is whole."""
    record_property("tries", 1)
    large = picture("blue", (5000, 4000), "PNG")
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = _starved(data, spare, large)
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    with Store.open(data, write=True) as store:
        assert verify(store).count("damaged") == 0
        (row,) = store.rows()
        assert store.read(row.id).answers["remark"] == Answer("现场")


def _starved(data: Path, spare: int, large: bytes) -> int:
    import resource

    from PIL import Image

    Image.init()
    store = Store.open(data, write=True)
    opened = store.create(small_checklist(), header())
    opened.answer("remark", Answer("现场"))
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + spare * 1_000_000, resource.RLIM_INFINITY))
    for number in range(6):
        try:
            opened.add_photo("q0", large, f"{number}.png")
        except (AuditorError, MemoryError):
            continue
    for gesture in gestures(random.Random(1), 3, "fill"):
        try:
            gesture(opened)
        except (AuditorError, MemoryError):
            continue
    return 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and RLIMIT_FSIZE")
def test_a_file_that_may_not_grow(data: Path, record_property: Callable[[str, object], None]) -> None:
    """RLIMIT_FSIZE (F5): EFBIG in the middle of a line; what was acknowledged is there."""
    record_property("tries", 1)
    states = child.expected(data.with_name("oracle"), 1, 20, "answer")
    for limit in (6_000, 7_000, 9_000):
        folder = data.with_name(f"limit{limit}")
        pid = os.fork()
        if pid == 0:
            done = 200
            try:
                done = _limited(folder, limit)
            finally:
                os._exit(done)
        acknowledged = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        assert 0 <= acknowledged < 20
        assert child.check(folder, states, acknowledged) == ""


def _limited(folder: Path, limit: int) -> int:
    """How many gestures were acknowledged before the first was refused."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = Store.open(folder, write=True)
    opened = store.create(small_checklist(), header())
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    for number, gesture in enumerate(gestures(random.Random(1), 20, "answer")):
        try:
            gesture(opened)
        except AuditorError as error:
            return number if error.key == "store.disk_full" else 201
    return 202


def test_files_says_it_ran_out(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"")
    out = files.Appender(path, 0)
    with seam(_Starving("sync")), pytest.raises(AuditorError, match="内存不足"):
        out.append(b"line\n")
    assert out.broken
    out.close()
