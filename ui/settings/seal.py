"""The last line of the settings file says what the program wrote, so that damage is noticed (P2)."""

from __future__ import annotations

import re
import zlib

_SEAL = re.compile(rb'(?:\A|(?<=\n))sum: "([0-9a-f]{8})"\n\Z')


def sealed(text: str) -> bytes:
    """The file's bytes: the text, then a line with its checksum."""
    data = text.encode()
    return data + f'sum: "{zlib.crc32(data):08x}"\n'.encode()


def unsealed(data: bytes) -> tuple[bytes, bool | None]:
    """What stands above that line, and whether it is what was written; None where there is no such line."""
    found = _SEAL.search(data)
    if found is None:
        return data, None
    above = data[: found.start()]
    return above, f"{zlib.crc32(above):08x}".encode() == found[1]
