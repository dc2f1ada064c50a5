"""The inspected outlet as reports, registers and file names call it: from the bank's register, else as typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Outlet(Protocol):
    """What the register knows of a branch."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def parent(self) -> str: ...
    @property
    def type(self) -> str: ...


class Register(Protocol):
    """Where a branch is looked up, by code or name."""

    def find(self, text: str, /) -> Outlet | None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """The inspected outlet; `type` is known from the register only."""

    code: str
    name: str
    parent: str
    type: str = ""


def placed(branch: str, name: str, parent: str, register: Register | None) -> Place:
    """From the register where it has the branch, else as typed in the header; a name is never a code."""
    known = register.find(branch) if register and branch else None
    if known:
        return Place(known.code, name or known.name, parent or known.parent, known.type)
    return Place(branch if name else "", name or branch, parent)
