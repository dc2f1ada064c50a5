"""S2: which items are hidden, skipped and lost, and whose answers are in force. One `Run` per scoring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from auditor.audit import Audit, Value
from auditor.checklist.parts import Consequences
from auditor.scoring import items
from auditor.scoring.asking import Test
from auditor.scoring.conditions import View, figure
from auditor.scoring.layout import Layout, Node, Place, Standing
from auditor.scoring.outcome import Outcome
from auditor.scoring.plan import Plan
from auditor.scoring.sections import tally


@dataclass(eq=False, slots=True)
class Run:
    """One scoring under way: what every answer comes to by itself, and what is found out about its standing."""

    plan: Plan
    layout: Layout
    audit: Audit
    alone: list[Outcome]
    """What each answer comes to by itself, by the node's position."""
    acting: list[Node]
    """Nodes whose answer loses, skips or triggers something."""
    standing: Standing
    """What the conditions come to, as far as it is found out."""
    skipping: list[tuple[Node, int]] = field(default_factory=list)
    """Nodes whose answer skips, with the index of the item to go on with."""
    checking: set[int] = field(default_factory=set)
    views: dict[str, View] = field(default_factory=dict)
    """Of each instance, by how its paths begin."""

    def view(self, place: Place) -> View:
        """The visit as seen from a place."""
        known = self.views.get(place.inside)
        if known is None:
            home = place.plan.repeat if place.instance else None
            known = self.views[place.inside] = View(self, home, place.instance, place.inside)
        return known

    def in_force(self, node: Node) -> bool:
        return node.position not in self.standing.gone

    def value(self, node: Node) -> Value:
        """A value in force, complete or not; None is empty."""
        if node.position in self.standing.gone or self.alone[node.position].worth is None:
            return None
        if node.plan.computes is not None:
            return self.standing.computed.get(node.path)
        answer = self.audit.answers.get(node.path)
        return answer.value if answer is not None and answer.na is None else None

    def has_value(self, node: Node) -> bool:
        return self.in_force(node) and self.alone[node.position].worth is not None

    def is_na(self, node: Node) -> bool:
        """Not applicable is in force, with its reason or without."""
        if not self.in_force(node):
            return False
        if node.plan.value is not None:
            return self.standing.computed.get(node.path) is None
        answer = self.audit.answers.get(node.path)
        return answer is not None and answer.na in node.plan.na_codes

    def ratio(self, place: Place) -> Fraction | None:
        """A section's exact ratio by the running figure, before critical effects."""
        return tally(place, settled(self, place.first, place.last), self.plan.unit).ratio


def stand(run: Run) -> list[Outcome]:
    """What every item comes to once it is known what is hidden, lost and skipped.

    While the answers that decide it are the same, so is what stands, and no condition is asked again.
    """
    asked = _asked(run)
    if run.standing.asked == asked and not run.plan.asks_scores:
        for position, outcome in run.standing.outcomes.items():
            _take(run, run.layout.nodes[position], outcome)
    else:
        run.standing = Standing(asked)
        _find_out(run)
        run.layout.standing = run.standing
    return settled(run, 0, len(run.alone))


def _asked(run: Run) -> tuple[object, ...]:
    """What conditions, computed values and skips depend on, where they read no score: answers, the visit's date."""
    return (run.audit.header.visited[:10], *[run.audit.answers.get(node.path) for node in run.layout.asked])


def _find_out(run: Run) -> None:
    """Ask the conditions, in dependency order."""
    run.skipping = [(node, end) for node in run.acting for end in _skip_ends(run, node)]
    for node in run.layout.order:
        if not _is_shown(run, node):
            run.standing.gone[node.position] = "hidden"
        elif run.skipping and _is_skipped(run, node):
            run.standing.gone[node.position] = "skipped"
        if node.plan.computes is not None:
            _compute(run, node)
            run.skipping += [(node, end) for end in _skip_ends(run, node)]


def settled(run: Run, first: int, last: int) -> list[Outcome]:
    """A copy of all outcomes in which those from `first` to `last` have their final status: the first that fits."""
    outcomes = list(run.alone)
    for position, how in run.standing.gone.items():
        if first <= position < last:
            node = run.layout.nodes[position]
            outcomes[position] = items.hidden(node) if how == "hidden" else items.skipped(node)
    for position, by in _lost(run).items():
        node = run.layout.nodes[position]
        if first <= position < last and run.standing.gone.get(position) != "hidden" and items.can_be_lost(node):
            outcomes[position] = items.lost(node, tuple(by), run.in_force(node))
    for node in run.layout.checked:
        if first <= node.position < last:
            outcomes[node.position] = _checked(run, node, outcomes[node.position])
    return outcomes


def entails(run: Run, node: Node) -> tuple[Consequences, ...]:
    """The options or band that a node's answer stands for, if it is in force."""
    worth = run.alone[node.position].worth
    return worth.entails if worth is not None and run.in_force(node) else ()


def _is_shown(run: Run, node: Node) -> bool:
    place, test = node.place, node.plan.is_shown
    return (not place.conditional or section_shown(run, place)) and (test is None or test(run.view(place)))


def section_shown(run: Run, place: Place) -> bool:
    """Whether a section and all around it are shown; a repeating section's condition stands outside its instances."""
    known = run.standing.shown.get(place.path)
    if known is None:
        known = place.above is None or section_shown(run, place.above)
        test = place.plan.is_shown
        if known and test is not None and not place.is_instance:
            known = test(run.view(place))
        run.standing.shown[place.path] = known
    return known


def _is_skipped(run: Run, node: Node) -> bool:
    """Whether an answer in force jumps over it: from inside an instance never over another's items (S2)."""
    return any(
        source.plan.index < node.plan.index < end and _meets(source, node) and run.in_force(source)
        for source, end in run.skipping
    )


def _meets(source: Node, node: Node) -> bool:
    """Whether two nodes stand in one instance, or in different sections altogether."""
    repeat = source.plan.section.repeat
    return repeat is None or repeat is not node.plan.section.repeat or source.instance == node.instance


def _skip_ends(run: Run, node: Node) -> Iterator[int]:
    worth = run.alone[node.position].worth
    return (run.plan.targets(said.skip)[0] for said in (worth.entails if worth else ()) if said.skip)


def _compute(run: Run, node: Node) -> None:
    """A computed item: answered when its value is not empty, otherwise na; hidden or skipped, it has none."""
    assert node.plan.computes is not None
    worth = node.plan.computes(run.view(node.place)) if run.in_force(node) else None
    value = items.stored(node, figure(worth))
    run.standing.computed[node.path] = value
    outcome = items.na_outcome(node) if value is None else items.of_value(node, value)
    run.standing.outcomes[node.position] = outcome
    _take(run, node, outcome)


def _take(run: Run, node: Node, outcome: Outcome) -> None:
    run.alone[node.position] = outcome
    if outcome.acts:
        run.acting.append(node)


def _lost(run: Run) -> dict[int, list[str]]:
    """Positions whose points an answer in force takes, with the paths of those answers in reading order (连带扣分)."""
    taken: dict[int, list[str]] = {}
    for source in sorted(run.acting, key=lambda node: node.position):
        names = dict.fromkeys(name for said in entails(run, source) for name in said.lose)
        for name in names:
            for node in _targets(run, source, name):
                by = taken.setdefault(node.position, [])
                if source.path not in by:
                    by.append(source.path)
    return taken


def _targets(run: Run, source: Node, name: str) -> Iterator[Node]:
    """The nodes a `lose` reaches: from outside all instances, from inside those of its own (S5)."""
    section = run.plan.sections.get(name)
    home = section.repeat if section else run.plan.by_id[name].section.repeat if name in run.plan.by_id else None
    own = home is not None and home is source.plan.section.repeat
    for index in range(*run.plan.targets(name)):
        yield from (node for node in run.layout.of.get(index, ()) if not own or node.instance == source.instance)


def _checked(run: Run, node: Node, outcome: Outcome) -> Outcome:
    """`valid_if` false leaves an answer open, unless it reads something empty; `require_if` demands an answer."""
    score, plan = outcome.score, node.plan
    refutable = plan.is_refuted is not None and outcome.worth is not None
    demandable = plan.is_demanded is not None and (refutable or not outcome.answered)
    if not (refutable or demandable) or not score.in_force or score.status == "lost" or node.position in run.checking:
        return outcome
    run.checking.add(node.position)
    try:
        lacking: tuple[str, ...] = ()
        if plan.is_refuted is not None and outcome.worth is not None and _tested(run, node, plan.is_refuted):
            lacking = ("valid",)
        if plan.is_demanded is not None and (not outcome.answered or lacking) and _tested(run, node, plan.is_demanded):
            lacking = (*lacking, "require")
        return items.left_open(node, outcome, lacking) if lacking else outcome
    finally:
        run.checking.discard(node.position)


def _tested(run: Run, node: Node, test: Test) -> bool:
    """What a test comes to, remembered; not where scores are read, which it may ask for before all is found out."""
    if run.plan.asks_scores:
        return test(run.view(node.place))
    known = run.standing.tested.get((node.position, test))
    if known is None:
        known = run.standing.tested[node.position, test] = test(run.view(node.place))
    return known
