"""The library of 100,000 audits: decoding its index, looking through it, and making it anew."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tests.bench.pairs import Figure, pair

if TYPE_CHECKING:
    from auditor.store import Row

AUDITS, REBUILT = 100_000, 300
MEMORY = """
import sys
from pathlib import Path
path = Path(sys.argv[1])
def most():
    line = next(one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
if sys.argv[2] == "rows":
    from auditor.store.index import read_index
    before = most()
    found = read_index(path).rows()
    assert sum(1 for row in found if row.state == "draft") * 10 == len(found) == int(sys.argv[3])
else:
    import auditor.store.index
    before = most()
    data = path.read_bytes()
print(most() - before)
"""


def figures() -> Iterator[Figure]:
    from auditor.store.index import NAME, read_index, write_index

    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / NAME
        write_index(path, (_row(number) for number in range(AUDITS)), {})

        def decoded() -> None:
            assert len(read_index(path).rows()) == AUDITS

        def every_row() -> None:
            assert sum(1 for row in read_index(path).rows() if row.total is not None) == AUDITS * 9 // 10

        def bare() -> None:
            path.read_bytes()

        yield pair("library", decoded, bare, peer_name="bare read of the index", bar=5.0)
        yield pair("library", every_row, bare, peer_name="bare read, every row made", bar=None)
        if sys.platform == "linux":
            more = [_memory(path, what) for what in ("rows", "bytes")]
            yield Figure("library", more[0], 70.0, "70 MB more, every row made", "MB", 1.0)
        yield from _looking_through(read_index(path).rows())
    with tempfile.TemporaryDirectory() as made, _unsynced():
        yield _rebuilt(Path(made))


def _looking_through(rows: object) -> Iterator[Figure]:
    from ui.library.listing import KEYS, LibraryList, Wanted

    whole = LibraryList(rows)  # type: ignore[arg-type]
    whole.numbers(Wanted("17支行"))
    words, order = whole.search_keys, whole.sorted_by("visited", True)

    def bare_filter() -> None:
        assert [number for number in order if "17支行" in words[number]]

    yield pair(
        "library",
        lambda: whole.numbers(Wanted("17支行")) and None,
        bare_filter,
        peer_name="bare list comprehension",
        bar=1.5,
    )
    key, listed = KEYS["branch"], list(whole.rows)

    def ours() -> None:
        whole._cache.clear()
        whole.sorted_by("branch", False)

    def bare_sort() -> None:
        keys = [key(row) for row in listed]
        sorted(range(len(keys)), key=keys.__getitem__)

    yield pair("library", ours, bare_sort, peer_name="bare sorted over the same keys", bar=1.5)


def _rebuilt(folder: Path) -> Figure:
    """The index gathered from the audits, against reading and decoding the lines of the same journals."""
    from auditor.store import Store
    from auditor.store.index import NAME
    from ui.command_line import main

    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        main(["demo", "--audits", str(REBUILT), "--data", str(folder)])
    journals = list(folder.glob("audits/*/*/journal.jsonl"))

    def rebuild() -> None:
        (folder / NAME).unlink(missing_ok=True)
        with Store.open(folder) as store:
            assert len(store.rows()) == len(journals)

    decode = msgspec.json.Decoder().decode

    def parse() -> None:
        for journal in journals:
            for line in journal.read_bytes().splitlines():
                decode(line)

    return pair("library", rebuild, parse, peer_name=f"bare parse of {len(journals)} journals", bar=2.0, pairs=5)


def _memory(path: Path, what: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path), what, str(AUDITS)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


@contextmanager
def _unsynced() -> Iterator[None]:
    """Making sample data need not survive a power cut."""
    from auditor.store import files

    real, files.sync = files.sync, lambda _handle: None
    try:
        yield
    finally:
        files.sync = real


def _row(number: int) -> Row:
    from auditor.store import Row

    moment = datetime(2024, 1, 2, 9, 30) + timedelta(minutes=9 * number)
    done, place = number % 10 > 0, number % 3000
    return Row(
        id=f"{moment:%Y%m%dT%H%M%SZ}-{number % 0xFFFFFF:06x}",
        visited=f"{moment.isoformat()}+08:00",
        total=100 - number % 371 / 10 if done else None,
        before_critical=100 - number % 371 / 10 + (number % 50 == 1) if done else None,
        answered=40 if done else number % 40,
        unmet=number % 7 if done else 0,
        dues=("2026-03-20",) if number % 50 == 2 else (),
        seq=42 + number % 60,
        head=hashlib.sha256(str(number).encode()).hexdigest(),
        branch=f"{7300000 + place}",
        branch_name=f"第{place}支行营业部",
        checklist=("customer_journey", "self_inspection", "telephone")[number % 3],
        version="2026.1",
        title_zh=("客户旅程神秘人检查表", "网点服务自查表", "电话服务检查表")[number % 3],
        title_en=("Customer journey", "Self-inspection", "Telephone")[number % 3],
        kind=("mystery", "self", "telephone")[number % 3],
        state="finished" if done else "draft",
        passed=number % 50 != 1 if done else None,
        grade="good" if done else None,
        grade_zh="良好" if done else "",
        grade_en="Good" if done else "",
        applicable=40,
        effects=("fail",) if number % 50 == 1 else (),
    )
