"""The data folder: who may write, what is found, what the trash gives back, the register (design §5)."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from auditor.audit import Answer
from auditor.errors import AuditorError
from auditor.store import Branch, Store
from auditor.store.clock import AUDIT_ID, Clock
from auditor.store.journal import NAME
from auditor.store.verify import verify
from tests.faults.disk import BROKEN, DISK_FULL, FORBIDDEN, TOO_MANY, Failing, seam
from tests.faults.scene import gestures, header, seen, small_checklist


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    with Store.open(data, write=True) as store:
        yield store


def begun(store: Store) -> str:
    opened = store.create(small_checklist(), header())
    opened.close()
    return opened.audit.id


def test_an_audit_lies_where_the_design_says(store: Store, data: Path) -> None:
    id_ = begun(store)
    assert AUDIT_ID.fullmatch(id_)
    assert (data / "audits" / f"{id_[:4]}-{id_[4:6]}" / id_ / NAME).is_file()


@pytest.mark.usefixtures("store")
def test_one_writer_at_a_time(data: Path) -> None:
    with pytest.raises(AuditorError) as refused:
        Store.open(data, write=True)
    assert refused.value.key == "store.in_use"
    assert str(os.getpid()) in str(refused.value)
    Store.open(data).rows()


def test_a_store_for_reading_changes_nothing(store: Store, data: Path) -> None:
    id_ = begun(store)
    reader = Store.open(data)
    for change in (
        lambda: reader.create(small_checklist(), header()),
        lambda: reader.open_audit(id_),
        lambda: reader.trash(id_),
        lambda: reader.erase(id_),
        lambda: reader.branches.merge([Branch("1", "a")]),
    ):
        with pytest.raises(AuditorError) as refused:
            change()
        assert refused.value.key == "store.not_for_writing"


def test_a_folder_that_is_not_there_yet_is_empty(data: Path) -> None:
    with Store.open(data) as reader:
        assert reader.rows() == []
        assert reader.branches.all() == []
    assert not data.exists()


def test_a_vanished_drive_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AuditorError) as refused:
        Store.open(tmp_path / "drive" / "data")
    assert refused.value.key == "store.no_folder"


def test_a_file_in_place_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    for write in (False, True):
        with pytest.raises(AuditorError) as refused:
            Store.open(tmp_path / "data", write=write)
        assert refused.value.key == "store.not_a_folder"


@pytest.mark.parametrize(
    ("code", "key"),
    [(DISK_FULL, "disk_full"), (BROKEN, "disk_error"), (FORBIDDEN, "no_permission"), (TOO_MANY, "too_many_files")],
)
def test_a_disk_that_refuses_is_a_sentence(store: Store, code: int, key: str) -> None:
    with seam(Failing(1, code, lasting=True)), pytest.raises(AuditorError) as refused:
        store.create(small_checklist(), header())
    assert refused.value.key == f"store.{key}"


def test_an_audit_that_could_not_be_begun_leaves_nothing(store: Store) -> None:
    begun(store)
    with seam(Failing(2, DISK_FULL, kinds=("write",), short=True)), pytest.raises(AuditorError):
        store.create(small_checklist(), header())
    assert len(list(store.library.ids())) == 1
    assert verify(store).problems() == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where nobody may")
def test_a_read_only_folder_is_a_sentence(data: Path) -> None:
    data.mkdir(mode=0o500)
    with pytest.raises(AuditorError) as refused:
        Store.open(data, write=True)
    assert refused.value.key == "store.no_permission"


def test_a_unique_prefix_will_do(store: Store) -> None:
    one = begun(store)
    assert store.find(one) == store.find(one[:20]) == store.find(one[:4]) == one
    begun(store)
    with pytest.raises(AuditorError) as refused:
        store.find(one[:4])
    assert refused.value.key == "store.ambiguous"


@pytest.mark.parametrize("text", ["", "nobody", "../../etc", "20260305T021205Z-ffffff", "*"])
def test_what_is_no_audit_is_a_sentence(store: Store, text: str) -> None:
    begun(store)
    with pytest.raises(AuditorError) as refused:
        store.find(text)
    assert refused.value.key == "store.no_such_audit"
    with pytest.raises(AuditorError):
        store.read(text)


def test_the_trash_gives_back(store: Store) -> None:
    id_ = begun(store)
    before = store.read(id_)
    store.trash(id_)
    assert (store.rows(), store.trashed()) == ([], [id_])
    with pytest.raises(AuditorError):
        store.read(id_)
    store.untrash(id_)
    assert (store.read(id_), [row.id for row in store.rows()], store.trashed()) == (before, [id_], [])
    with pytest.raises(AuditorError):
        store.untrash(id_)


def test_a_journal_of_a_newer_format_is_only_read(store: Store) -> None:
    """design §5: every format carries a number; newer ones open read-only."""
    from auditor.store.journal import begin

    rows = {(table, id_): row for table, of in store.load(begun(store)).state.rows.items() for id_, row in of.items()}
    newer = "20290305T021205Z-a1b2c3"
    about = {**rows["visit", "about"], "id": newer, "format": 2, "unheard_of": True}  # type: ignore[dict-item]
    begin(store.library.folder_of(newer), {**rows, ("visit", "about"): about}, Clock())
    assert store.read(newer).read_only == "store.read_only.newer"
    with pytest.raises(AuditorError) as refused:
        store.open_audit(newer)
    assert refused.value.key == "store.read_only.newer"


def test_the_same_dice_give_the_same_bytes(tmp_path: Path) -> None:
    """The sample bank's data is the same for the same seed."""

    def made(folder: Path) -> dict[str, bytes]:
        moment = datetime.fromisoformat("2026-03-05T10:00:00+08:00")
        with Store.open(folder, write=True) as store, store.pretending(moment, random.Random(1)):
            opened = store.create(small_checklist(), header())
            for gesture in gestures(random.Random(3), 20):
                gesture(opened)
            opened.close()
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("audits/**/*") if path.is_file()
        }

    assert made(tmp_path / "a") == made(tmp_path / "b") != {}


def test_a_clock_that_jumps_back_loses_no_order(store: Store) -> None:
    """Order is by number; the clock is only a label."""
    opened = store.create(small_checklist(), header())
    late, early = (datetime.fromisoformat(f"{year}-03-05T10:00:00+08:00") for year in (2038, 1970))
    opened._journal.clock = _At(late)
    opened.answer("q0", Answer("yes"))
    opened._journal.clock = _At(early)
    opened.answer("q0", Answer("no"))
    assert store.read(opened.audit.id).answers == {"q0": Answer("no")}
    assert [entry.at[:4] for entry in store.history(opened.audit.id)][1:] == ["2038", "1970"]


class _At(Clock):
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def test_the_register_keeps_former_names(data: Path) -> None:
    """design §2: renames keep history."""
    with Store.open(data, write=True) as store:
        assert store.branches.merge(
            [Branch("001", "城东支行", "江城分行", head="李明"), Branch("002", "城西支行")]
        ) == (2, 0)
        assert store.branches.merge([Branch("001", "城东科技支行"), Branch("002", "城西支行")]) == (0, 1)
    with Store.open(data) as reader:
        renamed = reader.branches.find("001")
        assert renamed == Branch("001", "城东科技支行", "江城分行", head="李明", former=("城东支行",))
        assert reader.branches.find("城东支行") == reader.branches.find(" 城东科技支行 ") == renamed
        assert reader.branches.find("无名支行") is None
        assert [one.code for one in reader.branches.all()] == ["001", "002"]


def test_a_damaged_register_names_its_line(data: Path) -> None:
    with Store.open(data, write=True) as store:
        store.branches.merge([Branch("001", "城东支行"), Branch("002", "城西支行")])
    path = data / "branches.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"002"', b'002"'))
    with Store.open(data) as reader, pytest.raises(AuditorError) as refused:
        reader.branches.all()
    assert (refused.value.key, refused.value.values["line"]) == ("store.branches_damaged", 3)


def test_a_failed_import_keeps_the_register(store: Store, data: Path) -> None:
    store.branches.merge([Branch("001", "城东支行")])
    before = (data / "branches.jsonl").read_bytes()
    with seam(Failing(1, DISK_FULL, kinds=("write",))), pytest.raises(AuditorError):
        store.branches.merge([Branch("002", "城西支行")])
    assert (data / "branches.jsonl").read_bytes() == before
    assert [one.code for one in store.branches.all()] == ["001"]


def test_a_store_is_imported_without_qt_or_pictures() -> None:
    code = "import sys, auditor.store; print(sorted({'PIL', 'PySide6', 'openpyxl', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_seen_is_what_is_compared(store: Store) -> None:
    """The oracle of the fault tests tells audits apart."""
    opened = store.create(small_checklist(), header())
    before = seen(opened.audit)
    opened.answer("q0", Answer("yes"))
    assert seen(opened.audit) != before
