"""Data folders of every released shape must always open (F17): right, whole, and fit to go on with.

`shapes/<n>/` is never changed once its version is released; `python -m tests.auditor.test_shapes <n>` makes a new one.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor import scoring
from auditor.audit import Answer
from auditor.errors import AuditorError
from auditor.store import Branch, Store, backups, load
from auditor.store.journal import NAME as JOURNAL
from auditor.store.lines import FORMAT, encode, frame
from auditor.store.restore import restore_all
from auditor.store.verify import verify
from tests.faults.scene import fill_all, gestures, header, picture, small_checklist

SHAPES = Path(__file__).resolve().parent / "shapes"
RELEASED = sorted(one.name for one in SHAPES.iterdir() if one.is_dir() and one.name.isdigit())


@pytest.fixture(params=RELEASED)
def shape(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of one of them."""
    shutil.copytree(SHAPES / request.param, tmp_path / "shape")
    return tmp_path / "shape"


def told(store: Store) -> dict[str, Any]:
    """What a person is told about every audit: answers, score, history's length."""
    found = {}
    for id_ in sorted(store.library.ids()):
        audit = store.read(id_)
        answers = {path: [str(one.value), one.note, len(one.photos)] for path, one in sorted(audit.answers.items())}
        score = scoring.as_json(audit, scoring.current(audit))
        short = {name: score[name] for name in ("total", "passed", "grade", "answered", "applicable", "state")}
        found[id_] = {"answers": answers, "history": len(store.history(id_)), "revision": audit.revision, **short}
    return found


def test_a_released_shape_opens_and_says_the_same(shape: Path) -> None:
    expected = json.loads((shape / "expected.json").read_text("utf-8"))
    with Store.open(shape) as reader:
        assert told(reader) == expected
        assert verify(reader).count("damaged") == 0
        assert len(reader.rows()) == len(expected)
        assert reader.branches.find("7301001") is not None


def test_a_released_shape_can_be_gone_on_with(shape: Path) -> None:
    with Store.open(shape, write=True) as store:
        draft = next(row.id for row in store.rows() if row.state == "draft")
        opened = store.open_audit(draft)
        before = dict(opened.audit.answers)
        opened.answer("q0", Answer("no", note="后来"))
        opened.undo()
        assert opened.audit.answers == before
        opened.close()
        assert verify(store).count("damaged") == 0


def test_a_backup_of_a_released_shape_can_be_restored(shape: Path, tmp_path: Path) -> None:
    expected = json.loads((shape / "expected.json").read_text("utf-8"))
    with Store.open(tmp_path / "new", write=True) as store:
        done = restore_all(store, backups.target_of(shape))
        assert done.problems == []
        assert told(store) == expected


def test_a_newer_journal_opens_read_only(data: Path) -> None:
    """A newer version's audit is shown with a sentence, and never written to."""
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header())
        opened.close()
        id_ = opened.audit.id
        path = store.library.folder_of(id_) / JOURNAL
    line = load.load(path.parent).reading.lines[0]
    rows = {key: dict(doc) for key, doc in line.rows.items() if doc is not None}
    rows["visit", "about"]["format"] = FORMAT + 1
    newer, _ = encode(line.body, rows, "", lambda: "00")
    path.write_bytes(newer)
    shutil.rmtree(data / "backups", ignore_errors=True)
    (data / "library.jsonl").unlink()
    with Store.open(data, write=True) as store:
        assert store.read(id_).read_only == "store.read_only.newer"
        with pytest.raises(AuditorError) as refused:
            store.open_audit(id_)
        assert refused.value.key == "store.read_only.newer"
    assert path.read_bytes() == newer
    assert frame(b"{}", b"[]").endswith(b"\n")


def make(folder: Path) -> None:
    """A data folder in the shape of this version: a draft, a finished, a reopened and an erased audit, and backups."""
    dice = random.Random(1)
    with Store.open(folder, write=True) as store:
        store.branches.merge([Branch("7301001", "城东支行", "市分行")])
        for number, kind in enumerate(("any", "answer", "photo", "undo")):
            with store.pretending(datetime(2026, 3, 5 + number, 2, 30, tzinfo=UTC), dice):
                opened = store.create(small_checklist(), header(branch_name="城东支行", shopper="青松"), "青松")
                for gesture in gestures(dice, 12, kind):
                    gesture(opened)
                if number:
                    fill_all(opened)
                    opened.add_photo("q0", picture("red"), "门头.jpg")
                    opened.finish("复核人")
                if number == 2:
                    opened.reopen("补充一张照片", "复核人")
                    opened.answer("q1", Answer("no", note="后来核实"))
                    opened.finish("复核人")
                opened.close()
            if number == 3:
                store.erase(opened.audit.id, "合规")
    with Store.open(folder) as reader:
        backups.backup(folder, now=datetime(2026, 3, 9, 10, tzinfo=UTC) + timedelta(0))
        (folder / "expected.json").write_text(json.dumps(told(reader), ensure_ascii=False, indent=1) + "\n", "utf-8")
    for name in ("reserve", "lock", "lock.holder", "backups/lock"):
        (folder / name).unlink(missing_ok=True)


if __name__ == "__main__":
    make(SHAPES / sys.argv[1])
