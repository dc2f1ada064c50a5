"""What the window remembers: `<data>/settings.yaml`, written whole each time, set aside when damaged."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from auditor.errors import AuditorError
from auditor.store.upgrades import keep, upgraded
from auditor.words import LANGUAGES
from ui.settings.seal import sealed, unsealed

NAME = "settings.yaml"
FORMAT = 2
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: lambda found: found}
"""What brings the settings of an older format up to the next one. Format 1 had no checksum."""
_MOST = 64_000
THEMES = ("system", "light", "dark")
HANDS = ("both", "left", "right")
ROLES = ("", "shopper", "branch_head", "officer")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting there is; unknown or impossible values in the file are passed over."""

    format: int = FORMAT
    language: str = "zh"
    theme: str = "system"
    scale: int = 100
    """Text size in per cent, 100 to 200."""
    hand: str = "both"
    """At which side the thumb is that answers, in capture."""
    alias: str = ""
    """The shopper's alias last used; never a real name."""
    role: str = ""
    """`shopper`, `branch_head`, `officer`, or "" while none was chosen: a choice, not a login."""
    own_branch: str = ""
    """Organisation code of the branch head's own branch, or its name where the register has none."""
    own_branch_name: str = ""
    due_day: int = 25
    """Day of the month by which the self-inspection is due, 1 to 28."""
    export_folder: str = ""
    evidence_folder: str = ""
    """Where a photo or recording was taken from last."""
    backup_folder: str = ""
    """Where backups go; empty: beside the data."""
    open_audit: str = ""
    """The audit that is open; still there at the next start where the program did not close properly."""
    window: str = ""
    """`width,height,x,y`, or `width,height,x,y,max`."""

    @property
    def backups(self) -> Path | None:
        """The folder chosen for backups, if any was."""
        return Path(self.backup_folder) if self.backup_folder else None


def load(folder: Path) -> tuple[Settings, AuditorError | None]:
    """The settings of a data folder, and what was wrong with the file, which is then set aside (P2)."""
    path = folder / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Settings(), None
    except OSError as error:
        return Settings(), AuditorError("window.settings_unreadable", file=str(path), said=error.strerror or "")
    try:
        above, sound = unsealed(data)
        found = _parsed(above)
    except ValueError:
        return Settings(), _set_aside(path)
    number = found.pop("format", 1)
    if type(number) is not int or number < 1 or not data or sound is False or (sound is None and number > 1):
        return _settings(found), AuditorError("window.settings_changed", file=str(path))
    if number > FORMAT:
        return _settings(found), AuditorError("window.settings_newer", file=str(path))
    return _settings(upgraded(found, number, FORMAT, UPGRADES)), None


def save(folder: Path, settings: Settings) -> None:
    """Write the settings durably; one of an older format is kept beside it. Raises AuditorError `store.…`, and
    `window.settings_newer` where a newer program wrote the file, which is left as it is."""
    from auditor.store import files

    files.make_folder(folder)
    number = _format_of(folder / NAME)
    if number > FORMAT:
        raise AuditorError("window.settings_newer", file=str(folder / NAME))
    if number < FORMAT:
        keep(folder / NAME, number)
    lines = [f"{name}: {_written(value)}\n" for name, value in asdict(settings).items()]
    files.write_atomic(folder / NAME, sealed("".join(lines)))


def _format_of(path: Path) -> int:
    """The format of the file that is there; this program's own where that cannot be told for sure."""
    try:
        data = path.read_bytes()[: _MOST + 1]
    except OSError:
        return FORMAT
    found = re.match(rb"format: (\d{1,9})\n", data)
    number = int(found[1]) if found else FORMAT
    return number if number < FORMAT or unsealed(data)[1] else FORMAT


def _written(value: Any) -> str:
    import json

    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def _parsed(data: bytes) -> dict[str, Any]:
    """The mapping in the file. YAML, by its plain `name: value` lines where they are all there is, so that opening
    the window needn't load a YAML parser. Raises ValueError for anything else."""
    if len(data) > _MOST:
        raise ValueError("too large")
    text = data.decode("utf-8")
    plain = _plain_lines(text)
    if plain is not None:
        return plain
    import yaml

    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError("not YAML") from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ValueError("not a mapping")
    return found


def _plain_lines(text: str) -> dict[str, Any] | None:
    """The file as `save` writes it: names, whole numbers, quoted text. None when it says anything else."""
    import json

    found: dict[str, Any] = {}
    for line in text.splitlines():
        name, colon, value = line.partition(": ")
        if not (colon and name.isidentifier() and (value.isdigit() or (value[:1] == '"' and value[-1:] == '"'))):
            return None
        try:
            found[name] = json.loads(value)
        except ValueError:
            return None
    return found


def _settings(found: dict[str, Any]) -> Settings:
    known = {one.name: one for one in fields(Settings)}
    known.pop("format")
    wanted = {name: value for name, value in found.items() if name in known and _possible(name, value)}
    return Settings(**wanted)


def _possible(name: str, value: Any) -> bool:
    if name == "language":
        return value in LANGUAGES
    if name == "theme":
        return value in THEMES
    if name == "hand":
        return value in HANDS
    if name == "scale":
        return type(value) is int and 100 <= value <= 200
    if name == "due_day":
        return type(value) is int and 1 <= value <= 28
    if name == "role":
        return value in ROLES
    return isinstance(value, str) and len(value) <= 1000


def _set_aside(path: Path) -> AuditorError:
    import secrets

    from auditor.store import files

    kept = path.with_name(f"{path.name}.damaged-{secrets.token_hex(3)}")
    try:
        files.move(path, kept)
    except AuditorError as error:
        return error
    return AuditorError("window.settings_damaged", file=str(path), kept=kept.name)
