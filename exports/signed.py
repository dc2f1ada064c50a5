"""Who signs a report, and who has signed already: by name, and by hand where it was drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on; `seal` leaves 45 × 45 mm for the seal beside it. Signed in the program, it says by whom."""

    label: str
    seal: bool = False
    name: str = ""
    signed: str = ""
    """The day, in words; empty where it is to be written in."""
    drawing: str = ""
    """SHA-256 of the signature as it was drawn: for the program, never printed."""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """Who answers for one section of a self-inspection, and his signature."""

    number: str
    section: str
    person: str
    signature: str = ""
    signed: str = ""
    drawing: str = ""
    """As of a `Signature`."""
