"""What a camera never makes: accepted scaled, or refused with a sentence that names the file; never a hang (P6)."""

from __future__ import annotations

import hashlib
import os
import random
import struct
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from auditor.errors import AuditorError
from auditor.store import clips, files, photos
from tests.auditor.test_store_photos import opened

LONGEST = 10
"""Seconds (P6)."""


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def noise(width: int, height: int) -> Image.Image:
    return Image.effect_noise((width, height), 60).convert("RGB")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def inflating() -> bytes:
    """300 MB of zeros for a picture of 100 × 100."""
    return png(100, 100, chunk(b"IDAT", zlib.compress(bytes(300_000_000), 9)))


def talking() -> bytes:
    """300 MB of words beside a small picture."""
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(300_000_000), 9))
    return png(4, 4, text, chunk(b"IDAT", zlib.compress(bytes(4 * 13))))


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("red", "green", "blue")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


TAKEN: dict[str, Callable[[], bytes]] = {
    "12 megapixels.jpg": lambda: saved(noise(4032, 3024), "JPEG", quality=90),
    "60 megapixels.jpg": lambda: saved(Image.new("RGB", (8944, 6708), "teal"), "JPEG"),
    "progressive.jpg": lambda: saved(noise(4032, 3024), "JPEG", progressive=True),
    "cmyk.jpg": lambda: saved(noise(300, 200).convert("CMYK"), "JPEG"),
    "16 bit.png": lambda: saved(Image.new("I;16", (300, 200), 40_000), "PNG"),
    "palette.png": lambda: saved(noise(2600, 1300).quantize(32), "PNG"),
    "thin.png": lambda: saved(Image.new("L", (30_000, 3)), "PNG"),
    "animated.webp": lambda: animated("WEBP"),
    "one pixel.png": lambda: saved(Image.new("RGB", (1, 1)), "PNG"),
    "named as a jpeg.jpg": lambda: saved(noise(30, 20), "PNG"),
}
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "gif.gif": (lambda: animated("GIF"), "not_a_photo"),
    "tiff.tif": (lambda: saved(noise(300, 200), "TIFF"), "not_a_photo"),
    "bitmap.bmp": (lambda: saved(noise(30, 20), "BMP"), "not_a_photo"),
    "text.jpg": (lambda: "网点照片".encode() * 1000, "not_a_photo"),
    "page.jpg": (lambda: b"%PDF-1.7\n" + bytes(1000), "not_a_photo"),
    "empty.jpg": (lambda: b"", "not_a_photo"),
    "cut.jpg": (lambda: saved(noise(2000, 1500), "JPEG")[:200_000], "photo_broken"),
    "heic.heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(1000), "photo_heic"),
    "wide.png": (lambda: png(60_000, 60_000, chunk(b"IDAT", zlib.compress(bytes(1000)))), "photo_too_large"),
    "wide.jpg": (lambda: wide_jpeg(), "photo_too_large"),
    "talking.png": (talking, "photo_broken"),
}


def wide_jpeg() -> bytes:
    """A small JPEG whose header says 65,000 × 65,000."""
    data = bytearray(saved(noise(64, 64), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", 65_000, 65_000)
    return bytes(data)


@pytest.mark.parametrize("name", TAKEN)
def test_an_odd_photo_is_taken_scaled(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(TAKEN[name]())
    begun = time.monotonic()
    kept = opened(photos.load(path).data)
    assert time.monotonic() - begun < LONGEST
    assert (kept.format, kept.mode) == ("JPEG", "RGB")
    assert max(kept.size) <= photos.LONG_SIDE


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_photo_is_refused_by_name(tmp_path: Path, name: str, language: str) -> None:
    from auditor.words import use_language

    make, key = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(make())
    use_language(language)
    begun = time.monotonic()
    with pytest.raises(AuditorError) as refused:
        photos.load(path)
    assert time.monotonic() - begun < LONGEST
    assert refused.value.key == f"store.{key}"
    assert name in str(refused.value)
    assert refused.value.remedy()


def test_more_bytes_than_pixels_are_never_inflated(tmp_path: Path) -> None:
    """A picture of 100 × 100 needs 30 kB; the other 300 MB stay packed."""
    import tracemalloc

    path = tmp_path / "bomb.png"
    path.write_bytes(inflating())
    tracemalloc.start()
    begun = time.monotonic()
    assert max(opened(photos.load(path).data).size) == 100
    assert time.monotonic() - begun < LONGEST
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_cmyk_keeps_its_colours() -> None:
    red = saved(Image.new("RGB", (40, 40), (200, 30, 40)).convert("CMYK"), "JPEG", quality=95)
    kept = opened(photos.load(red).data).getpixel((9, 9))
    assert max(abs(one - other) for one, other in zip(kept, (200, 30, 40), strict=True)) < 12


def test_sixteen_bits_are_scaled_not_cut_off() -> None:
    grey = saved(Image.new("I;16", (40, 40), 128 * 256), "PNG")
    assert abs(opened(photos.load(grey).data).getpixel((9, 9))[0] - 128) < 3


# Names that lead somewhere else


def refused(path: Path) -> AuditorError:
    begun = time.monotonic()
    with pytest.raises(AuditorError) as caught:
        photos.load(path)
    assert time.monotonic() - begun < LONGEST
    assert path.name in str(caught.value)
    return caught.value


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert refused(tmp_path / "pipe.jpg").key == "store.not_a_file"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices with names on this system")
def test_a_device_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "endless.jpg").symlink_to("/dev/zero")
    assert refused(tmp_path / "endless.jpg").key == "store.not_a_file"


def test_a_folder_is_no_photo(tmp_path: Path) -> None:
    (tmp_path / "folder.jpg").mkdir()
    assert refused(tmp_path / "folder.jpg").key == "store.not_a_file"


def test_a_link_to_nothing_is_said_to_be_gone(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nothing.jpg")
    assert refused(tmp_path / "gone.jpg").key == "store.vanished"


def test_a_link_to_a_photo_is_a_photo(tmp_path: Path) -> None:
    (tmp_path / "there.jpg").write_bytes(saved(noise(30, 20), "JPEG"))
    (tmp_path / "link.jpg").symlink_to(tmp_path / "there.jpg")
    assert photos.load(tmp_path / "link.jpg").sha256


def test_a_file_that_goes_while_it_is_looked_at_is_said_to_be_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card was pulled between finding the file and reading it."""
    path = tmp_path / "card.jpg"
    path.write_bytes(saved(noise(30, 20), "JPEG"))
    whole = Path.open

    def pulled(self: Path, *more: object, **named: object) -> object:
        self.unlink()
        return whole(self, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", pulled)
    assert refused(path).key == "store.vanished"


def test_a_file_cut_while_it_is_read_is_refused_as_broken(tmp_path: Path) -> None:
    path = tmp_path / "growing.jpg"
    data = saved(noise(1000, 800), "JPEG")
    path.write_bytes(data[: len(data) // 2])
    assert refused(path).key == "store.photo_broken"


# Nothing but pixels is kept (P7)

SECRET = b"Secret-7e1f"


def secretive() -> dict[str, bytes]:
    """Photos with something in every place a camera or a program writes to."""
    exif = Image.Exif()
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298, 0x9C9C):
        exif[tag] = SECRET.decode()
    inner = exif.get_ifd(0x8769)
    inner[0x9003], inner[0x9286], inner[0xA433], inner[0xA431] = "2026:03:05 10:12:33", SECRET, "Secret-7e1f", "x"
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 15.0, 50.0), 29: "2026:03:05"})
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET * 30
    image, words = noise(400, 300), PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET.decode())
    words.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET.decode()}</x:xmpmeta>")
    xmp = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    return {
        "JPEG": saved(image, "JPEG", exif=exif, icc_profile=icc, comment=SECRET, xmp=xmp) + SECRET,
        "PNG": saved(image, "PNG", exif=exif, icc_profile=icc, pnginfo=words) + SECRET,
        "WEBP": saved(image, "WEBP", exif=exif, icc_profile=icc, xmp=xmp),
    }


TRACES = (SECRET, b"Exif", b"xmp", b"http://ns.adobe.com", b"ICC_PROFILE", b"Photoshop", b"GPS", b"2026:03:05", b"MPF")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_kept(kind: str) -> None:
    """P7: only JPEG's own segments are left: tables, frame, scan and the JFIF head without a thumbnail."""
    given = secretive()[kind]
    assert any(one in given for one in (SECRET, b"Exif", b"EXIF"))
    kept = photos.load(given)
    assert kept.taken == "2026-03-05T10:12:33"
    assert not [one for one in TRACES if one in kept.data]
    assert segments(kept.data) <= {"E0", "DB", "C0", "C2", "C4", "DA"}
    assert kept.data.endswith(b"\xff\xd9")


def segments(data: bytes) -> set[str]:
    """The markers of a JPEG before its pixels."""
    found, at = set(), 2
    while at < len(data) and data[at] == 0xFF:
        found.add(f"{data[at + 1]:02X}")
        if data[at + 1] == 0xDA:
            break
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return found


# Recordings by reference


def test_a_recording_is_known_by_its_hash_and_read_in_pieces(tmp_path: Path) -> None:
    data = random.Random(1).randbytes(9_000_000)
    (tmp_path / "visit.mp3").write_bytes(data)
    told: list[int] = []
    assert clips.fingerprint(tmp_path / "visit.mp3", told.append) == hashlib.sha256(data).hexdigest()
    assert told == sorted(set(told))
    assert told[-1] == 100


def test_reading_a_recording_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "visit.mp4").write_bytes(bytes(9_000_000))
    with pytest.raises(clips.StoppedError):
        clips.fingerprint(tmp_path / "visit.mp4", stopped=lambda: True)


def test_what_cannot_be_a_recording_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.mp3").write_bytes(b"")
    with pytest.raises(AuditorError, match=r"empty\.mp3"):
        clips.fingerprint(tmp_path / "empty.mp3")
    with pytest.raises(AuditorError) as caught:
        clips.fingerprint(tmp_path)
    assert caught.value.key == "store.not_a_file"


def test_a_photo_file_is_only_read(tmp_path: Path) -> None:
    """The original on the camera is not touched."""
    path = tmp_path / "camera.jpg"
    path.write_bytes(saved(noise(300, 200), "JPEG"))
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    photos.load(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert files.read(path) == before[0]
