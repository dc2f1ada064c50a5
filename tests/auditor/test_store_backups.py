"""Backups: rotating, verified, never linked, and tried in earnest (F18); the reserve; orphan photos."""

from __future__ import annotations

import hashlib
import os
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from auditor.audit import Answer
from auditor.errors import AuditorError
from auditor.store import Store, backups, files, generations, photos, reserve
from auditor.store.backups import backup, daily, forget, target_of
from auditor.store.generations import OBJECTS
from auditor.store.journal import NAME as JOURNAL
from auditor.store.restore import best_copy, choose, find, restore_all, restore_audit
from auditor.store.verify import verify
from tests.faults.disk import DISK_FULL, Failing, seam
from tests.faults.scene import fill_all, header, picture, small_checklist

DAY = timedelta(days=1)
START = datetime(2026, 3, 5, 18, 0).astimezone()


def filled(data: Path, audits: int = 3) -> list[str]:
    """A data folder with finished audits, photos, a checklist of the user's own and a register."""
    ids = []
    with Store.open(data, write=True) as store:
        for number in range(audits):
            opened = store.create(small_checklist(), header(branch_name=f"支行{number}", shopper="青松"))
            fill_all(opened)
            opened.add_photo("q0", picture(("red", "green", "blue")[number % 3]), "门头.jpg")
            if number:
                opened.finish()
            opened.close()
            ids.append(opened.audit.id)
    (data / "checklists").mkdir()
    (data / "checklists" / "本行.yaml").write_text("format: 1\n", "utf-8")
    (data / "settings.yaml").write_text("language: zh\n", "utf-8")
    return ids


def contents(data: Path) -> dict[str, str]:
    """Every file worth saving with its hash."""
    return {
        path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file() and generations.may_be_saved(path.relative_to(data).as_posix())
    }


def answered(data: Path, id_: str, note: str) -> None:
    with Store.open(data, write=True) as store:
        opened = store.open_audit(id_)
        if opened.audit.state == "finished":
            opened.reopen("补充")
        opened.answer("q1", Answer("no", note=note))
        opened.close()


def lose(data: Path) -> None:
    """The drive is gone; the backups were elsewhere."""
    for path in sorted(data.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def test_the_restore_drill(data: Path, tmp_path: Path) -> None:
    """F18: delete the store, restore the newest and the oldest backup: hash-equal to what was saved."""
    usb = tmp_path / "usb"
    ids = filled(data)
    oldest = contents(data)
    backup(data, usb, START)
    answered(data, ids[0], "后来补充")
    newest = contents(data)
    backup(data, usb, START + DAY)
    for at, wanted in ((None, newest), (START.date(), oldest)):
        lose(data)
        with Store.open(data, write=True) as store:
            done = restore_all(store, usb, at)
            assert sorted(done.audits) == sorted(ids)
            assert done.problems == []
            assert verify(store).count("ok") == len(ids)
            assert len(store.rows()) == len(ids)
        assert contents(data) == wanted


def test_objects_are_copies_and_named_by_their_bytes(data: Path, tmp_path: Path) -> None:
    """A hard link would share later damage."""
    filled(data)
    made = backup(data, tmp_path / "usb", START)
    for one in made.generation.files:
        kept, live = tmp_path / "usb" / OBJECTS / one.sha256, data / one.path
        assert hashlib.sha256(kept.read_bytes()).hexdigest() == one.sha256
        assert kept.stat().st_nlink == 1
        assert not kept.samefile(live)
    assert made.new == len({one.sha256 for one in made.generation.files})


def test_only_what_changed_is_written_and_read(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = filled(data)
    backup(data, now=START)
    answered(data, ids[0], "改")
    assert backup(data, now=START + DAY).new == 1
    monkeypatch.setattr(files, "read", lambda path, limit=None: pytest.fail(f"read {path}") if limit else b"")
    real, looked = backups._hash, []
    monkeypatch.setattr(backups, "_hash", lambda path: looked.append(path) or real(path))
    monkeypatch.undo()
    again = backup(data, now=START + 2 * DAY)
    assert again.new == 0
    assert len(generations.names(target_of(data))) == 2


def test_seven_days_four_weeks_twelve_months_are_kept(data: Path) -> None:
    ids = filled(data, 1)
    days = [START + number * DAY for number in range(500)]
    names = [f"{number:06d}-{day.astimezone(UTC):%Y%m%dT%H%M%SZ}.json" for number, day in enumerate(days)]
    kept = sorted(generations.kept(names))
    assert kept[-7:] == names[-7:]
    assert len(kept) <= 7 + 4 + 12
    assert len({name[7:13] for name in kept}) == 12
    for number in range(12):
        answered(data, ids[0], str(number))
        backup(data, now=START + number * DAY)
    there = generations.names(target_of(data))
    assert 7 <= len(there) <= 10
    held = {one.sha256 for each in generations.sound(target_of(data)) for one in each.files}
    assert {one.name for one in (target_of(data) / OBJECTS).iterdir()} == held


def test_a_clock_far_ahead_costs_no_backup(data: Path) -> None:
    """F15: a backup made in 2038 by mistake neither stops the next ones nor drives them out."""
    (id_,) = filled(data, 1)
    backup(data, now=datetime(2038, 1, 1).astimezone())
    for number in range(9):
        answered(data, id_, str(number))
        made = backup(data, now=START + number * DAY)
        assert choose(target_of(data))[0] == made.generation
    assert len(generations.names(target_of(data))) >= 8


def test_once_a_day_by_itself(data: Path) -> None:
    filled(data, 1)
    assert daily(data, now=START) is not None
    assert daily(data, now=START + timedelta(hours=2)) is None
    assert daily(data, now=START + DAY) is not None


def test_it_says_when_the_drive_is_the_same(data: Path, tmp_path: Path) -> None:
    filled(data, 1)
    assert backup(data, now=START).same_drive
    other = Path("/dev/shm")
    if other.is_dir() and other.stat().st_dev != tmp_path.stat().st_dev:
        assert not backups.same_drive(data, other / "not-there-yet")


def test_a_damaged_object_is_named_and_an_older_copy_taken(data: Path) -> None:
    """P2, P4: nothing wrong is put back; the other audits come back all the same."""
    ids = filled(data)
    backup(data, now=START)
    answered(data, ids[0], "后来")
    newest = backup(data, now=START + DAY).generation
    journal = next(one for one in newest.files if one.audit == ids[0] and one.path.endswith(JOURNAL))
    photo = next(one for one in newest.files if one.audit == ids[1] and "photos" in one.path)
    for one in (journal, photo):
        flip(target_of(data) / OBJECTS / one.sha256)
    for id_ in ids:
        remove_audit(data, id_)
    with Store.open(data, write=True) as store:
        done = restore_all(store, target_of(data))
        assert sorted(done.audits) == sorted(ids)
        assert store.read(ids[0]).answers["q1"].note == ""
        assert store.read(ids[2]).state == "finished"
        said = " ".join(problem.message() for problem in done.problems)
        assert journal.path in said
        assert photo.path in said


def test_a_thorough_backup_mends_damaged_objects(data: Path) -> None:
    filled(data, 1)
    made = backup(data, now=START)
    flip(target_of(data) / OBJECTS / made.generation.files[0].sha256)
    assert backup(data, now=START + DAY, thorough=True).mended == 1
    assert list(backups.damaged_objects(target_of(data), made.generation)) == []


@pytest.mark.parametrize("harm", ["flip", "truncate", "empty"])
def test_a_damaged_manifest_is_passed_over_and_nothing_it_needs_goes(data: Path, harm: str) -> None:
    (id_,) = filled(data, 1)
    first = backup(data, now=START).generation
    answered(data, id_, "x")
    second = backup(data, now=START + DAY).generation
    path = target_of(data) / generations.MANIFESTS / second.name
    if harm == "flip":
        flip(path)
    else:
        path.write_bytes(path.read_bytes()[: 200 if harm == "truncate" else 0])
    assert choose(target_of(data))[0].name == first.name
    answered(data, id_, "y")
    backup(data, now=START + 2 * DAY)
    assert {one.sha256 for one in second.files} <= {one.name for one in (target_of(data) / OBJECTS).iterdir()}


def test_a_damaged_audit_saved_as_such_is_not_what_is_restored(data: Path) -> None:
    """The newest copy is as damaged as its original was; the last good one is taken."""
    (id_,) = filled(data, 1)
    backup(data, now=START)
    with Store.open(data) as reader:
        journal = reader.library.folder_of(id_) / JOURNAL
    flip(journal, at=len(journal.read_bytes()) // 2)
    backup(data, now=START + DAY)
    with Store.open(data, write=True) as store:
        restore_audit(store, id_, target_of(data))
        assert store.read(id_).state == "draft"
        assert verify(store).count("damaged") == 0
        assert list((data / "trash").glob(f"{id_}.before-restore-*"))


def test_restoring_all_leaves_sound_audits_alone(data: Path) -> None:
    """P1: an answer given after the backup is not taken back."""
    ids = filled(data)
    backup(data, now=START)
    answered(data, ids[0], "之后")
    remove_audit(data, ids[1])
    with Store.open(data, write=True) as store:
        done = restore_all(store, target_of(data))
        assert done.audits == [ids[1]]
        assert sorted(done.kept) == sorted({ids[0], ids[2]})
        assert store.read(ids[0]).answers["q1"].note == "之后"


def test_what_cannot_be_found_is_said(data: Path, tmp_path: Path) -> None:
    ids = filled(data, 1)
    with pytest.raises(AuditorError) as none:
        choose(tmp_path / "empty")
    backup(data, now=START)
    with pytest.raises(AuditorError) as early:
        choose(target_of(data), date(2020, 1, 1))
    with pytest.raises(AuditorError) as unknown:
        find(target_of(data), "1999")
    assert find(target_of(data), ids[0][:10]) == ids[0]
    assert [none.value.key, early.value.key, unknown.value.key] == [
        "store.backup.none",
        "store.backup.none_then",
        "store.backup.no_such_audit",
    ]


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("code", [DISK_FULL, 5])
def test_a_disk_that_fails_at_every_call_of_a_backup(data: Path, tmp_path: Path, code: int, lasting: bool) -> None:
    """The data and the generations there were are untouched, and the next backup is whole."""
    ids = filled(data, 2)
    before = contents(data)
    struck, at = True, 0
    while struck:
        at += 1
        target = tmp_path / f"usb{at}"
        answers = Failing(at, code, lasting=lasting, short=True)
        with seam(answers):
            try:
                backup(data, target, START)
            except AuditorError as error:
                assert error.key in ("store.disk_full", "store.disk_error")  # noqa: PT017
        struck = answers.struck > 0
        assert contents(data) == before
        for one in generations.sound(target):
            assert list(backups.damaged_objects(target, one)) == []
        made = backup(data, target, START + DAY, thorough=True)
        assert list(backups.damaged_objects(target, made.generation)) == []
        assert made.generation.audits == set(ids)
    assert at > 10


def test_erased_texts_live_on_in_no_backup(data: Path) -> None:
    (id_,) = filled(data, 1)
    backup(data, now=START)
    with Store.open(data, write=True) as store:
        store.erase(id_, "合规")
    backup(data, now=START + DAY)
    kept = b"".join(path.read_bytes() for path in (target_of(data) / OBJECTS).iterdir())
    assert "青松".encode() not in kept
    assert forget(data, "20200101T000000Z-000000") == 0


def test_erasing_reaches_what_only_a_damaged_manifest_names(data: Path) -> None:
    """Nothing can be restored from it, and its objects would hold the erased texts for good."""
    first, *_ = filled(data)
    backup(data)
    with Store.open(data, write=True) as store:
        opened = store.open_audit(first)
        opened.answer("q1", Answer("no", note="青松本人"))
        opened.close()
    backup(data)
    newest = target_of(data) / "manifests" / generations.names(target_of(data))[0]
    newest.write_bytes(newest.read_bytes().replace(b'"made"', b'"nade"'))
    with Store.open(data, write=True) as store:
        for row in store.rows():
            store.erase(row.id)
    kept = b"".join(path.read_bytes() for path in (target_of(data) / OBJECTS).iterdir())
    assert "青松".encode() not in kept
    assert not newest.exists()


def test_the_reserve_saves_the_answer_at_hand(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: the reserve is freed, the answer saved; then refused; and accepted again once there is room."""
    monkeypatch.setattr(reserve, "SIZE", 4096)
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header())
        full = Full(data)
        with seam(full):
            full.room = 0
            opened.answer("q0", Answer("yes"))
            assert opened.short_of_space
            assert not (data / reserve.NAME).exists()
            full.room = 0
            with pytest.raises(AuditorError, match=tr_full()):
                opened.answer("q1", Answer("yes"))
            full.room = 1 << 20
            opened.answer("q2", Answer("yes"))
        opened.close()
        assert set(store.read(opened.audit.id).answers) == {"q0", "q2"}
    assert (data / reserve.NAME).exists()


class Full:
    """A disk with so much room: writing takes of it, taking files away gives back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.room = 0

    def __call__(self, kind: str, real: object, *args: object) -> object:
        if kind == "write":
            size = len(args[1])  # type: ignore[arg-type]
            if size > self.room:
                raise OSError(DISK_FULL, os.strerror(DISK_FULL))
            self.room -= size
        if kind == "unlink" and str(args[0]).endswith(reserve.NAME):
            self.room += 4096
        return real(*args)  # type: ignore[operator]


def tr_full() -> str:
    return "磁盘已满"


def test_orphan_photos_go_only_after_their_grace(data: Path) -> None:
    (id_,) = filled(data, 1)
    with Store.open(data, write=True) as store:
        folder = store.library.folder_of(id_)
        old, fresh = photos.load(picture("black")), photos.load(picture("white"))
        for one in (old, fresh):
            photos.keep(folder, one)
        past = (datetime.now() - photos.GRACE - DAY).timestamp()
        for path in folder.glob("photos/*.jpg"):
            if path.stem != fresh.sha256:
                os.utime(path, (past, past))
        opened = store.open_audit(id_)
        opened.undo()
        opened.close()
        store.open_audit(id_).close()
        left = {path.stem for path in folder.glob("photos/*.jpg")}
    assert old.sha256 not in left
    assert fresh.sha256 in left
    assert len(left) == 2, "a photo that was taken back can still be made good"


def flip(path: Path, at: int | None = None) -> None:
    data = bytearray(path.read_bytes())
    at = random.Random(5).randrange(len(data)) if at is None else at
    data[at] ^= 0x04
    stamp = path.stat()
    path.write_bytes(bytes(data))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1))


def remove_audit(data: Path, id_: str) -> None:
    with Store.open(data) as reader:
        lose(reader.library.folder_of(id_))
        reader.library.folder_of(id_).rmdir()


def test_a_damaged_journal_does_not_push_its_last_sound_copy_out(data: Path) -> None:
    """P1: a backup made after the damage keeps what the one before it holds, and says so."""
    audit = filled(data)[1]
    backup(data, now=START)
    journal = next(data.glob(f"audits/*/{audit}/{JOURNAL}"))
    whole = journal.read_bytes()
    for bad in (whole[:300] + b"?" + whole[301:], whole[: whole.index(b"\n") + 1]):
        journal.write_bytes(bad)
        made = backup(data, now=START + timedelta(hours=1))
        assert [one.key for one in made.problems] == ["safety.not_saved_again"]
        assert str(journal) in made.problems[0].message()
    with Store.open(data, write=True) as store:
        restore_audit(store, audit, target_of(data))
    assert journal.read_bytes() == whole


def test_an_earlier_backup_of_the_day_stays_while_it_alone_holds_an_audit(data: Path) -> None:
    lost = filled(data)[0]
    first = backup(data, now=START).generation
    with Store.open(data, write=True) as store:
        store.trash(lost)
    backup(data, now=START + timedelta(hours=1))
    assert first.name in generations.names(target_of(data))
    with Store.open(data, write=True) as store:
        restore_audit(store, lost, target_of(data))
        assert lost in {row.id for row in store.rows()}
    backup(data, now=START + timedelta(hours=2))
    assert first.name not in generations.names(target_of(data))


def test_the_copy_to_restore_is_the_last_whole_one(data: Path) -> None:
    """A draft cut at a line's end may have been saved cut short; the index knows that there was more."""
    audit = filled(data)[0]
    backup(data, now=START)
    journal = next(data.glob(f"audits/*/{audit}/{JOURNAL}"))
    whole = journal.read_bytes()
    with Store.open(data) as reader:
        known = reader.library.known(audit)
    target = target_of(data)
    short = whole[: whole.index(b"\n") + 1]
    generation = next(generations.sound(target))
    digest = hashlib.sha256(short).hexdigest()
    (target / OBJECTS / digest).write_bytes(short)
    cut = tuple(
        msgspec.structs.replace(one, sha256=digest, bytes=len(short))
        if one.path.endswith(f"{audit}/{JOURNAL}")
        else one
        for one in generation.files
    )
    later = START + timedelta(days=1)
    generations.write(target, generations.Generation(later.isoformat(), cut, generations.next_name(target, later)))
    journal.write_bytes(short)
    copy = best_copy(target, audit, known)
    assert copy is not None
    assert copy.generation.name == generation.name
    assert copy.answers > 0
    with Store.open(data, write=True) as store:
        restore_audit(store, audit, target)
    assert journal.read_bytes() == whole


def test_restoring_tells_how_far_it_is_and_can_be_stopped(data: Path) -> None:
    filled(data)
    backup(data, now=START)
    told: list[tuple[int, int]] = []
    with Store.open(data, write=True) as store:
        restore_all(store, target_of(data), START, lambda done, of: told.append((done, of)))
        assert told == [(0, 3), (1, 3), (2, 3)]
        with pytest.raises(AuditorError, match=r"2026-03-05"):
            restore_all(store, target_of(data), START - timedelta(minutes=1))
