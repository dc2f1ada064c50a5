"""The engine: from scratch each time, over nothing but the checklist and the answers (S8)."""

from __future__ import annotations

from auditor.audit import Audit
from auditor.scoring.items import of_answer, with_evidence
from auditor.scoring.layout import Layout, Node
from auditor.scoring.outcome import Outcome
from auditor.scoring.plan import plan_of
from auditor.scoring.results import assemble
from auditor.scoring.status import Run, stand
from auditor.scoring.tree import Score

ENGINE = 1
"""The engine's number, held with every frozen score (S9); it grows whenever a rule changes what a score is."""


def score(audit: Audit) -> Score:
    """What the answers are worth. Of a draft the running figure (S4), of a finished audit the final one."""
    run = start(audit)
    outcomes = stand(run) if run.acting or run.plan.order or run.plan.checked else run.alone
    return assemble(run, outcomes, audit.state != "finished")


def start(audit: Audit) -> Run:
    """A scoring with every answer read by itself."""
    plan = plan_of(audit.checklist)
    layout = plan.layout(audit.instances)
    alone, acting = _read(layout, audit)
    return Run(plan, layout, audit, alone, acting)


def _read(layout: Layout, audit: Audit) -> tuple[list[Outcome], list[Node]]:
    """What every answer comes to by itself, and the nodes whose answer does more than earn."""
    alone = list(layout.unanswered)
    acting: list[Node] = []
    for path, answer in audit.answers.items():
        node = layout.by_path.get(path)
        if node is None or node.plan.computes is not None:
            continue
        outcome = node.known.get(answer.value) if answer.na is None else None
        if outcome is None:
            outcome = of_answer(node, answer)
        elif outcome.needs:
            outcome = with_evidence(node, outcome, answer)
        if outcome.acts:
            acting.append(node)
        alone[node.position] = outcome
    return alone, acting
