"""The journal: chained lines, torn tails, damage, erasure (design §5, P2, P5)."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from auditor.audit import Answer
from auditor.errors import AuditorError
from auditor.store import Store, files
from auditor.store.clock import Clock
from auditor.store.journal import NAME, Journal, begin, fold, parse, read_journal
from auditor.store.lines import BadLineError, decode, frame
from tests.faults.scene import header, small_checklist

ABOUT = ("visit", "about")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An audit's folder with a journal of five lines."""
    folder = tmp_path / "20260305T021205Z-a1b2c3"
    journal = Journal(folder, begin(folder, {ABOUT: {"id": folder.name}}, Clock()), Clock())
    for number in range(4):
        journal.append("answer", {("answers", f"q{number}"): {"value": "yes", "note": f"备注{number}"}}, who="青松")
    journal.close()
    return folder


def test_a_line_comes_back_as_it_was_written(folder: Path) -> None:
    reading = read_journal(folder)
    assert [line.body.seq for line in reading.lines] == [1, 2, 3, 4, 5]
    assert reading.lines[2].rows == {("answers", "q1"): {"value": "yes", "note": "备注1"}}
    assert reading.lines[2].who == "青松"
    assert fold(reading).rows["answers"]["q3"]["note"] == "备注3"


def test_personal_values_stand_beside_the_chain(folder: Path) -> None:
    """design §5: the chain commits to SHA-256(salt‖value); no note and no name is in the chained part."""
    for line in (folder / NAME).read_text("utf-8").splitlines()[1:]:
        whole = json.loads(line)
        body = json.dumps(whole["body"], ensure_ascii=False)
        assert "备注" not in body
        assert "青松" not in body
        assert whole["beside"][0][1] == "青松"


def test_equal_values_do_not_look_equal(folder: Path) -> None:
    salts = [json.loads(line)["beside"][0] for line in (folder / NAME).read_text("utf-8").splitlines()[1:]]
    assert len({salt for salt, _ in salts}) == 4
    assert len({line.body.who for line in read_journal(folder).lines[1:]}) == 4


def test_every_line_commits_to_the_one_before(folder: Path) -> None:
    lines = read_journal(folder).lines
    assert [line.body.prev for line in lines[1:]] == [line.head for line in lines[:-1]]


@pytest.mark.parametrize("cut", ["half", "newline"])
def test_a_torn_tail_is_a_leftover_and_moved_aside(folder: Path, cut: str) -> None:
    """design §5: everything after the last valid line, when no later line is valid; named journal.tail-<n>."""
    path = folder / NAME
    data = path.read_bytes()
    path.write_bytes(data[: -1 if cut == "newline" else -40])
    reading = read_journal(folder)
    assert (reading.seq, reading.fault) == (4, "torn")
    journal = Journal(folder, reading, Clock())
    journal.append("answer", {("answers", "q9"): {"value": "no"}})
    journal.close()
    assert (folder / "journal.tail-1").read_bytes() == data[reading.good : reading.size]
    assert (read_journal(folder).seq, read_journal(folder).fault) == (5, "")


def test_a_second_torn_tail_gets_the_next_number(folder: Path) -> None:
    for number in (1, 2):
        path = folder / NAME
        path.write_bytes(path.read_bytes()[:-3])
        Journal(folder, read_journal(folder), Clock()).close()
        assert (folder / f"journal.tail-{number}").exists()


def test_a_bad_line_before_a_sound_one_is_damage(folder: Path) -> None:
    """P2: what a crash cannot have done is said to be damage, and nothing is cut off."""
    data = (folder / NAME).read_bytes()
    third = data.index("备注1".encode())
    reading = parse(data[:third] + b"X" + data[third + 1 :], folder.name)
    assert (reading.seq, reading.fault, reading.why) == (2, "damaged", "crc")


def test_a_line_rewritten_with_a_right_checksum_breaks_the_chain(folder: Path) -> None:
    """P5: whoever changes a line must change all that follow."""
    lines = (folder / NAME).read_bytes().splitlines()
    inside = decode(lines[2])
    whole = json.loads(lines[2])
    whole["body"]["changes"][0][2]["value"] = "no"
    body = json.dumps(whole["body"], separators=(",", ":"), ensure_ascii=False).encode()
    lines[2] = frame(body, json.dumps(whole["beside"], separators=(",", ":"), ensure_ascii=False).encode()).rstrip(
        b"\n"
    )
    assert decode(lines[2]).head != inside.head
    reading = parse(b"\n".join([*lines, b""]), folder.name)
    assert (reading.seq, reading.fault, reading.why) == (3, "damaged", "chain")


def test_a_personal_value_changed_with_a_right_checksum_is_damage(folder: Path) -> None:
    """P5: even in the last line, where a bad checksum would be a torn tail."""
    lines = (folder / NAME).read_bytes().splitlines()
    whole = json.loads(lines[-1])
    whole["beside"][1][1] = "另一句"
    body = json.dumps(whole["body"], separators=(",", ":"), ensure_ascii=False).encode()
    lines[-1] = frame(body, json.dumps(whole["beside"], separators=(",", ":"), ensure_ascii=False).encode()).rstrip(
        b"\n"
    )
    reading = parse(b"\n".join([*lines, b""]), folder.name)
    assert (reading.seq, reading.fault, reading.why) == (4, "damaged", "salt")


def test_a_journal_in_another_audits_folder_is_damage(folder: Path) -> None:
    reading = parse((folder / NAME).read_bytes(), "20260305T021205Z-ffffff")
    assert (reading.seq, reading.fault, reading.why) == (0, "damaged", "chain")


@pytest.mark.parametrize("data", [b"", b"\n", b"{}\n", b"[" * 100_000 + b"\n", b"\xff\xfe\n", b'{"body":1}\n'])
def test_nonsense_is_read_without_a_traceback(data: bytes) -> None:
    """P6"""
    assert parse(data, "20260305T021205Z-a1b2c3").lines == ()


def test_a_failed_append_leaves_the_last_acknowledged_prefix(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """design §5: poison, rewrite the prefix, fold again, go on."""
    journal = Journal(folder, read_journal(folder), Clock())
    before = (folder / NAME).read_bytes()
    monkeypatch.setattr(files, "sync", _failing_once(files.sync))
    with pytest.raises(AuditorError):
        journal.append("answer", {("answers", "q1"): {"value": "no"}})
    assert (folder / NAME).read_bytes() == before
    assert journal.trouble is None
    journal.append("answer", {("answers", "q1"): {"value": "no"}})
    journal.close()
    assert read_journal(folder).seq == 6


def _failing_once(real: object) -> object:
    left = [OSError(5, "Input/output error")]

    def sync(handle: int) -> None:
        if left:
            raise left.pop()
        real(handle)  # type: ignore[operator]

    return sync


def test_erasure_takes_the_texts_and_leaves_the_chain(tmp_path: Path) -> None:
    """design §5: salt and value go, a tombstone says so, and the journal still verifies."""
    with Store.open(tmp_path, write=True) as store:
        opened = store.create(small_checklist(), header(shopper="青松", summary="李经理态度好"))
        opened.answer("remark", Answer("柜员王芳"))
        opened.answer("q1", Answer("no", note="王芳未起立"))
        opened.close()
        id_ = opened.audit.id
        heads = [line.head for line in store.load(id_).reading.lines]
        assert store.erase(id_) == 4
        after = store.load(id_)
        assert [line.head for line in after.reading.lines[:-1]] == heads
        assert after.problem is None
        assert after.audit.answers["q1"] == Answer("no")
        assert (after.audit.header.shopper, after.audit.header.branch) == ("", "7301001")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert not any(word in path.read_bytes() for word in ("青松".encode(), "王芳".encode(), "李经理".encode()))


def test_a_value_missing_without_a_tombstone_is_damage(tmp_path: Path) -> None:
    from auditor.store.lines import erase
    from auditor.store.verify import verify

    with Store.open(tmp_path, write=True) as store:
        opened = store.create(small_checklist(), header())
        opened.answer("q1", Answer("no", note="备注"))
        opened.close()
        path = store.library.folder_of(opened.audit.id) / NAME
        lines = path.read_bytes().splitlines()
        path.write_bytes(b"\n".join([lines[0], erase(lines[1], frozenset())[0]]))
        report = verify(store)
    assert [problem.key for problem in report.problems() if problem.severity == "error"] == [
        "store.verify.erased_unsaid"
    ]


def test_random_bytes_are_no_line() -> None:
    dice = random.Random(4)
    for _ in range(200):
        with pytest.raises(BadLineError):
            decode(dice.randbytes(dice.randrange(400)))


@pytest.mark.parametrize(
    "doc", [b"[1]", b'"text"', b'{"value": "\xff"}', b'{"value": ' + b"[" * 9_000 + b"]" * 9_000 + b"}"]
)
def test_a_row_that_is_none_is_a_bad_line(doc: bytes) -> None:
    """However small or large, with checksums that fit (P6)."""
    body = b'{"seq":1,"prev":"","at":"","mono":0,"session":"","what":"answer","changes":[["answers","a",%b]]}' % doc
    with pytest.raises(BadLineError, match="form"):
        decode(frame(body, b"[]").rstrip(b"\n"))


def test_audits_by_one_checklist_share_it_and_nothing_else(folder: Path) -> None:
    first, second = (
        begin(folder.parent / name, {("visit", "checklist"): {"text": "x" * 9_000, "n": 1}}, Clock()) for name in "ab"
    )
    one, two = fold(first).rows["visit"], fold(second).rows["visit"]
    assert one == two
    one["checklist"] = {"n": 2}
    assert fold(second).rows["visit"]["checklist"]["n"] == two["checklist"]["n"] == 1
