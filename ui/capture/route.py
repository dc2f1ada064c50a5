"""The way through a visit: its places in order, how far each has come, what comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from auditor.audit import Answer, Audit, split_path
from auditor.scoring.tree import Fired, ItemScore, Score
from ui.capture.places import AWAY, Place, Progress, needs_answer, places, progress

Filter = Literal["all", "open", "lost", "photo", "flagged"]
FILTERS: tuple[Filter, ...] = ("all", "open", "lost", "photo", "flagged")


class Route:
    """Refreshed by `lay` when sections or instances changed, by `measure` when the score did."""

    def __init__(self) -> None:
        self.places: tuple[Place, ...] = ()
        self.progress: dict[str, Progress] = {}
        self._scores: Mapping[str, ItemScore] = {}
        self._answers: Mapping[str, Answer] = {}
        self._critical: tuple[Fired, ...] = ()
        self._home: dict[str, Place] = {}
        """The place of each item, by path."""

    def lay(self, audit: Audit) -> bool:
        """Take the places of an audit; whether they are others than before."""
        found = places(audit)
        changed = [one.key for one in found] != [one.key for one in self.places]
        self.places = found
        self._home = {path: one for one in found for path in one.paths()}
        return changed

    def measure(
        self,
        scores: Mapping[str, ItemScore],
        score: Score,
        answers: Mapping[str, Answer],
        changed: Collection[str] | None = None,
    ) -> Sequence[Place]:
        """See how far each place has come; the places looked at. `changed` names the paths that are otherwise since,
        None: any may be."""
        again: Sequence[Place] = self.places
        if changed is not None and score.critical == self._critical:
            again = self._about(changed)
        else:
            self.progress = {}
        self._scores, self._answers, self._critical = scores, answers, score.critical
        self.progress |= {one.key: progress(one, scores, score, answers) for one in again}
        return again

    def _about(self, paths: Collection[str]) -> list[Place]:
        """The places these paths say something of: a header field of an instance is told at all its places."""
        homes = {self._home[path].key for path in paths if path in self._home}
        instances = {split_path(path)[:2] for path in paths if path not in self._home}
        return [one for one in self.places if one.key in homes or (one.repeat, one.instance) in instances]

    def at(self, key: str) -> Place | None:
        return next((one for one in self.places if one.key == key), None)

    def of(self, path: str) -> Place | None:
        """The place that holds a path; of a header field of an instance the instance's first; of a section its own."""
        section, instance, _ = split_path(path)
        around = (one for one in self.places if instance and one.is_of(section, instance))
        named = (one for one in self.places if one.section.id == path)
        return self._home.get(path) or next(around, None) or next(named, None)

    def first(self) -> Place | None:
        """The first place with something open, else the first that is shown."""
        shown = [one for one in self.places if self.progress[one.key].visible]
        return next((one for one in shown if self.progress[one.key].open_paths), None) or next(iter(shown), None)

    def beside(self, place: Place | None, step: int) -> Place | None:
        """The shown place before or after one."""
        shown = [one for one in self.places if self.progress[one.key].visible or one == place]
        if place not in shown:
            return None
        at = shown.index(place) + step
        return shown[at] if 0 <= at < len(shown) else None

    def instead_of(self, gone: Place | None) -> Place | None:
        """Where to go when a place is no more: another instance of its section, else the first place."""
        same = [one for one in self.places if gone is not None and one.section.id == gone.section.id]
        return same[-1] if same else self.first()

    def open_count(self) -> int:
        return sum(len(one.open_paths) for one in self.progress.values())

    def next_open(self, place: Place | None, path: str) -> str:
        """The open path after `path` (else in `place`), round the whole visit; "" when none is open."""
        order = [(one, item) for one in self.places for item in one.paths()]
        start = next((n for n, (_, one) in enumerate(order) if one == path), -1)
        if start < 0:
            start = next((n for n, (one, _) in enumerate(order) if one == place), 0) - 1
        turned = [one for _, one in (*order[start + 1 :], *order[: start + 1])]
        waiting = {one for each in self.progress.values() for one in each.open_paths}
        return next((one for one in turned if one in waiting), "")

    def scores_of(self, place: Place) -> list[ItemScore]:
        """Of the items of a place that are shown, in order."""
        scores = [self._scores.get(path) for path in place.paths()]
        return [one for one in scores if one is not None and one.status not in AWAY]

    def counts(self, place: Place) -> Mapping[Filter, int]:
        """How many cards each filter shows in a place; of open ones those that are required."""
        here = self.progress[place.key]
        given = [one for one in map(self._answers.get, place.paths()) if one is not None]
        return {
            "open": len(here.open_paths),
            "lost": here.lost_count,
            "photo": len([one for one in given if one.photos]),
            "flagged": len([one for one in given if one.flagged]),
        }

    def paths(self, place: Place, wanted: Filter = "all") -> list[str]:
        """The items of a place that a filter shows, in order."""
        shown = self.scores_of(place)
        if wanted == "open":
            infos = {place.path(item) for item in place.section.items if item.kind == "info"}
            shown = [one for one in shown if one.path not in infos and needs_answer(one, self._answers)]
        elif wanted == "lost":
            shown = [one for one in shown if one.deducted > 0 or one.status == "lost"]
        elif wanted in ("photo", "flagged"):
            given = {one.path: self._answers.get(one.path, Answer()) for one in shown}
            with_photos = wanted == "photo"
            shown = [one for one in shown if (given[one.path].photos if with_photos else given[one.path].flagged)]
        return [one.path for one in shown]
