"""How photos and clips stand in a row, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.audit import Clip, Photo
from auditor.store.lines import Doc
from auditor.text import clean_text


def photo_fields(photos: Sequence[Photo]) -> Doc:
    """`photos` with `labels` (personal) and `stages` beside it where there are any."""
    row: Doc = {"photos": [[one.sha256, one.taken, one.inside] for one in photos]}
    if any(one.name or one.caption for one in photos):
        row["labels"] = [[one.name, one.caption] for one in photos]
    if any(one.stage for one in photos):
        row["stages"] = [one.stage for one in photos]
    return row


def photos_of(row: Doc) -> tuple[Photo, ...]:
    """The photos a row names; erased names and captions are empty."""
    photos = row.get("photos", ())
    if not photos:
        return ()
    labels = row.get("labels") or [["", ""]] * len(photos)
    stages = row.get("stages") or [""] * len(photos)
    return tuple(
        Photo(sha, name, caption, taken, inside, stage)
        for (sha, taken, inside), (name, caption), stage in zip(photos, labels, stages, strict=True)
    )


def with_photo(photos: tuple[Photo, ...], new: Photo) -> tuple[Photo, ...]:
    """The photos with one more. One of after a fault was put right stands behind the one of before: where none is
    called that yet, the last one taken is it."""
    if new.stage != "after":
        return (*photos, new)
    found = list(photos)
    before = [at for at, one in enumerate(found) if one.stage == "before"]
    plain = [at for at, one in enumerate(found) if not one.stage]
    if not before and plain:
        found[plain[-1]] = replace(found[plain[-1]], stage="before")
        before = [plain[-1]]
    staged = [*before, *(at for at, one in enumerate(found) if one.stage == "after")]
    found.insert(max(staged, default=len(found) - 1) + 1, new)
    return tuple(found)


def clips_of(row: Doc) -> tuple[Clip, ...]:
    return tuple(Clip(*one) for one in row.get("clips", ()))


def clean_photo(photo: Photo) -> Photo:
    """The photo with its words through the gate. Raises `answer.too_long`."""
    return replace(photo, name=clean_text(photo.name), caption=clean_text(photo.caption))


def clean_clip(clip: Clip) -> Clip:
    return replace(clip, name=clean_text(clip.name), at=clean_text(clip.at), caption=clean_text(clip.caption))
