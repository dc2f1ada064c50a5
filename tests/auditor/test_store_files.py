"""The one module that writes: old or new, never a part; every fault is a sentence (design §5, P1, P3)."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor.errors import AuditorError
from auditor.store import files, lock
from tests.faults.disk import CALLS, DISK_FULL, Failing, seam


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def refusal(work: Callable[[], object]) -> AuditorError | None:
    try:
        work()
    except AuditorError as error:
        return error
    return None


@pytest.fixture
def calls() -> Iterator[list[str]]:
    """The kernel calls in order, by name."""
    made: list[str] = []

    def through(kind: str, real: object, *args: object) -> object:
        made.append(kind)
        return real(*args)  # type: ignore[operator]

    with seam(through):
        yield made


def test_a_file_is_durable_before_its_name_and_its_name_after(tmp_path: Path, calls: list[str]) -> None:
    """design §5: temp file, write, fsync, replace, fsync of the folder."""
    files.write_atomic(tmp_path / "a", b"new")
    assert [one for one in calls if one != "open_file"] == ["write", "sync", "replace", "sync"]
    assert names_in(tmp_path) == ["a"]


@pytest.mark.parametrize("at", range(1, 8))
@pytest.mark.parametrize("short", [False, True])
def test_whatever_fails_the_old_file_stays(tmp_path: Path, at: int, short: bool) -> None:
    """P3: at every call that can fail, the old bytes are there or the new ones, and no temporary file."""
    path = tmp_path / "report"
    files.write_atomic(path, b"old " * 100)
    fault = Failing(at, DISK_FULL, short=short, kinds=("open_file", "write", "sync", "replace"))
    with seam(fault):
        said = refusal(lambda: files.write_atomic(path, b"new!" * 100))
    assert (said is not None) == bool(fault.struck)
    assert said is None or (said.key == "store.disk_full" and str(tmp_path) in str(said) and said.remedy())
    assert path.read_bytes() in (b"old " * 100, b"new!" * 100)
    assert names_in(tmp_path) == ["report"]


def test_the_faults_above_do_strike(tmp_path: Path) -> None:
    fault = Failing(1, DISK_FULL, kinds=("replace",))
    with seam(fault), pytest.raises(AuditorError):
        files.write_atomic(tmp_path / "a", b"x")
    assert fault.struck == 1


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EROFS, "read_only_disk"),
        (errno.EACCES, "no_permission"),
        (errno.EMFILE, "too_many_files"),
        (errno.ENOENT, "vanished"),
        (errno.EIO, "disk_error"),
        (errno.EBUSY, "disk_said"),
    ],
)
def test_every_error_is_a_sentence_in_both_languages(code: int, key: str, tmp_path: Path) -> None:
    from auditor.words import LANGUAGES, speaking

    error = files.explained(OSError(code, os.strerror(code)), tmp_path)
    assert error.key == f"store.{key}"
    for lang in LANGUAGES:
        with speaking(lang):
            assert str(tmp_path) in str(error)
            assert error.remedy()


def test_a_short_write_is_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "write", lambda handle, data: os.write(handle, data[:3]))
    files.write_atomic(tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_appending_costs_exactly_one_sync(tmp_path: Path, calls: list[str]) -> None:
    """design §5: one gesture is one fsync."""
    files.write_atomic(tmp_path / "a", b"")
    out = files.Appender(tmp_path / "a", 0)
    calls.clear()
    out.append(b"line\n")
    assert calls == ["write", "sync"]
    assert out.length == 5


@pytest.mark.parametrize("kind", ["write", "sync"])
def test_a_poisoned_appender_writes_no_more(tmp_path: Path, kind: str) -> None:
    """design §5: after any write or fsync error never carry on."""
    files.write_atomic(tmp_path / "a", b"")
    out = files.Appender(tmp_path / "a", 0)
    with seam(Failing(1, errno.EIO, kinds=(kind,))), pytest.raises(AuditorError, match=r"disk_error|出错"):
        out.append(b"one\n")
    with pytest.raises(AuditorError) as poisoned:
        out.append(b"two\n")
    assert poisoned.value.key == "store.poisoned"
    assert (out.length, b"two" in (tmp_path / "a").read_bytes()) == (0, False)


def test_a_file_taken_away_is_noticed(tmp_path: Path) -> None:
    """P1: what goes to a deleted file is not acknowledged."""
    files.write_atomic(tmp_path / "a", b"")
    out = files.Appender(tmp_path / "a", 0)
    (tmp_path / "a").unlink()
    with pytest.raises(AuditorError) as gone:
        out.append(b"lost\n")
    assert gone.value.key == "store.vanished"


def test_a_file_that_grew_behind_our_back_is_noticed(tmp_path: Path) -> None:
    files.write_atomic(tmp_path / "a", b"")
    out = files.Appender(tmp_path / "a", 0)
    with (tmp_path / "a").open("ab") as other:
        other.write(b"intruder")
    with pytest.raises(AuditorError):
        out.append(b"ours\n")


def test_cutting_back_keeps_what_is_cut_off(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"goodtorn")
    files.cut_back(tmp_path / "a", 4, keep=tmp_path / "tail")
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "tail").read_bytes()) == (b"good", b"torn")


def test_windows_replaces_again_while_a_scanner_holds_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: list[str]
) -> None:
    """design §5: no folder fsync, and replace tried again on a sharing violation."""
    held = [PermissionError(errno.EACCES, "sharing violation")] * 3
    real = files.replace

    def replace(source: Path, target: Path) -> None:
        if held:
            raise held.pop()
        real(source, target)

    monkeypatch.setattr(files, "WINDOWS", True)
    monkeypatch.setattr(files, "_PAUSE", 0)
    monkeypatch.setattr(files, "replace", replace)
    files.write_atomic(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"
    assert calls.count("sync") == 1


def test_windows_gives_up_at_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "WINDOWS", True)
    monkeypatch.setattr(files, "_PAUSE", 0)
    with seam(Failing(1, errno.EACCES, kinds=("replace",), lasting=True)), pytest.raises(AuditorError) as refused:
        files.write_atomic(tmp_path / "a", b"x")
    assert refused.value.key == "store.no_permission"
    assert names_in(tmp_path) == []


def test_a_move_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    with pytest.raises(AuditorError):
        files.move(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "b"


def test_reading_never_opens_a_pipe_or_a_folder(tmp_path: Path) -> None:
    """P6: a named pipe would wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(AuditorError) as refused:
            files.read(path)
        assert refused.value.key == "store.not_a_file"


def test_the_lock_names_its_holder(tmp_path: Path) -> None:
    """design §5: one writer per data folder; the error names the holder."""
    held = lock.lock(tmp_path / "lock")
    with pytest.raises(AuditorError) as refused:
        lock.lock(tmp_path / "lock")
    assert refused.value.key == "store.in_use"
    assert str(os.getpid()) in str(refused.value)
    held.release()
    lock.lock(tmp_path / "lock").release()


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from auditor.store import lock; "
        "held = lock.lock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"
    with pytest.raises(AuditorError, match=str(child.pid)):
        lock.lock(tmp_path / "lock")
    child.kill()
    child.communicate()
    lock.lock(tmp_path / "lock").release()


def test_every_call_of_the_seam_is_known() -> None:
    assert all(callable(getattr(files, kind)) for kind in CALLS)
