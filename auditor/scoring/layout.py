"""Where everything of one audit stands: items and sections at their paths, instance by instance, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from auditor.audit import Answer, Value, item_path
from auditor.scoring.items import unanswered
from auditor.scoring.outcome import Outcome

if TYPE_CHECKING:
    from auditor.scoring.asking import Test
    from auditor.scoring.plan import ItemPlan, Plan, SectionPlan
    from auditor.scoring.sections import Tally
    from auditor.scoring.tree import SectionScore


@dataclass(eq=False, slots=True)
class Node:
    """One item, or one item of one instance."""

    plan: ItemPlan
    position: int
    path: str
    instance: int
    place: Place
    known: dict[Value, Outcome] = field(default_factory=dict)
    """What the values met so far come to."""
    standing: dict[str, Outcome] = field(default_factory=dict)
    """What it comes to without regard to its answer's value: hidden, skipped, na."""
    unanswered: Outcome = field(init=False)


@dataclass(eq=False, slots=True)
class Place:
    """One section, one instance of it, or a repeating section over all its instances."""

    plan: SectionPlan
    path: str
    above: Place | None
    instance: int
    """The instance it is or stands in, 0 outside."""
    first: int = 0
    last: int = 0
    """Its items: `layout.nodes[first:last]`."""
    children: list[Place] = field(default_factory=list)
    repeats: bool = field(init=False)
    """Whether it is a repeating section over all its instances."""
    is_instance: bool = field(init=False)
    """Whether it is one of these instances."""
    inside: str = field(init=False)
    """How the paths of its instance begin; "" outside."""
    parent: str = field(init=False)
    conditional: bool = field(init=False)
    """Whether it, or a section around it, is shown on a condition."""
    part: Part | None = None
    """Of a section of the top: what it last came to."""

    def __post_init__(self) -> None:
        home = self.plan.repeat
        self.repeats = home is self.plan and not self.instance
        self.is_instance = home is self.plan and bool(self.instance)
        self.inside = f"{home.section.id}#{self.instance}/" if home and self.instance else ""
        self.parent = self.above.path if self.above else ""
        self.conditional = self.plan.show is not None or (self.above is not None and self.above.conditional)


@dataclass(frozen=True, slots=True)
class Read:
    """The answers as last read, by the node's position: what each comes to by itself."""

    answers: list[Answer | None]
    outcomes: list[Outcome]


@dataclass(frozen=True, slots=True)
class Part:
    """What a section of the top last came to, with all it was worked out from."""

    made_of: tuple[object, ...]
    tally: Tally
    sections: list[SectionScore]
    """It and all below it, parents first."""


@dataclass(eq=False, frozen=True, slots=True)
class Standing:
    """What the conditions last came to (S2), with all they were asked about."""

    asked: tuple[object, ...]
    gone: dict[int, str] = field(default_factory=dict)
    """Positions of `hidden` and `skipped` items; of hidden sections all theirs."""
    shown: dict[str, bool] = field(default_factory=dict)
    """Whether a section is shown, by path."""
    computed: dict[str, Decimal | str | None] = field(default_factory=dict)
    """Computed values, by path."""
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    """What computed items come to, by position."""
    tested: dict[tuple[int, Test], bool] = field(default_factory=dict)
    """Whether `valid_if` is refuted and `require_if` demands, by position."""


@dataclass(eq=False, slots=True)
class Layout:
    """All places of one audit."""

    top: list[Place] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    """Parents before children."""
    nodes: list[Node] = field(default_factory=list)
    of: dict[int, list[Node]] = field(default_factory=dict)
    """Nodes by the index of their item."""
    by_path: dict[str, Node] = field(default_factory=dict)
    place_at: dict[str, Place] = field(default_factory=dict)
    unanswered: list[Outcome] = field(default_factory=list)
    """What every node comes to without an answer."""
    order: list[Node] = field(default_factory=list)
    """Nodes of `plan.order`: whether they stand is found out in this order (S2)."""
    checked: list[Node] = field(default_factory=list)
    """Nodes with `valid_if` or `require_if`."""
    asked: list[Node] = field(default_factory=list)
    """Nodes of `plan.asked`: their answers decide which items stand."""
    able: list[Node] = field(default_factory=list)
    """Nodes with an answer that loses, skips or triggers something."""
    read: Read = field(default_factory=lambda: Read([], []))
    standing: Standing = field(default_factory=lambda: Standing(()))

    def siblings(self, index: int, node: Node) -> list[Node]:
        """The nodes of an item as `node` sees them: its own instance's within its repeating section, else all (S5)."""
        others = self.of.get(index, [])
        repeat = node.plan.section.repeat
        if repeat is None or not others or others[0].plan.section.repeat is not repeat:
            return others
        return [one for one in others if one.instance == node.instance]


def lay_out(plan: Plan, instances: Mapping[str, Iterable[int]]) -> Layout:
    layout = Layout()
    layout.top = [_place(layout, one, None, 0, instances) for one in plan.top]
    layout.unanswered = [node.unanswered for node in layout.nodes]
    layout.order = [node for one in plan.order for node in layout.of.get(one.index, ())]
    layout.checked = [node for one in plan.checked for node in layout.of.get(one.index, ())]
    layout.asked = [node for one in plan.asked for node in layout.of.get(one.index, ())]
    layout.able = [node for node in layout.nodes if node.plan.may_act]
    layout.read = Read([None] * len(layout.nodes), layout.unanswered)
    return layout


def _place(
    layout: Layout, plan: SectionPlan, above: Place | None, instance: int, instances: Mapping[str, Iterable[int]]
) -> Place:
    """A section and all below it; a repeating one holds its instances instead of its items."""
    path = item_path(plan.section.id, plan.repeat.section.id if plan.repeat else "", instance)
    place = _started(layout, Place(plan, path, above, instance))
    if plan.repeat is plan and not instance:
        for number in instances.get(plan.section.id, ()):
            one = _started(layout, Place(plan, f"{plan.section.id}#{number}", place, number))
            _fill(layout, one, instances)
            place.children.append(one)
        place.last = len(layout.nodes)
    else:
        _fill(layout, place, instances)
    return place


def _started(layout: Layout, place: Place) -> Place:
    place.first = len(layout.nodes)
    layout.places.append(place)
    layout.place_at[place.path] = place
    return place


def _fill(layout: Layout, place: Place, instances: Mapping[str, Iterable[int]]) -> None:
    for one in place.plan.items:
        repeat = one.section.repeat.section.id if one.section.repeat else ""
        path = item_path(one.item.id, repeat, place.instance)
        node = Node(one, len(layout.nodes), path, place.instance, place)
        node.unanswered = unanswered(node)
        layout.nodes.append(node)
        layout.of.setdefault(one.index, []).append(node)
        layout.by_path[path] = node
    place.children += [_place(layout, one, place, place.instance, instances) for one in place.plan.children]
    place.last = len(layout.nodes)
