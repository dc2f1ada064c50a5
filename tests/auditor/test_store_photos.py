"""Photos: plain pixels in, hostile files refused with a sentence (design §5, P6)."""

from __future__ import annotations

import hashlib
import random
import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from auditor.errors import AuditorError
from auditor.store import photos
from tests.faults.scene import picture


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_as_a_jpeg_of_at_most_2000_pixels(kind: str) -> None:
    kept = photos.load(picture("red", (2600, 1300), kind), "a")
    assert (opened(kept.data).format, opened(kept.data).size) == ("JPEG", (2000, 1000))
    assert kept.sha256 == hashlib.sha256(kept.data).hexdigest()


def test_a_small_photo_is_not_enlarged() -> None:
    assert opened(photos.load(picture(size=(300, 200))).data).size == (300, 200)


def test_metadata_goes_and_the_time_stays() -> None:
    """P7: no GPS, maker, artist or thumbnail; the camera's time is read first."""
    image, exif = Image.new("RGB", (80, 40), "blue"), Image.Exif()
    exif[0x010F] = "SecretMaker"
    exif[0x013B] = "SecretArtist"
    exif.get_ifd(0x8769)[0x9003] = "2026:03:05 10:12:33"
    exif.get_ifd(0x8769)[0x9011] = "+08:00"
    exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"SecretComment", icc_profile=b"SecretProfile" * 20)
    kept = photos.load(out.getvalue())
    assert kept.taken == "2026-03-05T10:12:33+08:00"
    assert b"Secret" not in kept.data
    assert b"Exif" not in kept.data
    assert len(opened(kept.data).getexif()) == 0


@pytest.mark.parametrize("stamp", ["0000:00:00 00:00:00", "yesterday", "", "2026:13:45 99:00:00"])
def test_a_senseless_camera_time_is_no_time(stamp: str) -> None:
    exif, out = Image.Exif(), BytesIO()
    exif.get_ifd(0x8769)[0x9003] = stamp
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    assert photos.load(out.getvalue()).taken == ""


def test_a_photo_is_turned_upright() -> None:
    image, exif, out = Image.new("RGB", (80, 40), "white"), Image.Exif(), BytesIO()
    image.paste("red", (0, 0, 40, 40))
    exif[0x0112] = 6
    image.save(out, "JPEG", exif=exif)
    kept = opened(photos.load(out.getvalue()).data)
    assert kept.size == (40, 80)
    greens = [kept.convert("RGB").getchannel("G").getpixel(place) for place in ((20, 10), (20, 70))]
    assert greens[0] < 60 < 200 < greens[1]


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA", "1", "I;16", "CMYK"])
def test_every_kind_of_pixels_becomes_plain(mode: str) -> None:
    out = BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (30, 20)).save(out, kind)
    assert opened(photos.load(out.getvalue()).data).mode == "RGB"


def test_transparency_is_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(photos.load(out.getvalue()).data).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("megapixels", [12, 60])
def test_large_jpegs_of_phones_are_taken(megapixels: int) -> None:
    side = int((megapixels * 1_000_000) ** 0.5)
    out = BytesIO()
    Image.new("L", (side, side), 128).save(out, "JPEG", quality=30)
    assert opened(photos.load(out.getvalue(), "phone.jpg").data).size == (2000, 2000)


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it is huge; its pixels were never made."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(7000, 6000), (13_000, 13_000), (30_000, 30_000), (65_000, 65_000)])
def test_a_png_bomb_is_refused_on_its_header(size: tuple[int, int]) -> None:
    """P6: decided before anything is decoded."""
    with pytest.raises(AuditorError) as refused:
        photos.load(png_header(*size), "bomb.png")
    assert refused.value.key == "store.photo_too_large"
    assert "bomb.png" in str(refused.value)


def test_a_truncated_photo_is_refused_at_every_length() -> None:
    dice, out = random.Random(3), BytesIO()
    Image.effect_noise((200, 150), 80).save(out, "JPEG")
    data = out.getvalue()
    for length in [0, 1, 2, 10, *(dice.randrange(20, len(data) - 2) for _ in range(40))]:
        with pytest.raises(AuditorError) as refused:
            photos.load(data[:length], "cut.jpg")
        assert refused.value.key in ("store.photo_broken", "store.not_a_photo")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(40), "photo_heic"),
        (b"GIF89a" + bytes(40), "not_a_photo"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not_a_photo"),
        (b"PK\x03\x04", "not_a_photo"),
        ("网点照片".encode(), "not_a_photo"),
        (b"", "not_a_photo"),
    ],
)
def test_what_is_no_photo_is_refused(data: bytes, key: str) -> None:
    with pytest.raises(AuditorError) as refused:
        photos.load(data, "photo.jpg")
    assert refused.value.key == f"store.{key}"
    assert refused.value.remedy()


def test_damaged_photos_never_crash() -> None:
    """P6: random flips are read or refused, nothing else."""
    dice = random.Random(5)
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = picture("green", (60, 40), kind)
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(3):
                data[dice.randrange(len(data))] = dice.randrange(256)
            with suppress(AuditorError):
                assert photos.load(bytes(data), "flipped").sha256


def test_a_kept_photo_is_found_changed(tmp_path: Path) -> None:
    kept = photos.load(picture())
    photos.keep(tmp_path, kept)
    path = photos.path_in(tmp_path, kept.sha256)
    assert photos.is_sound(path)
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.write_bytes(bytes(data))
    assert not photos.is_sound(path)
    photos.keep(tmp_path, kept)
    assert photos.is_sound(path)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AuditorError) as refused:
        photos.load(tmp_path / "none.jpg")
    assert refused.value.key == "store.vanished"
