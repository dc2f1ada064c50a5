"""The register put together: long sheets streamed as their visits pass by, the rest by openpyxl, one package (P3)."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties

from auditor import __version__
from auditor.audit import Audit
from auditor.errors import AuditorError
from auditor.figures import shown
from auditor.scoring.tree import Score
from auditor.store import files
from exports.blocks import Copy
from exports.letterhead import PLAIN, Letterhead
from exports.names import free
from exports.places import Register
from exports.register import columns
from exports.register.checked import check
from exports.register.earlier import EarlierAudits, earlier_figures
from exports.register.lists import APPEALS, FREQUENT, write_appeals, write_frequent
from exports.register.options import STANDARD, Options
from exports.register.ranking import BRANCHES, RANKING, write_branches, write_ranking
from exports.register.sheet_xml import MOST_ROWS, Column, Kind, LongTable, Looks, Sink, Spool, Value
from exports.register.short import Short, decimals
from exports.register.summed import Summed, mean
from exports.register.visits import Wanted, look
from exports.register.wording import Wording
from exports.speech import Speech
from exports.writing import make_ready
from exports.xlsx import styles
from exports.xlsx.cached import core_xml, filled
from exports.xlsx.styles import Paint
from exports.xlsx.text import put

SHEETS = ("ranking", "branches", "modules", "losses", "frequent", "vetoes", "actions", "appeals", "items")
LONG: dict[str, tuple[Column, ...]] = {
    "modules": columns.MODULES,
    "losses": columns.LOSSES,
    "vetoes": columns.VETOES,
    "actions": columns.ACTIONS,
    "items": columns.ITEMS,
}
LEVEL = 6
_ENTRY: Literal["w"] = "w"
"""An entry of the package is begun, no file."""


def write_register(
    audits: Iterable[tuple[Audit, Score]],
    folder: Path,
    days: Sequence[str],
    *,
    copy: Copy = "compliance",
    lang: str = "zh",
    branches: Register | None = None,
    earlier: EarlierAudits | None = None,
    letterhead: Letterhead = PLAIN,
    options: Options = STANDARD,
    summed: Summed | None = None,
    most_rows: int = MOST_ROWS,
) -> Path:
    """One workbook of finished audits in `folder`, named 检查汇总表_20260305.xlsx after the last of `days`.

    `days` are the dates of the visits; `audits` are read one at a time and not kept but for what `summed` gathers.
    Raises `report.*`, `register.empty`; whatever happens no half file is left.
    """
    make_ready(folder)
    words = Wording(Speech(lang), copy, tuple(sorted(one[:10] for one in days if one)), options, letterhead)
    path = folder / f"{free(folder, words.stem(), ('xlsx',))}.xlsx"
    try:
        with files.replacing(path) as temp:
            with zipfile.ZipFile(temp, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as package:
                made = _Register(package, words, Wanted(copy, words.speech, branches), most_rows, summed)
                try:
                    made.gather(audits)
                    made.finish(earlier or EarlierAudits())
                finally:
                    made.close()
            check(temp, path, made.rows_by_entry(), len(made.order()))
    except AuditorError as error:
        if not error.key.startswith("store."):
            raise
        raise AuditorError("report.not_written", file=str(path), said=str(error)) from error
    except OSError as error:
        raise AuditorError("report.not_written", file=str(path), said=str(files.explained(error, path))) from error
    return path


class _Register:
    """A register in the making: every long table is open from the first visit to the last."""

    def __init__(
        self, package: zipfile.ZipFile, words: Wording, wanted: Wanted, most_rows: int, summed: Summed | None
    ) -> None:
        self._package, self._words, self._wanted = package, words, wanted
        self._book = _empty_book()
        self._paint = Paint(words.letterhead.colours)
        self._summed = Summed(words.options) if summed is None else summed
        self._spools: dict[str, list[Spool]] = {key: [] for key in LONG if key != "items"}
        looks = cell_looks(self._book, self._paint, words.options.places)
        self._tables = {}
        for key, wide in LONG.items():
            if key == "items" and wanted.copy == "compliance":
                wide = (*wide, *columns.INSIDE)
            frame = words.frame(key, wide, bare=key == "items")
            self._tables[key] = LongTable(wide, frame, looks, self._sink(key), most_rows)

    def _sink(self, key: str) -> Callable[[int], Sink]:
        """Items go straight into the package; other tables wait, as only one entry can be open."""

        def direct(number: int) -> Sink:
            return self._package.open(entry("items", number), _ENTRY)

        def spooled(_: int) -> Sink:
            self._spools[key].append(Spool())
            return self._spools[key][-1]

        return direct if key == "items" else spooled

    def gather(self, audits: Iterable[tuple[Audit, Score]]) -> None:
        """The rows of each visit, which is then forgotten but for what the summaries need."""
        values = {
            "losses": columns.loss_values,
            "vetoes": columns.veto_values,
            "actions": columns.action_values,
        }
        for number, (audit, score) in enumerate(audits, 1):
            seen = look(audit, score, self._wanted)
            self._summed.add(seen)
            self._add("items", columns.item_values(seen, number))
            for key, rows in values.items():
                self._add(key, rows(seen, self._tables[key].rows + 1))
        if not self._summed.outlets:
            raise AuditorError("register.empty")

    def _add(self, key: str, rows: Iterable[tuple[Value, ...]]) -> None:
        table = self._tables[key]
        for row in rows:
            table.add(row)

    def finish(self, earlier: EarlierAudits) -> None:
        """The summaries, then every sheet in its order, under one workbook."""
        self._modules()
        for table in self._tables.values():
            table.close()
        short = self._short_sheets(earlier)
        entries: dict[str, str] = {}
        for place, (key, number) in enumerate(self.order(), 1):
            if key in LONG:
                entries[f"xl/worksheets/sheet{place}.xml"] = entry(key, number)
        self._book.calculation = CalcProperties(fullCalcOnLoad=True)
        out = BytesIO()
        self._book.save(out)
        title = self._words.title("register").replace("\n", " ")
        last = max(self._words.days, default="")
        core = core_xml(title, f"{last}T00:00:00+00:00" if last else "", f"auditor {__version__}")
        values = {f"xl/worksheets/sheet{n}.xml": one.cached for n, one in short.items()}
        self._packed(filled(out.getvalue(), values, core), entries)

    def close(self) -> None:
        """No entry of the package stays open, however it ended."""
        for table in self._tables.values():
            table.abandon()

    def _modules(self) -> None:
        rows = [columns.module_row(one, self._words.options.places) for one in self._summed.modules.values()]
        rows.sort(key=lambda row: tuple(map(str, (row[0] or row[1], row[3], row[4]))))
        self._add("modules", rows)
        figures = [row[9] for row in rows if row[9] is not None]
        exact = [x for one in self._summed.modules.values() if (x := one.ratio) is not None]
        average = mean(exact)
        if average is not None:
            shown_average = shown(average, self._words.options.places, 100)
            for label, figure in (("average", shown_average), ("highest", max(figures)), ("lowest", min(figures))):
                blanks = ("",) * 7
                self._tables["modules"].add(("", self._words.say(f"last.{label}"), *blanks, figure, None))

    def order(self) -> list[tuple[str, int]]:
        """(sheet, its number): a long table has as many sheets as it needed."""
        order = []
        for key in SHEETS:
            count = len(self._tables[key].sheets) if key in LONG else 1
            order += [(key, number) for number in range(1, count + 1)]
        return order

    def rows_by_entry(self) -> dict[str, int]:
        """How many rows each long sheet has, with title, headings and foot."""
        return {
            entry(key, number): count
            for key, table in self._tables.items()
            for number, count in enumerate(table.heights, 1)
        }

    def _short_sheets(self, earlier: EarlierAudits) -> dict[int, Short]:
        """Every sheet has its place in the book; long ones are empty there but for how they are printed."""
        pages: dict[str, tuple[int, Short]] = {}
        widths = {"ranking": RANKING, "branches": BRANCHES, "frequent": FREQUENT, "appeals": APPEALS}
        for place, (key, number) in enumerate(self.order(), 1):
            sheet = self._book.create_sheet(self._words.sheet(key, number))
            if key in widths:
                pages[key] = (place, Short(sheet, self._words, self._paint, len(widths[key])))
            else:
                row = self._tables[key].frame.header_row
                sheet.print_title_rows = f"{row}:{row}"
        ranked = write_ranking(
            pages["ranking"][1], self._summed, earlier_figures(self._summed, earlier, self._words.days)
        )
        write_branches(pages["branches"][1], ranked)
        write_frequent(pages["frequent"][1], self._summed)
        write_appeals(pages["appeals"][1])
        return dict(pages.values())

    def _packed(self, saved: bytes, entries: dict[str, str]) -> None:
        """The saved package into ours, its empty long sheets replaced by the streamed ones."""
        with zipfile.ZipFile(BytesIO(saved)) as source:
            for name in source.namelist():
                if name in entries:
                    continue
                data = source.read(name)
                if name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
                    for old, new in entries.items():
                        data = data.replace(f"/{old}".encode(), f"/{new}".encode())
                self._package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, LEVEL)
        for key, spools in self._spools.items():
            for number, spool in enumerate(spools, 1):
                with self._package.open(entry(key, number), _ENTRY) as sink:
                    for part in spool.read():
                        sink.write(part)


def _empty_book() -> Any:
    book: Any = Workbook()
    book.remove(book.worksheets[0])
    book._named_styles["Normal"].font = styles.NORMAL
    return book


def entry(key: str, number: int) -> str:
    """Where a long sheet lies in the package."""
    return f"xl/worksheets/{key}{number}.xml"


def cell_looks(book: Any, paint: Paint, places: int = 2) -> Looks:
    """The cell formats of long sheets, known before the first row: openpyxl numbers them as they are first used."""
    sheet = book.create_sheet("looks")

    def index(one: styles.Look, *, quoted: bool = False) -> int:
        cell = sheet.cell(sheet.max_row + 1, 1)
        paint(cell, one)
        if quoted:
            put(cell, "=")
        found: int = cell.style_id
        return found

    of: dict[Kind, styles.Look] = {
        "text": styles.Look(size=9, wrap=False),
        "free": styles.Look(size=9, wrap=False),
        "wrapped": styles.Look(size=9),
        "code": styles.Look(size=9, wrap=False, number="@"),
        "points": styles.Look(size=9, across="right", wrap=False),
        "figure": styles.Look(size=9, across="right", wrap=False, number=decimals(places)),
        "count": styles.Look(size=9, across="center", wrap=False, number="0"),
    }
    looks = Looks(
        cells={kind: index(one) for kind, one in of.items()},
        quoted={kind: index(one, quoted=True) for kind, one in of.items()},
        header=index(styles.HEADER),
        title=index(styles.Look(size=16, bold=True, colour=styles.BRAND, frame=False, wrap=False)),
        about=index(styles.SUBTITLE),
        foot=index(styles.Look(frame=False, wrap=False)),
    )
    book.remove(sheet)
    return looks
