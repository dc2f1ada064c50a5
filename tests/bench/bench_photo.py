"""A 12-megapixel photo, from its file to the bytes that are kept, against the bare half-scale decode of it."""

from __future__ import annotations

import io
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from auditor.store import photos
from tests.bench.pairs import Figure, pair

SIZE = (4032, 3024)


def scene(size: tuple[int, int] = SIZE) -> bytes:
    """As a phone makes it: light and shadow, edges, the grain of the sensor, an EXIF block; 4 to 5 MB."""
    dice = random.Random(1)
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(400):
        left, top = dice.randrange(size[0]), dice.randrange(size[1])
        colour = tuple(dice.randrange(256) for _ in range(3))
        draw.rectangle((left, top, left + dice.randrange(20, 500), top + dice.randrange(20, 400)), fill=colour)
    image = image.filter(ImageFilter.GaussianBlur(1.2))
    grain = Image.merge("RGB", [Image.effect_noise(size, 30) for _ in range(3)])
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:03:05 10:12:33"
    out = io.BytesIO()
    Image.blend(image, grain, 0.5).save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "phone.jpg"
        path.write_bytes(scene())

        def ours() -> None:
            assert photos.load(path).taken

        def peer() -> None:
            with Image.open(path) as image:
                image.draft("RGB", (SIZE[0] // 2, SIZE[1] // 2))
                image.load()
                assert image.size == (SIZE[0] // 2, SIZE[1] // 2)

        yield pair("photo", ours, peer, peer_name="Pillow draft 1/2 decode", bar=2.7)
