"""The register's long sheet of 100,000 items against bare deflate of the same XML, and what it keeps in memory."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from tests.bench.pairs import Figure, pair

ROWS = 100_000
MOST_MEGABYTES = 80


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


def write(folder: Path, made: list[tuple] | Iterator[tuple]) -> Path:
    """The long sheet into a package, by the code that the register uses."""
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
    return path


def figures() -> Iterator[Figure]:
    made = list(rows())
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(write(Path(folder), made)) as package:
            xml = package.read(package.namelist()[0])

        def bare() -> None:
            squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
            for at in range(0, len(xml), 1 << 18):
                squeeze.compress(xml[at : at + (1 << 18)])
            squeeze.flush()

        def ours() -> None:
            write(Path(folder), made)

        yield pair("register", ours, bare, peer_name="zlib 6 of the same XML", bar=3.0, pairs=9)
    yield Figure("register-MB", _grown(ROWS * 2), MOST_MEGABYTES, "allowed", "MB", 1.0)


def _grown(count: int) -> float:
    """Megabytes by which a process grows that writes so many rows as they come."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_register", str(count)], capture_output=True, text=True, check=True
    )
    return float(said.stdout)


def _memory(count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), rows(1000))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        write(Path(folder), rows(count))
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


if __name__ == "__main__":
    print(_memory(int(sys.argv[1])))
