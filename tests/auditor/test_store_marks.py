"""Marks on photos: burnt into the pixels, and a blurred one leaves no way back (P7)."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from auditor.audit import Answer
from auditor.store import OpenAudit, Store, backups, marks, photos
from auditor.store.marks import Mark
from auditor.store.verify import verify
from tests.faults.scene import header, small_checklist

FACE = Mark("blur", 0.25, 0.25, 0.5, 0.5)


def scene(seed: int = 0, size: tuple[int, int] = (800, 600)) -> bytes:
    """A photo with small writing all over it, different for every seed."""
    dice, image = random.Random(seed), Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for top in range(0, size[1], 12):
        for left in range(0, size[0], 40):
            draw.text((left, top), str(dice.randrange(10**5)), fill="black")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return keep(tmp_path, scene())


def keep(folder: Path, data: bytes) -> Path:
    picture = photos.load(data)
    photos.keep(folder, picture)
    return photos.path_in(folder, picture.sha256)


def pixels(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def test_a_blurred_patch_comes_to_a_few_flat_cells(kept: Path) -> None:
    """P7: what is left of 200 × 150 pixels is at most 6 cells across, each of one of 16 levels a channel."""
    patch = pixels(marks.burn(kept, [FACE]).data).crop((200, 150, 400, 300))
    across, down = marks.cells((200, 150, 400, 300), 800)
    small = patch.resize((across, down), Image.Resampling.BOX)
    flat = small.resize(patch.size, Image.Resampling.NEAREST)
    worst = max(
        ImageChops.difference(flat, patch)
        .crop((4 + 200 * x // across, 4, 200 * (x + 1) // across - 4, 30))
        .getextrema()
        for x in range(across)
    )
    assert (across, down) == (6, 4)
    assert max(high for _, high in worst) < 12, "a cell has a texture of its own"
    assert len(set(small.get_flattened_data())) <= 16


def test_two_papers_of_one_brightness_blur_to_the_same(tmp_path: Path) -> None:
    """P7: nothing of the letters gets through, or the two would differ."""
    both = [pixels(marks.burn(keep(tmp_path, scene(seed)), [Mark("blur", 0, 0, 1, 1)]).data) for seed in (1, 2)]
    assert ImageChops.difference(*both).getbbox() is None


def test_the_rest_of_the_photo_stays(kept: Path) -> None:
    before, after = pixels(kept.read_bytes()), pixels(marks.burn(kept, [FACE]).data)
    beside = (0, 320, 800, 600)
    worst = max(high for _, high in ImageChops.difference(before.crop(beside), after.crop(beside)).getextrema())
    assert after.size == before.size
    assert worst < 70  # a JPEG of a JPEG


@pytest.mark.parametrize("kind", ["arrow", "box"])
def test_arrows_and_boxes_are_drawn_in_red(kept: Path, kind: marks.MarkKind) -> None:
    drawn = pixels(marks.burn(kept, [Mark(kind, 0.1, 0.1, 0.6, 0.6)]).data)
    red, green, _ = drawn.getpixel((80, 200) if kind == "box" else (280, 210))
    assert red > 150 > 100 > green


@pytest.mark.parametrize("kind", ["arrow", "box", "blur"])
@pytest.mark.parametrize("ends", [(0, 0, 0, 0), (0.9, 0.9, 0.1, 0.1), (-1, -1, 2, 2), (1, 1, 1, 1), (0.5, 0, 0.5, 1)])
def test_no_shape_is_too_odd(kept: Path, kind: marks.MarkKind, ends: tuple[float, float, float, float]) -> None:
    assert pixels(marks.burn(kept, [Mark(kind, *ends)]).data).size == (800, 600)


def test_what_is_drawn_over_a_blur_stays_sharp(kept: Path) -> None:
    """A box drawn before the blur is not blurred with it."""
    box = Mark("box", 0.3, 0.3, 0.45, 0.45)
    assert marks.burn(kept, [box, FACE]).data == marks.burn(kept, [FACE, box]).data


# In an audit


@pytest.fixture
def opened(data: Path) -> OpenAudit:
    store = Store.open(data, write=True)
    return store.create(small_checklist(), header())


def item_of(opened: OpenAudit) -> str:
    return next(item.id for item in opened.audit.checklist.items())


def marked(opened: OpenAudit, sha: str, *shapes: Mark) -> str:
    picture = marks.burn(opened.photo_path(sha), shapes)
    opened.replace_photo(sha, picture, blurred=any(one.kind == "blur" for one in shapes))
    return picture.sha256


def shas(opened: OpenAudit) -> list[str]:
    return [photo.sha256 for _, photo in opened.audit.photos()]


BOX = Mark("box", 0.1, 0.1, 0.3, 0.3)


def test_a_drawn_mark_can_be_undone(opened: OpenAudit) -> None:
    path = item_of(opened)
    first = opened.add_photo(path, scene()).sha256
    second = marked(opened, first, BOX)
    assert shas(opened) == [second]
    opened.undo()
    assert shas(opened) == [first]
    assert photos.is_sound(opened.photo_path(first))
    opened.redo()
    assert shas(opened) == [second]


def test_a_blur_leaves_no_way_back(opened: OpenAudit, data: Path) -> None:
    """P7: not by undo, not by a version marked in between, not in the folder, not after opening it again."""
    path = item_of(opened)
    first = opened.add_photo(path, scene(), name="柜台.jpg").sha256
    opened.answer(path, Answer(note="before", photos=opened.audit.answers[path].photos))
    second = marked(opened, first, BOX)
    third = marked(opened, second, FACE)
    assert shas(opened) == [third]
    there = [one.stem for one in opened.photo_path(third).parent.iterdir()]
    assert there == [third]
    opened.undo()
    assert opened.audit.answers[path].note == "", "the arrow and the blur are no steps any more"
    assert shas(opened) == [third]
    opened.close()
    again = Store.open(data).load(opened.audit.id)
    assert {sha for _, back in again.state.done for doc in back.values() for sha in dict(photos_of(doc))} <= {third}


def photos_of(doc: dict[str, list[list[str]]] | None) -> list[tuple[str, int]]:
    return [(one[0], 1) for one in (doc or {}).get("photos", [])]


def test_the_words_about_a_photo_stay_with_it(opened: OpenAudit) -> None:
    path = item_of(opened)
    first = opened.add_photo(path, scene(), name="柜台.jpg").sha256
    marked(opened, first, FACE)
    assert opened.audit.answers[path].photos[0].name == "柜台.jpg"


def test_one_photo_at_two_items_is_blurred_at_both(opened: OpenAudit) -> None:
    one, other = [item.id for item in opened.audit.checklist.items()][:2]
    first = opened.add_photo(one, scene()).sha256
    second = marked(opened, first, BOX)
    opened.add_photo(other, scene())
    third = marked(opened, first, FACE)
    assert shas(opened) == [third, third]
    assert second != third


def test_a_photo_added_again_after_blurring_stays(opened: OpenAudit) -> None:
    one, other = [item.id for item in opened.audit.checklist.items()][:2]
    first = opened.add_photo(one, scene()).sha256
    third = marked(opened, first, FACE)
    assert opened.add_photo(other, scene()).sha256 == first
    assert opened.blurred == frozenset()
    opened.close()
    assert set(shas(opened)) == {first, third}


def test_what_a_crash_left_of_a_blurred_photo_goes_at_the_next_opening(data: Path) -> None:
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header())
        first = opened.add_photo(item_of(opened), scene())
        left = opened.photo_path(first.sha256)
        bytes_ = left.read_bytes()
        marked(opened, first.sha256, FACE)
        opened.close()
        left.write_bytes(bytes_)
        store.open_audit(opened.audit.id)
        assert not left.exists()


def test_backups_let_go_of_the_unblurred_photo_only(data: Path) -> None:
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header())
        first = opened.add_photo(item_of(opened), scene()).sha256
        other = opened.add_photo(item_of(opened), scene(7)).sha256
        backups.backup(data)
        marked(opened, first, FACE)
        assert backups.forget(data, opened.audit.id, photos=opened.blurred) == 1
        held = {one.name for one in (data / "backups" / "objects").iterdir()}
        assert first not in held
        assert other in held
        opened.close()
    report = verify(Store.open(data))
    assert not [one for one in report.problems() if one.severity == "error"]
