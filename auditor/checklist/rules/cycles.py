"""No condition, computed value or skip waits for itself (S2).

An item waits for what its conditions and those of its sections read, and for every earlier item that can skip it; a
section's score for all of the section, for what its `valid_if`s read, and for every item that can lose or skip
something in it. Skips reach ranges of items: they hang on a tree of ranges, so that ten thousand of them are no
hundred million links.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from auditor.checklist.conditions import bound, option_words
from auditor.checklist.outline import Flaw, Outline, PlacedItem
from auditor.errors import AuditorError
from auditor.expressions import Expr, names, sections

Node = tuple[str, str | int]
"""("item", id), ("section", id): whether it is shown, ("score", id), ("range", n), ("lost", id)."""


MOST = 50
"""Cycles reported; one knot of conditions makes thousands."""


def cycles(outline: Outline) -> Iterator[Flaw]:
    """Each cycle at the condition of the item that comes first in it, one for each such item."""
    if not outline.conditions_fit:
        return
    told: set[tuple[str | int, ...]] = set()
    for cycle in islice(_cycles(_Links(outline).of), MOST):
        steps = [(kind, str(id)) for kind, id in cycle if kind not in ("range", "lost")]
        items = [outline.item_at[id] for kind, id in steps if kind == "item"]
        first = min(items, key=lambda one: one.number, default=None)
        turn = steps.index(("item", first.item.id)) if first else 0
        path = _place(first) if first else (*outline.section_at[steps[0][1]].path, "show_if")
        if path not in told:
            told.add(path)
            around = [f"score({id})" if kind == "score" else id for kind, id in (*steps[turn:], *steps[: turn + 1])]
            yield Flaw(path, "cycle", {"cycle": " → ".join(around[:12]), "id": around[0]})


def _place(one: PlacedItem) -> tuple[str | int, ...]:
    key = next((key for key in ("show_if", "value", "require_if") if getattr(one.item, key)), "id")
    return (*one.path, key)


class _Links:
    """What waits for what."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.words = option_words(outline.checklist)
        self.of: dict[Node, list[Node]] = {}
        self.size = 1
        while self.size < len(outline.items):
            self.size *= 2
        self._sections()
        self._items()
        self._skips_and_losses()

    def _sections(self) -> None:
        for one in self.outline.sections:
            id = one.section.id
            above: list[Node] = [("section", one.above[-1].section.id)] if one.above else []
            self.of[("section", id)] = above + self._read(one.section.show_if)
            inner: list[Node] = [("item", item.id) for item in one.section.items]
            inner += [("score", section.id) for section in one.section.sections]
            for item in one.section.items:
                inner += self._read(item.valid_if)
            self.of[("score", id)] = inner

    def _items(self) -> None:
        for one in self.outline.items:
            waits = self.of.setdefault(("item", one.item.id), [])
            waits.append(("section", one.home.section.id))
            for text in (one.item.show_if, one.item.require_if, one.item.value):
                waits += self._read(text)
            waits.append(("range", self.size + one.number))
        for n in range(2, self.size + len(self.outline.items)):
            self.of.setdefault(("range", n), []).append(("range", n // 2))

    def _read(self, text: str | None) -> list[Node]:
        if text is None:
            return []
        try:
            expr: Expr = bound(text, self.words)
        except AuditorError:
            return []
        items: list[Node] = [("item", id) for id in sorted(names(expr)) if id in self.outline.item_at]
        return items + [("score", id) for id in sorted(sections(expr)) if id in self.outline.section_at]

    def _skips_and_losses(self) -> None:
        for one in self.outline.items:
            source: Node = ("item", one.item.id)
            for _, outcome in one.outcomes():
                reach = self.outline.target(outcome.skip) if outcome.skip else None
                if reach:
                    self._over(one.number + 1, reach[0], source)
                for id in outcome.lose:
                    self._lost(id, source)

    def _over(self, start: int, end: int, source: Node) -> None:
        """Every item from start up to end waits for the source."""
        low, high = start + self.size, end + self.size
        while low < high:
            if low & 1:
                self.of.setdefault(("range", low), []).append(source)
                low += 1
            if high & 1:
                high -= 1
                self.of.setdefault(("range", high), []).append(source)
            low, high = low // 2, high // 2

    def _lost(self, id: str, source: Node) -> None:
        """The score of every section that has something in common with a lost one waits for the sources."""
        lost: Node = ("lost", id)
        if lost in self.of:
            self.of[lost].append(source)
            return
        self.of[lost] = [source]
        item = self.outline.item_at.get(id)
        section = self.outline.section_at.get(id)
        around = (item.home, *item.home.above) if item else (section, *section.above) if section else ()
        inside = self.outline.inner(section) if section else ()
        for one in (*around, *inside):
            self.of[("score", one.section.id)].append(lost)


def _cycles(links: dict[Node, list[Node]]) -> Iterator[list[Node]]:
    """Cycles met by one walk in depth, each group of nodes once; without recursion."""
    done: set[Node] = set()
    for root in links:
        trail: list[Node] = []
        at: dict[Node, int] = {}
        todo: list[tuple[Node, bool]] = [(root, False)]
        while todo:
            node, leaving = todo.pop()
            if leaving:
                trail.pop()
                del at[node]
                done.add(node)
                continue
            if node in at:
                yield trail[at[node] :]
                continue
            if node in done:
                continue
            at[node] = len(trail)
            trail.append(node)
            todo.append((node, True))
            todo += [(one, False) for one in links.get(node, ())]
