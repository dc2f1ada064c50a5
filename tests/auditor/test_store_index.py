"""The library of all audits: derived, never ahead, mended when it lags, rebuilt when wrong (design §5, P2, P4)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from auditor import corrective
from auditor.audit import Answer, Finding
from auditor.errors import AuditorError
from auditor.scoring import Fired
from auditor.store import OpenAudit, Row, Store, files
from auditor.store.index import NAME, line_of, read_index, write_index
from auditor.store.journal import NAME as JOURNAL
from auditor.store.library import UNSETTLED
from auditor.store.load import load
from auditor.store.summary import summary, summary_of
from auditor.store.verify import verify
from tests.faults.disk import DISK_FULL, Failing, seam
from tests.faults.scene import fill_all, header, small_checklist


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    with Store.open(data, write=True) as store:
        yield store


def begun(store: Store, name: str = "城东支行", done: bool = False) -> str:
    """One audit, closed; its id."""
    opened = store.create(small_checklist(), header(branch_name=name))
    if done:
        fill_all(opened)
        opened.finish()
    opened.close()
    return opened.audit.id


def rows_of_a_reader(data: Path) -> dict[str, Row]:
    with Store.open(data) as reader:
        return {row.id: row for row in reader.rows()}


def sample(number: int) -> Row:
    return Row(
        id=f"20260305T{number:06d}Z-a1b2c3",
        checklist="customer_journey",
        version="2026.1",
        title_zh="客户旅程神秘人检查表",
        title_en="Customer journey",
        branch=f"{7300000 + number}",
        branch_name=f"第{number}支行",
        kind="mystery",
        state="finished",
        visited="2026-03-05T10:00:00+08:00",
        total=91.5,
        before_critical=91.5,
        passed=True,
        grade="good",
        grade_zh="良好",
        grade_en="good",
        answered=40,
        unmet=number % 4,
        dues=("2026-03-20", "2026-04-01") if number % 4 == 3 else (),
        applicable=40,
        effects=(),
        seq=42,
        head="ab" * 32,
    )


def append(path: Path, what: Row | tuple[str, int, str] | tuple[str]) -> None:
    files.append_unsynced(path, line_of(what))


def test_an_index_comes_back_as_it_was_written(tmp_path: Path) -> None:
    rows = [sample(number) for number in range(300)]
    write_index(tmp_path / NAME, rows, {"2026-03": 5})
    found = read_index(tmp_path / NAME)
    assert (list(found.rows())[::-1], found.months, found.sound, found.torn) == (rows, {"2026-03": 5}, True, False)
    assert [found.row(row.id) for row in rows] == rows


def test_the_last_line_per_id_wins(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write_index(path, [sample(1), sample(2), sample(3)], {})
    append(path, msgspec.structs.replace(sample(1), total=50.0))
    append(path, (sample(2).id, 43, "cd" * 32))
    append(path, (sample(3).id,))
    found = read_index(path)
    assert [row.total for row in found.rows()] == [91.5, 50.0]
    assert found.known(sample(2).id) == (43, "cd" * 32)
    assert sample(3).id not in found.ids()


def test_no_flipped_byte_gives_another_row(tmp_path: Path) -> None:
    """P2: an index with a flipped byte says the same or is rebuilt; never other figures."""
    path, dice = tmp_path / NAME, random.Random(6)
    write_index(path, [sample(number) for number in range(4)], {})
    append(path, msgspec.structs.replace(sample(1), total=50.0))
    append(path, (sample(2).id, 43, "cd" * 32))
    whole, truth = path.read_bytes(), read_index(path)
    for _ in range(1500):
        data = bytearray(whole)
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        path.unlink()
        path.write_bytes(bytes(data))
        found = read_index(path)
        if found.sound and not found.torn and found.columns.knows_tips:
            assert (found.rows(), found.marks) == (truth.rows(), truth.marks)


def test_every_truncation_is_sound_torn_or_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write_index(path, [sample(1)], {})
    append(path, sample(2))
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.unlink()
        path.write_bytes(whole[:length])
        found = read_index(path)
        assert set(found.rows()) <= {sample(1), sample(2)}


def test_the_library_lists_every_audit_newest_first(store: Store) -> None:
    ids = [begun(store, f"支行{number}") for number in range(5)]
    assert [row.id for row in store.rows()] == sorted(ids, reverse=True)
    assert {row.branch_name for row in store.rows()} == {f"支行{number}" for number in range(5)}


def test_a_row_says_what_the_audit_says(store: Store) -> None:
    id_ = begun(store, done=True)
    row = next(one for one in store.rows() if one.id == id_)
    assert (row.state, row.total, row.title_en, row.branch, row.kind) == (
        "finished",
        100.0,
        "Small",
        "7301001",
        "mystery",
    )


def test_a_draft_has_no_total(store: Store) -> None:
    """design §8: a draft's total is null."""
    opened = store.create(small_checklist(), header())
    opened.answer("q0", Answer("yes"))
    opened.close()
    row = store.rows()[0]
    assert (row.total, row.passed, row.grade, row.answered, row.applicable) == (None, None, None, 1, 10)


def test_a_reader_beside_the_writer_sees_what_is_saved(store: Store, data: Path) -> None:
    """design §5: readers take no lock; the row of an open audit is brought up to date from its journal."""
    opened = store.create(small_checklist(), header())
    for number in range(4):
        opened.answer(f"q{number}", Answer("yes"))
        assert rows_of_a_reader(data)[opened.audit.id].answered == number + 1
        assert store.rows()[0].answered == number + 1


@pytest.mark.parametrize("harm", ["missing", "empty", "garbage", "newer", "older"])
def test_an_index_that_is_missing_or_wrong_is_rebuilt(data: Path, harm: str) -> None:
    with Store.open(data, write=True) as store:
        begun(store), begun(store, done=True)
        before = store.rows()
    path = data / NAME
    if harm == "missing":
        path.unlink()
    else:
        newer = path.read_bytes().replace(b'"library":2', b'"library":9')
        older = newer.replace(b'"library":9', b'"library":1')
        path.write_bytes({"empty": b"", "garbage": b"\xff" * 500, "newer": newer, "older": older}[harm])
    assert list(rows_of_a_reader(data).values()) == before
    steps: list[tuple[int, int]] = []
    with Store.open(data, write=True) as store:
        assert store.rows(lambda done, of: steps.append((done, of))) == before
    assert read_index(path).sound


def test_a_rebuild_says_how_far_it_is(data: Path) -> None:
    with Store.open(data, write=True) as store:
        begun(store), begun(store), begun(store)
    (data / NAME).unlink()
    steps: list[tuple[int, int]] = []
    with Store.open(data) as reader:
        reader.rows(lambda done, of: steps.append((done, of)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_lines_the_index_never_got_are_noticed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a crash between a journal line and the index: the unsettled list names who may be ahead."""
    store = Store.open(data, write=True)
    id_ = begun(store)
    store.close()
    crashed = Store.open(data, write=True)
    opened = crashed.open_audit(id_)
    monkeypatch.setattr(files.Growing, "append", lambda _self, _line: None)
    opened.answer("q0", Answer("yes"))
    monkeypatch.undo()
    assert crashed._lock is not None
    crashed._lock.release()
    assert (data / UNSETTLED).exists()
    assert rows_of_a_reader(data)[id_].answered == 1
    with Store.open(data, write=True):
        pass
    assert rows_of_a_reader(data)[id_].answered == 1
    assert read_index(data / NAME).ids() == {id_}
    assert (data / UNSETTLED).read_bytes() == b"%d bytes\n" % (data / NAME).stat().st_size


def test_a_full_disk_under_the_index_never_fails_a_change(store: Store, data: Path) -> None:
    """The index is derived: what is durable in the journal is acknowledged all the same."""
    opened = store.create(small_checklist(), header())
    real = files.Growing.append
    fault = Failing(1, DISK_FULL, kinds=("write",), lasting=True, short=True)

    def appending(self: files.Growing, line: bytes) -> None:
        with seam(fault):
            real(self, line)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files.Growing, "append", appending)
        opened.answer("q0", Answer("yes"))
        opened.answer("q1", Answer("yes"))
    opened.close()
    store.close()
    assert fault.struck
    assert rows_of_a_reader(data)[opened.audit.id].answered == 2


def harm(store: Store, id_: str, how: str) -> None:
    path = store.library.folder_of(id_) / JOURNAL
    data = path.read_bytes()
    if how == "shorter":
        path.write_bytes(data[: data[:-1].rindex(b"\n") + 1])
    elif how == "flipped":
        path.write_bytes(data[:-300] + b"X" + data[-299:])
    elif how == "emptied":
        path.write_bytes(b"")
    elif how == "gone":
        path.unlink()


@pytest.mark.parametrize("how", ["shorter", "flipped", "emptied", "gone"])
def test_one_damaged_audit_blocks_nobody(data: Path, how: str) -> None:
    """P4; design §5: a journal shorter than its index entry, or a finished audit without its line, is damaged."""
    with Store.open(data, write=True) as store:
        good, bad = begun(store, "完好"), begun(store, "损坏", done=True)
        harm(store, bad, how)
    with Store.open(data, write=True) as store:
        assert {row.id for row in store.rows()} == {good, bad}
        assert store.read(good).header.branch_name == "完好"
        states = {one.audit: one.state for one in verify(store).audits}
        store.open_audit(good).close()
        with pytest.raises(AuditorError) as refused:
            store.open_audit(bad)
        assert refused.value.key in ("store.falls_short", "store.nothing_survives", "store.damaged")
    assert states == {good: "ok", bad: "damaged"}


def test_what_survives_of_a_damaged_audit_opens_read_only(data: Path) -> None:
    """P2: it is said to be damaged, naming the file and what survives."""
    with Store.open(data, write=True) as store:
        opened: OpenAudit = store.create(small_checklist(), header())
        opened.answer("q0", Answer("yes"))
        opened.answer("q1", Answer("no"))
        opened.close()
        harm(store, opened.audit.id, "shorter")
        survivor = store.read(opened.audit.id)
        problem = store.damage(opened.audit.id)
    assert (survivor.state, survivor.read_only) == ("damaged", "store.read_only.damaged")
    assert survivor.answers == {"q0": Answer("yes")}
    assert problem is not None
    assert JOURNAL in problem.message()
    assert problem.values["survives"] == 2


def test_folders_that_came_or_went_are_noticed(data: Path, tmp_path: Path) -> None:
    with Store.open(data, write=True) as store:
        one, two = begun(store), begun(store)
        folder = store.library.folder_of(one)
    folder.rename(tmp_path / one)
    assert set(rows_of_a_reader(data)) == {two}
    (tmp_path / one).rename(folder)
    assert set(rows_of_a_reader(data)) == {one, two}


def test_a_folder_without_a_first_line_is_a_leftover(data: Path) -> None:
    """design §5: verify names it and exits 0."""
    with Store.open(data, write=True) as store:
        begun(store)
        left = store.library.folder_of("20260305T021205Z-a1b2c3")
        left.mkdir(parents=True)
        report = verify(store)
        assert len(store.rows()) == 1
    assert report.count("leftover") == 1
    assert [problem.severity for problem in report.problems()] == ["warning"]


def test_damage_found_on_opening_is_remembered(data: Path) -> None:
    with Store.open(data, write=True) as store:
        id_ = begun(store, done=True)
        path = store.library.folder_of(id_) / JOURNAL
        path.write_bytes(path.read_bytes().replace(b"yes", b"yet", 1))
        assert store.rows()[0].state == "finished"
        with pytest.raises(AuditorError):
            store.open_audit(id_)
        assert store.rows()[0].state == "damaged"
    assert rows_of_a_reader(data)[id_].state == "damaged"


def test_a_row_names_the_effects_that_fired(data: Path) -> None:
    """S6: the library says a veto or a cap by its name, the gravest first."""
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header())
        score = msgspec.structs.replace(
            opened.score, critical=(Fired("a", "no_award"), Fired("a", "fail"), Fired("b", "fail"))
        )
        assert summary(opened.audit, score, 1, "x").effects == ("fail", "no_award")
        opened.close()


def test_a_row_says_what_must_still_be_put_right_and_by_when(data: Path) -> None:
    """整改 may go on after finishing: the row follows, from the open audit and from frozen figures alike."""
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header())
        fill_all(opened)
        lost = [item.id for item in opened.audit.checklist.items() if item.options][:3]
        for path in lost:
            opened.answer(path, Answer("no", note="未做到"))
        assert summary(opened.audit, opened.score, 1, "x").unmet == 0
        opened.finish()
        wanted = {path: Finding(owner="李主任", due=f"2026-04-0{9 - at}") for at, path in enumerate(lost)}
        opened.set_findings({**wanted, lost[0]: Finding(due="2026-03-01", done_on="2026-02-28")})
        opened.close()
        row = store.rows()[0]
        demanded = list(corrective.unmet(opened.audit, opened.score))
        assert (row.unmet, row.dues) == (len(demanded), ("2026-04-07", "2026-04-08"))
        whole = store.load(row.id)
        listed = load(store.library.folder_of(row.id), (0, ""), listed=True)
        assert summary_of(listed.audit, row.seq, row.head) == summary_of(whole.audit, row.seq, row.head) == row


def test_an_index_of_an_older_format_is_made_anew(data: Path) -> None:
    with Store.open(data, write=True) as store:
        audit = begun(store, "城东支行", done=True)
    path = data / NAME
    path.write_bytes(path.read_bytes().replace(b'"library":4', b'"library":3', 1))
    assert not read_index(path).sound
    assert list(rows_of_a_reader(data)) == [audit]
    with Store.open(data, write=True) as store:
        assert [row.id for row in store.rows()] == [audit]
    assert read_index(path).sound


def test_a_row_is_that_of_the_whole_audit(store: Store) -> None:
    """Made of frozen figures alone (S9), else of the answers: of a draft, one reopened, one cut short."""
    done, draft, reopened, cut = (begun(store, done=done) for done in (True, False, True, True))
    again = store.open_audit(reopened)
    again.reopen("漏填一项")
    again.close()
    for id_, state in ((done, "finished"), (draft, "draft"), (reopened, "draft"), (cut, "damaged")):
        known = (99, "f" * 64) if id_ == cut else (0, "")
        whole, listed = (load(store.library.folder_of(id_), known, one).audit for one in (False, True))
        assert summary_of(listed, *known) == summary_of(whole, *known)
        assert listed.state == state
        assert listed.answers == ({} if id_ == done else whole.answers)


def test_an_audit_begun_while_a_reader_looks_is_never_called_damaged(
    store: Store, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P2: its journal is not there yet at the first look, and is at the second."""
    id_ = begun(store)
    (data / NAME).unlink()
    path = store.library.folder_of(id_) / JOURNAL
    hidden = path.rename(path.with_name("hidden"))
    real = files.read

    def read(place: Path, limit: int | None = None) -> bytes:
        try:
            return real(place, limit)
        finally:
            if hidden.exists():
                hidden.rename(path)

    monkeypatch.setattr(files, "read", read)
    assert rows_of_a_reader(data)[id_].state == "draft"
