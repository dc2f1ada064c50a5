"""Audits of a store as a bank would have them, to be looked at: a good one, a vetoed one, one with sixty photos."""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from auditor.audit import Answer, Audit, Header, Photo
from auditor.scoring import score
from auditor.store import Store, photos
from auditor.store.history import Entry
from checklists.library import find
from exports.blocks import Report
from exports.report import build
from ui.demo.bank import Staff
from ui.demo.pictures import picture as picture_of
from ui.demo.visits import Visit, carry_out

PLACE = {
    "branch": "3101007",
    "branch_name": "滨江商业银行人民广场支行",
    "parent": "滨江商业银行上海分行",
    "period": "2026-Q1",
}
STAFF = Staff("王芳", "赵强", "李静", "周敏")
SHOPPER = "陈明"


@dataclass(frozen=True)
class Scene:
    """A finished audit as a store had it, its photos by SHA-256 and its history."""

    audit: Audit
    photos: dict[str, bytes]
    history: tuple[Entry, ...]

    def report(self, **options: Any) -> Report:
        return build(self.audit, score(self.audit), history=self.history, **options)


def drawn(name: str, size: tuple[int, int] = (800, 260)) -> bytes:
    """A signature as the pad gives it: strokes in black on white, elsewhere for every name."""
    dice = random.Random(name)
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    left, base = 120 + dice.randrange(60), 150
    for at in range(2 + len(name)):
        x = left + at * 105
        points = [
            (x + step * 4, base + math.sin(step / dice.uniform(1.5, 4)) * dice.uniform(20, 60) - step * dice.random())
            for step in range(24)
        ]
        pen.line(points, fill=(16, 20, 24), width=6, joint="curve")
        pen.line([(x + 10, base - 60), (x + 60, base + dice.randrange(-20, 70))], fill=(16, 20, 24), width=6)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def three(folder: Path) -> dict[str, Scene]:
    """Finished audits with corrective actions; signed by hand where the sheet or the sharing of it asks for it."""
    with Store.open(folder, write=True) as store:
        return {
            "good": _visited(store, "branch_self_inspection", "self", 0.12),
            "vetoed": _visited(store, "announced_inspection", "announced", 0.25, critical=True),
            "photos": _visited(store, "branch_mystery_visit", "mystery", 0.3, pictures=60),
        }


def _visited(store: Store, name: str, kind: str, faults: float, *, critical: bool = False, pictures: int = 0) -> Scene:
    """The first visit of that kind that turns out so."""
    for seed in range(40):
        dice = random.Random(f"{name} {seed}")
        header = Header(kind, "2026-03-05T09:40:00+08:00", "2026-03-05T11:32:00+08:00", shopper=SHOPPER, **PLACE)
        visit = Visit(find(name), header, dice, faults, critical=critical, staff=STAFF, today=date(2026, 3, 20))
        opened = carry_out(store, visit)
        audit, history = opened.audit, tuple(store.history(opened.audit.id))
        opened.close()
        if bool(score(audit).critical) == critical:
            kept = {one.sha256: store.photo_path(audit.id, one.sha256).read_bytes() for _, one in audit.photos()}
            return _photographed(signed(Scene(audit, kept, history)), pictures)
    raise AssertionError(f"no visit by {name} turned out as wanted")


def signed(scene: Scene) -> Scene:
    """The same with every signature drawn: of the items that ask for one, and of whoever had a section."""
    audit, kept = scene.audit, dict(scene.photos)

    def by_hand(name: str, taken: str = "") -> Photo:
        picture = photos.load(drawn(name))
        kept[picture.sha256] = picture.data
        return Photo(picture.sha256, taken=taken)

    asked = [item.id for item in audit.checklist.items() if item.kind == "signature"]
    names = dict(zip(asked, ("王芳", "赵强"), strict=False))
    answers = {path: Answer(name, photos=(by_hand(name, "2026-03-05T11:30:00+08:00"),)) for path, name in names.items()}
    duties = {id_: replace(one, drawing=by_hand(one.person)) for id_, one in audit.duties.items()}
    changed = replace(audit, answers={**audit.answers, **answers}, duties=duties, frozen_score=None)
    return replace(scene, audit=changed, photos=kept)


def _photographed(scene: Scene, count: int) -> Scene:
    """With so many photos in all, on the items that lost points first."""
    lost = [one.path for one in score(scene.audit).items if one.deducted]
    answers, kept = dict(scene.audit.answers), dict(scene.photos)
    for at in range(count - sum(1 for _ in scene.audit.photos())):
        picture, path = photos.load(picture_of(f"photo {at}")), lost[at % len(lost)]
        kept[picture.sha256] = picture.data
        taken = f"2026-03-05T{10 + at // 50}:{at % 50:02}:00"
        answers[path] = replace(answers[path], photos=(*answers[path].photos, Photo(picture.sha256, taken=taken)))
    return replace(scene, audit=replace(scene.audit, answers=answers), photos=kept)
