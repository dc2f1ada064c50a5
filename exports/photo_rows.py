"""The photos of a report: numbered in reading order, captioned. A signature as it was drawn is none of them."""

from __future__ import annotations

from collections import Counter

from auditor.audit import Answer, Photo, split_path
from auditor.scoring.tree import Score
from exports.blocks import PhotoRow
from exports.copies import View
from exports.moments import day_and_time
from exports.wording import Names


def shots(view: View, path: str) -> tuple[tuple[Photo, str], ...]:
    """The photos of a path with their stage (`before`, `after` or nothing): the answer's, then its finding's."""
    finding = view.audit.findings.get(path)
    found = [(one, str(one.stage)) for one in _taken(view, path)]
    if finding:
        found += [(one, "before") for one in finding.photos_before]
        found += [(one, "after") for one in finding.photos_after]
    return tuple(found)


def _taken(view: View, path: str) -> tuple[Photo, ...]:
    """The photos of an answer; of a signature without the first, which is how it was drawn."""
    answer = view.audit.answers.get(path)
    if answer is None:
        return ()
    drawn = answer.photos and split_path(path)[2] in view.signatures
    return answer.photos[1:] if drawn else answer.photos


def number_photos(view: View, score: Score) -> tuple[tuple[PhotoRow, ...], dict[str, tuple[int, ...]]]:
    """The photos in reading order, those of a corrective action behind the answer's; the answers' numbers by path."""
    rows: list[PhotoRow] = []
    by_path: dict[str, tuple[int, ...]] = {}
    for scored in score.items:
        kept = shots(view, scored.path)
        if not kept:
            continue
        first = len(rows) + 1
        rows += [PhotoRow(first + at, scored.path, one.sha256, "") for at, (one, _) in enumerate(kept)]
        taken = len(_taken(view, scored.path))
        if taken:
            by_path[scored.path] = tuple(range(first, first + taken))
    return tuple(rows), by_path


def caption_photos(view: View, names: Names, photos: tuple[PhotoRow, ...]) -> tuple[PhotoRow, ...]:
    """图3 对应2.1.3 填单台杂乱 2026-03-05 10:12."""
    captioned = []
    before: Counter[str] = Counter()
    for row in photos:
        answer = view.audit.answers.get(row.path) or Answer()
        photo, stage = shots(view, row.path)[before[row.path]]
        before[row.path] += 1
        told = next((one.text for one in answer.reasons if one.text), "")
        staged = f"{view.speech.tr(f'layouts.stage.{stage}')} " if stage else ""
        words = view.speech.tr(
            "report.caption",
            n=row.number,
            item=names.number(row.path),
            words=staged + (photo.caption or told or names.item(row.path)).replace("\n", " "),
            taken=day_and_time(photo.taken, view.precision, view.speech),
        )
        captioned.append(PhotoRow(row.number, row.path, row.sha256, words.strip()))
    return tuple(captioned)
