"""The register's long sheet against bare deflate of the same XML and XlsxWriter, its check, and 1,200,000 rows."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.bench.pairs import Figure, pair

ROWS = 100_000
PEER_ROWS = 20_000
"""Of the comparison with XlsxWriter, whose time grows with the rows: at 100,000 its pairs would take minutes."""
MANY_ROWS = 1_200_000
MOST_MEGABYTES = 80
_AT_ONCE = 1 << 18


def rows(count: int = ROWS) -> Iterator[tuple]:
    """Rows as a quarter's visits give them: few outlets and items, many reasons."""
    dice = random.Random(7)
    reasons = [f"10:{n % 60:02}，{n % 9}号窗口柜员未起立迎接(标准2.1.{n % 40})，扣1分" for n in range(400)]
    points = [Decimal(n) / 2 for n in range(11)]
    for n in range(count):
        visit, item = divmod(n, 60)
        full, lost = points[4 + item % 6], points[dice.randrange(4)] if n % 5 == 0 else points[0]
        yield (
            visit + 1,
            f"31{visit % 300:05}",
            f"滨江商业银行第{visit % 300}支行",
            f"第{visit % 20}分行",
            "综合型",
            "暗访",
            f"2026-0{visit % 3 + 1}-{visit % 28 + 1:02} 10:{visit % 60:02}",
            "journey",
            "2.1",
            f"section{item // 10}",
            f"模块{item // 10}",
            None,
            f"item_{item}",
            f"{item // 10 + 1}.{item % 10 + 1}",
            f"检查项目名称第{item}项",
            "已答",
            "符合" if not lost else "基本符合",
            full,
            lost,
            full - lost,
            dice.choice(reasons) if lost else "",
            f"备注{n}" if n % 11 == 0 else "",
            "服务规范 3.2",
        )


def write(folder: Path, made: Iterable[tuple]) -> tuple[Path, dict[str, int]]:
    """The long sheet into a package, by the code that the register uses; and the rows of each of its sheets."""
    from exports.register import columns
    from exports.register.package import LEVEL, _empty_book, cell_looks, entry
    from exports.register.sheet_xml import Frame, LongTable
    from exports.xlsx.styles import Paint

    path = folder / "register.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as package:
        frame = Frame(tuple(one.key for one in columns.ITEMS))
        looks = cell_looks(_empty_book(), Paint())
        table = LongTable(columns.ITEMS, frame, looks, lambda n: package.open(entry("items", n), "w"))
        for row in made:
            table.add(row)
        table.close()
    return path, {entry("items", n): count for n, count in enumerate(table.heights, 1)}


def write_by_peer(folder: Path, made: Iterable[tuple]) -> None:
    """The same styled cells by XlsxWriter, which keeps one row at a time."""
    import xlsxwriter

    from exports.register import columns

    book = xlsxwriter.Workbook(str(folder / "peer.xlsx"), {"constant_memory": True})
    formats = [book.add_format({"font_size": 9, "border": 1, **_format(one.kind)}) for one in columns.ITEMS]
    sheet = book.add_worksheet("items")
    for column, one in enumerate(columns.ITEMS):
        sheet.set_column(column, column, one.width)
        sheet.write_string(0, column, one.key, formats[0])
    for row, values in enumerate(made, 1):
        for column, value in enumerate(values):
            if value is None or value == "":
                sheet.write_blank(row, column, None, formats[column])
            elif isinstance(value, str):
                sheet.write_string(row, column, value, formats[column])
            else:
                sheet.write_number(row, column, value, formats[column])
    book.close()


def _format(kind: str) -> dict[str, Any]:
    aligned = {"points": "right", "figure": "right", "count": "center"}
    numbers = {"code": "@", "figure": "0.00", "count": "0"}
    return {"align": aligned.get(kind, "left"), "num_format": numbers.get(kind, "General")}


def figures() -> Iterator[Figure]:
    from exports.register.checked import check

    made = list(rows())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, counts = write(folder, made)
        with zipfile.ZipFile(path) as package:
            xml = package.read(package.namelist()[0])

        def bare() -> None:
            squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
            for at in range(0, len(xml), _AT_ONCE):
                squeeze.compress(xml[at : at + _AT_ONCE])
            squeeze.flush()

        def ours() -> None:
            write(folder, made)

        yield pair("register", ours, bare, peer_name="zlib 6 of the same XML", bar=3.0, pairs=9)
        yield pair(
            "register-check",
            lambda: check(path, path, counts, 1),
            ours,
            peer_name="writing it",
            bar=1.0,
            pairs=9,
        )
        fewer = made[:PEER_ROWS]
        yield pair(
            "register-peer",
            lambda: _ignored(write(folder, fewer)),
            lambda: write_by_peer(folder, fewer),
            peer_name=f"XlsxWriter constant_memory, {PEER_ROWS:,} rows",
            bar=0.2,
            pairs=9,
        )
    wrote, squeezed, grown = _many(MANY_ROWS)
    yield Figure("register-1.2M", wrote, squeezed, "zlib 6 of the same XML, once, two sheets", "s", 2.5)
    yield Figure("register-1.2M-MB", grown, MOST_MEGABYTES, "allowed", "MB", 1.0)


def _ignored(_: object) -> None:
    """What was written is not a reading."""


def _many(count: int) -> tuple[float, float, float]:
    """In a process of its own, once: seconds writing so many rows, seconds of bare deflate, megabytes it grew by."""
    command = [sys.executable, "-m", "tests.bench.bench_register", str(count)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(said[0]), float(said[1]), float(said[2])


def _measured(count: int) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, rows(1000))
        made = _Rows(count)
        before = _most_kilobytes()
        started = time.process_time()
        path, counts = write(folder, made)
        wrote = time.process_time() - started - made.seconds
        grown = (_most_kilobytes() - before) / 1024
        assert len(counts) == 1 + (count >= 1_048_576)
        return wrote, _squeezed(path), grown


def _most_kilobytes() -> int:
    """The most memory that this process has held. Linux hands `ru_maxrss` down from whoever started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class _Rows:
    """Rows as they come; the seconds that making them took are not the register's."""

    def __init__(self, count: int) -> None:
        self.count, self.seconds = count, 0.0

    def __iter__(self) -> Iterator[tuple]:
        coming = rows(self.count)
        while True:
            started = time.process_time()
            some = [row for _, row in zip(range(400), coming, strict=False)]
            self.seconds += time.process_time() - started
            if not some:
                return
            yield from some


def _squeezed(path: Path) -> float:
    """Seconds that deflating the sheets' XML takes, no more than that."""
    seconds = 0.0
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
            with package.open(name) as part:
                while data := part.read(_AT_ONCE):
                    started = time.process_time()
                    squeeze.compress(data)
                    seconds += time.process_time() - started
    return seconds


if __name__ == "__main__":
    print(*_measured(int(sys.argv[1])))
