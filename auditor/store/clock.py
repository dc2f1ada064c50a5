"""What the store takes from the world: the time, and chance. One value, so that sample data can pretend both."""

from __future__ import annotations

import os
import random
import re
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SESSION = secrets.token_hex(4)
"""Random per process start: monotonic times compare only within one."""


AUDIT_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}")
"""`yyyymmddThhmmssZ-xxxxxx`: UTC of creation and a random tail, nothing that identifies (design §5)."""


class Clock:
    """The machine's own clock and chance."""

    session = SESSION

    def now(self) -> datetime:
        """Local time with its offset: a label on a line, never an order (design §5)."""
        return datetime.now().astimezone()

    def mono(self) -> int:
        """Milliseconds that only ever grow, within one session."""
        return int(time.monotonic() * 1000)

    def salt(self) -> str:
        return os.urandom(16).hex()

    def tail(self) -> str:
        """The random end of an audit's id."""
        return secrets.token_hex(3)

    def audit_id(self) -> str:
        return f"{self.now().astimezone(UTC):%Y%m%dT%H%M%SZ}-{self.tail()}"


@dataclass
class Pretended(Clock):
    """Another time and known chance: the same moment and dice give the same journal, byte for byte."""

    moment: datetime
    dice: random.Random
    session: str = "00000000"
    ticks: int = 0

    def now(self) -> datetime:
        return self.moment + timedelta(milliseconds=self.ticks)

    def mono(self) -> int:
        self.ticks += 7000
        return self.ticks

    def salt(self) -> str:
        return f"{self.dice.getrandbits(128):032x}"

    def tail(self) -> str:
        return f"{self.dice.getrandbits(24):06x}"
