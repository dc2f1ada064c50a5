"""A small reserve file, so that modelled disks stay small; and one table of all faults at the end of a full run."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import Any

import pytest

from auditor.store import reserve

FAULTS = {
    "test_kill": "F1 kill at random",
    "test_syscalls": "F2 kill at every syscall",
    "test_power": "F3 power cut, modelled",
    "test_ext4": "F4 power cut, ext4",
    "test_failing": "F5 F6 failing calls",
    "test_refused": "F5 F6 failing calls",
    "test_bytes": "F7 flips, truncations",
    "test_kinds_of_file": "F7 flips, truncations",
    "test_processes": "F8 several processes",
    "test_model": "F9 model",
    "test_clock": "F15 clocks",
    "test_soak": "F16 soak",
    "test_shapes": "F17 upgrades",
    "test_upgrades": "F17 upgrades",
    "test_store_backups": "F18 restore drill",
    "test_memory": "F19 memory",
}


@pytest.fixture(autouse=True)
def small_reserve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserve, "SIZE", 512)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Fault, tries, lost, wrong, skipped and why. A test says `tries`, `lost` and `wrong` as properties; one that says
    none is one try, and one that fails without saying what was lost is one wrong."""
    if not os.environ.get("AUDITOR_FULL"):
        return
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    why: dict[str, set[str]] = defaultdict(set)
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            fault = FAULTS.get(report.nodeid.split("::")[0].rpartition("/")[2].removesuffix(".py"))
            if fault is None:
                continue
            said = dict(report.user_properties)
            if outcome == "skipped":
                sums[fault]["skipped"] += 1
                why[fault].add(str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr))
                continue
            sums[fault]["tries"] += said.get("tries", 1)
            sums[fault]["lost"] += said.get("lost", 0)
            sums[fault]["wrong"] += said.get("wrong", int(outcome != "passed" and not said.get("lost")))
    terminalreporter.section("faults")
    terminalreporter.write_line(f"{'fault':<26}{'tries':>10}{'lost':>7}{'wrong':>7}{'skipped':>9}  why")
    for fault in dict.fromkeys(FAULTS.values()):
        row, reasons = sums[fault], "; ".join(sorted(one.removeprefix("Skipped: ") for one in why[fault]))
        counts = f"{row['tries']:>10,}{row['lost']:>7}{row['wrong']:>7}{row['skipped']:>9}"
        terminalreporter.write_line(f"{fault:<26}{counts}  {reasons}")
