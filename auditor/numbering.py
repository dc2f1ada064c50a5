"""The numbers by which people speak of sections and items: `2.1.3`."""

from __future__ import annotations

from auditor.audit import split_path
from auditor.checklist.model import Checklist, Section
from auditor.words import tr


def numbering(checklist: Checklist) -> dict[str, str]:
    """The number of every section and item, by id.

    Information has none (""). A trap item takes its predecessor's with a letter (`2.1.3a`), so that a report, which
    leaves it out, shows no gap.
    """
    numbers: dict[str, str] = {}
    for place, section in enumerate(checklist.sections, 1):
        _number(section, str(place), numbers)
    return numbers


def _number(section: Section, own: str, numbers: dict[str, str]) -> None:
    numbers[section.id] = own
    for place, below in enumerate(section.sections, 1):
        _number(below, f"{own}.{place}", numbers)
    count = traps = 0
    for item in section.items:
        if item.kind == "info":
            numbers[item.id] = ""
        elif item.trap:
            numbers[item.id] = f"{own}.{count}{_letters(traps)}"
            traps += 1
        else:
            count, traps = count + 1, 0
            numbers[item.id] = f"{own}.{count}"


def _letters(place: int) -> str:
    """a, b, … z, then aa, ab, …"""
    tens, ones = divmod(place, 26)
    return (_letters(tens - 1) if tens else "") + chr(ord("a") + ones)


def number_at(numbers: dict[str, str], path: str) -> str:
    """The number of a path; inside an instance with the instance's (`2.1.3（2）`)."""
    section, instance, name = split_path(path)
    if not section and "#" in path:
        name, _, digits = path.partition("#")
        instance = int(digits) if digits.isdigit() else 0
    number = numbers.get(name) or name
    return tr("scoring.in_instance", number=number, n=instance) if instance else number
