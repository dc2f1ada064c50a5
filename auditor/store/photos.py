"""A photo enters as whatever a camera made and is kept as plain pixels: JPEG, upright, without metadata (design §5)."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import AuditorError
from auditor.store import files

if TYPE_CHECKING:
    from PIL import Image

LONG_SIDE = 2000
QUALITY = 85
MOST_BYTES = 100_000_000
MOST_PIXELS = 40_000_000
"""PNG and WEBP are decoded whole: beyond this they are refused on their header (P6)."""
MOST_JPEG_PIXELS = 120_000_000
"""A JPEG is decoded at a fraction of its size."""

_FORMATS = ["JPEG", "PNG", "WEBP"]
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels ready to be kept: JPEG bytes, their SHA-256, and when the camera says they were taken (local ISO time)."""

    data: bytes
    sha256: str
    taken: str = ""


def load(source: Path | bytes, name: str = "") -> Picture:
    """Re-encode a photo: long side at most 2,000 pixels. Raises `store.photo_*` naming the file (P6)."""
    name = name or (source.name if isinstance(source, Path) else "")
    data = files.read(source, MOST_BYTES + 1) if isinstance(source, Path) else source
    if len(data) > MOST_BYTES:
        raise AuditorError("store.photo_too_large", file=name)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        raise AuditorError("store.photo_heic", file=name)
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _encoded(data, name)
    except AuditorError:
        raise
    except Image.DecompressionBombError as error:
        raise AuditorError("store.photo_too_large", file=name) from error
    except UnidentifiedImageError as error:
        raise AuditorError("store.not_a_photo", file=name) from error
    except Exception as error:  # a broken picture makes a decoder raise anything at all
        raise AuditorError("store.photo_broken", file=name) from error


def path_in(folder: Path, sha256: str) -> Path:
    """Where a photo of an audit's folder lies."""
    return folder / "photos" / f"{sha256}.jpg"


def keep(folder: Path, picture: Picture) -> None:
    """Put a photo into an audit's folder, durably, before the line that names it. Raises `store.*`."""
    path = path_in(folder, picture.sha256)
    if is_sound(path):
        return
    files.make_folder(path.parent)
    files.write_atomic(path, picture.data)


def is_sound(path: Path) -> bool:
    """Whether a kept photo is there and holds the bytes its name says."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
    except OSError:
        return False


GRACE = timedelta(days=30)
"""How long a photo that no line names is kept: it may belong to a change that is still being made."""


def collect(folder: Path, named: Container[str], blurred: Container[str], now: datetime) -> list[str]:
    """Take away the photos of an audit's folder that no line ever named, once they are old, and at once those that
    were blurred since, which a crash may have left; which they were."""
    old = (now - GRACE).timestamp()
    there = list(folder.glob("photos/*.jpg"))
    gone = [one.name for one in there if one.stem not in named and one.stat().st_mtime < old]
    gone += [one.name for one in there if one.stem in blurred]
    if gone:
        files.remove_all(folder / "photos", gone)
    return gone


def _encoded(data: bytes, name: str) -> Picture:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        jpeg = image.format in ("JPEG", "MPO")
        if image.width * image.height > (MOST_JPEG_PIXELS if jpeg else MOST_PIXELS):
            raise AuditorError("store.photo_too_large", file=name)
        taken = _taken(image)
        if jpeg:
            image.draft("RGB", _scaled(image.size))
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        plain = _flat(image) if image.mode in ("P", "1") else image  # or their steps would be scaled, not their colours
        if max(plain.size) > LONG_SIDE:
            plain.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.BICUBIC)
        return encoded(_flat(plain), taken)


def _scaled(size: tuple[int, int]) -> tuple[int, int]:
    """What a photo comes to: draft mode keeps both sides at least so long, so that a square would undo it."""
    most = max(size)
    return max(1, size[0] * LONG_SIDE // most), max(1, size[1] * LONG_SIDE // most)


def encoded(image: Image.Image, taken: str = "") -> Picture:
    """Plain RGB pixels as they are kept."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return Picture(out.getvalue(), hashlib.sha256(out.getvalue()).hexdigest(), taken)


def _flat(image: Image.Image) -> Image.Image:
    """Plain RGB: transparency on white, 16-bit greys scaled down, nothing carried along."""
    from PIL import Image

    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        flat = Image.new("RGB", rgba.size, "white")
        flat.paste(rgba, mask=rgba.getchannel("A"))
        return flat
    rgb = image.convert("RGB")
    rgb.info = {}
    return rgb


def _taken(image: Image.Image) -> str:
    """The camera's local time, with its offset when it said so; "" when it said nothing sensible."""
    from PIL import ExifTags

    try:
        exif = image.getexif()
        inner = exif.get_ifd(ExifTags.IFD.Exif)
        stamp = str(inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or "")
        offset = str(inner.get(ExifTags.Base.OffsetTimeOriginal) or "").strip("\0 ")
        day = datetime.strptime(stamp.strip("\0 "), "%Y:%m:%d %H:%M:%S").isoformat()
        return datetime.fromisoformat(day + offset).isoformat() if offset else day
    except (ValueError, TypeError, KeyError, SyntaxError, OSError):
        return ""
