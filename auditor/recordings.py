"""What counts as a recording, by the ending of its name."""

from __future__ import annotations

from typing import Literal

from auditor.errors import AuditorError

AUDIO = frozenset({"aac", "amr", "flac", "m4a", "mp3", "ogg", "opus", "wav", "wma"})
VIDEO = frozenset({"3gp", "avi", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "webm", "wmv"})


def kind_of(name: str) -> Literal["audio", "video"]:
    """Sound or film. Raises `photos.clip_unknown` for what is neither."""
    suffix = name.rpartition(".")[2].lower()
    if suffix not in AUDIO | VIDEO:
        raise AuditorError("photos.clip_unknown", file=name)
    return "audio" if suffix in AUDIO else "video"
