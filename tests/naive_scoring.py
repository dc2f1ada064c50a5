"""A second scoring, deliberately naive: written from the sentences of `scoring.md` alone, slow, with no cleverness.

It shares no code with `auditor.scoring`; only the syntax of conditions is read by `auditor.expressions.parse`.
Everything is looked up again each time it is asked for. Used to check the engine, never by the product.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from auditor import expressions as ex
from auditor.audit import Answer, Audit
from auditor.checklist import Item, Section

HUNDRED = Fraction(100)


def rounded(x: Fraction, decimals: int) -> Fraction:
    """S1: half_up(half_up(x, 9), decimals), ties away from zero."""
    for places in (9, decimals):
        y = abs(x) * 10**places + Fraction(1, 2)
        y = Fraction(y.numerator // y.denominator, 10**places)
        x = y if x >= 0 else -y
    return x


def seconds(clock: str) -> int:
    hours, minutes, *rest = map(int, clock.split(":"))
    return hours * 3600 + minutes * 60 + (rest[0] if rest else 0)


PLAIN: dict[str, Any] = {
    "seconds_between": lambda a, b: Fraction(seconds(b) - seconds(a)),
    "minutes_between": lambda a, b: Fraction(seconds(b) - seconds(a), 60),
    "days_between": lambda a, b: Fraction((date.fromisoformat(b) - date.fromisoformat(a)).days),
    "abs": abs,
    "length": lambda x: Fraction(len(x)),
    "round": lambda x, places=Fraction(0): (
        (1 if x >= 0 else -1) * Fraction(int((abs(x) * 10 ** int(places) + Fraction(1, 2)) // 1), 10 ** int(places))
    ),
}


class NaiveScore:
    """Everything about one audit, by asking."""

    def __init__(self, audit: Audit, effects: bool | None = None) -> None:
        self.audit = audit
        self.checklist = audit.checklist
        self.final = audit.state == "finished" if effects is None else effects
        self.sections = {section.id: section for section, _ in self.checklist.walk()}
        self.above = {section.id: [*above, section] for section, above in self.checklist.walk()}
        self.items = {item.id: item for item in self.checklist.items()}
        self.home = {item.id: section for section, _ in self.checklist.walk() for item in section.items}
        self.order = [item.id for item in self.checklist.items()]
        self._memory: dict[Any, Any] = {}

    # -- where things are ------------------------------------------------------------------------------------

    def repeater(self, section: Section) -> Section | None:
        return next((one for one in self.above[section.id] if one.repeat), None)

    def numbers(self, section: Section) -> tuple[int, ...]:
        return tuple(self.audit.instances.get(section.id, ()))

    def paths(self, item: Item) -> list[tuple[str, int]]:
        """(path, instance) of an item; instance 0 where it does not repeat."""
        repeats = self.repeater(self.home[item.id])
        if repeats is None:
            return [(item.id, 0)]
        return [(f"{repeats.id}#{n}/{item.id}", n) for n in self.numbers(repeats)]

    def path(self, item: Item, n: int) -> str:
        repeats = self.repeater(self.home[item.id])
        return f"{repeats.id}#{n}/{item.id}" if repeats else item.id

    def everywhere(self) -> Iterator[tuple[Item, int]]:
        for name in self.order:
            for _, n in self.paths(self.items[name]):
                yield self.items[name], n

    def answer(self, item: Item, n: int) -> Answer:
        return self.audit.answers.get(self.path(item, n), Answer())

    # -- S2: which answers are in force ----------------------------------------------------------------------

    def remember(self, key: Any, work: Any) -> Any:
        if key not in self._memory:
            self._memory[key] = work()
        return self._memory[key]

    def hidden(self, item: Item, n: int) -> bool:
        def work() -> bool:
            if item.show_if and not self.true(item.show_if, item, n):
                return True
            return any(s.show_if and not self.true(s.show_if, item, n) for s in self.above[self.home[item.id].id])

        return bool(self.remember(("hidden", item.id, n), work))

    def has_answer(self, item: Item, n: int) -> bool:
        if item.kind == "info":
            return False
        if item.computed:
            return True
        answer = self.answer(item, n)
        given = answer.value is not None and answer.value not in ((), "")
        return given or answer.na is not None or (item.kind == "photo" and bool(answer.photos))

    def in_force(self, item: Item, n: int) -> bool:
        return self.has_answer(item, n) and not self.hidden(item, n) and not self.skipped(item, n)

    def position(self, target: str) -> int:
        if target in self.items:
            return self.order.index(target)
        section = self.sections[target]
        while not section.items:
            section = section.sections[0]
        return self.order.index(section.items[0].id)

    def skipped(self, item: Item, n: int) -> bool:
        def work() -> bool:
            here = self.order.index(item.id)
            mine = self.repeater(self.home[item.id])
            for other, m in self.everywhere():
                there = self.order.index(other.id)
                theirs = self.repeater(self.home[other.id])
                if there >= here or (mine is not None and mine is theirs and m != n):
                    continue
                if not any(c.skip for c in self.possible_consequences(other)) or not self.in_force(other, m):
                    continue
                if any(c.skip and there < here < self.position(c.skip) for c in self.consequences(other, m)):
                    return True
            return False

        return bool(self.remember(("skipped", item.id, n), work))

    def possible_consequences(self, item: Item) -> list[Any]:
        return [*item.options, *item.bands]

    def consequences(self, item: Item, n: int) -> list[Any]:
        """The options chosen or the band fallen into; none of an na answer."""
        answer = self.answer(item, n)
        if answer.na and not item.computed:
            return []
        value = self.value(item, n)
        if value is None:
            return []
        if item.kind == "choice":
            return [option for option in item.options if option.id == value]
        if item.kind == "multi":
            return [option for option in item.options if option.id in value]
        if item.bands:
            return [next(b for b in item.bands if b.up_to is None or Fraction(value) <= Fraction(b.up_to))]
        return []

    def value(self, item: Item, n: int) -> Any:
        if item.computed:
            return self.remember(("value", item.id, n), lambda: self.computed(item, n))
        return self.answer(item, n).value

    def computed(self, item: Item, n: int) -> Any:
        found = self.come_to(ex.parse(str(item.value)), item, n)
        if isinstance(found, bool) or not isinstance(found, Fraction):
            return None
        places = 1 if item.kind == "duration" else item.decimals
        y = abs(found) * 10**places + Fraction(1, 2)
        y = Fraction(y.numerator // y.denominator, 10**places)
        return y if found >= 0 else -y

    def losers(self, item: Item, n: int) -> bool:
        """Whether an answer in force takes this item's points."""
        targets = {item.id, *(section.id for section in self.above[self.home[item.id].id])}
        mine = self.repeater(self.home[item.id])
        for other, m in self.everywhere():
            if not any(set(c.lose) & targets for c in self.possible_consequences(other)):
                continue
            theirs = self.repeater(self.home[other.id])
            if mine is not None and mine is theirs and m != n:
                continue
            if self.in_force(other, m) and any(set(c.lose) & targets for c in self.consequences(other, m)):
                return True
        return False

    def status(self, item: Item, n: int) -> str:
        def work() -> str:
            if self.hidden(item, n):
                return "hidden"
            if item.scored and item.role != "penalty" and self.losers(item, n):
                return "lost"
            if self.skipped(item, n):
                return "skipped"
            if not item.scored:
                return "unscored"
            if item.computed and self.value(item, n) is None:
                return "na"
            if not self.has_answer(item, n) or self.incomplete(item, n) or self.invalid(item, n):
                return "open"
            if item.computed:
                return "answered"
            return "na" if self.answer(item, n).na else "answered"

        return str(self.remember(("status", item.id, n), work))

    # -- S3, S4: evidence ------------------------------------------------------------------------------------

    def incomplete(self, item: Item, n: int) -> bool:
        if item.computed:
            return False
        answer = self.answer(item, n)
        if answer.na:
            critical = any(c.critical for c in self.possible_consequences(item))
            wants = item.na_reason if item.na_reason is not None else self.checklist.na_reason
            return bool((critical or wants) and not answer.reasons and not answer.note)
        loses = self.raw(item, n) < Fraction(item.points or 0) if item.scored else False
        if item.role == "bonus":
            loses = False
        for what, there in (("note", bool(answer.note)), ("photo", bool(answer.photos)), ("reason", True)):
            demand = self.demand(item, n, what)
            if not (demand == "always" or (demand == "loses" and loses)):
                continue
            if what == "reason":
                wanted = int(answer.value) if item.kind == "occurrences" and isinstance(answer.value, int) else 1
                there = len(answer.reasons) >= max(1, wanted)
            if not there:
                return True
        return False

    def invalid(self, item: Item, n: int) -> bool:
        """Whether `valid_if` is false; one that reads an empty value is not tested."""
        if not item.valid_if or self.answer(item, n).na:
            return False
        tree = ex.parse(item.valid_if)
        read = [name for name in ex.names(tree) if name in self.items]
        return all(self.seen(name, item, n) is not None for name in read) and not self.come_to(tree, item, n)

    def demand(self, item: Item, n: int, what: str) -> str:
        said = [getattr(c.evidence, what) for c in self.consequences(item, n) if c.evidence]
        ranking = ("never", "optional", "loses", "always")
        own = [one for one in said if one]
        if own:
            return max(own, key=ranking.index)
        return getattr(item.evidence, what) or getattr(self.checklist.evidence, what) or "optional"

    # -- S5: items -------------------------------------------------------------------------------------------

    def raw(self, item: Item, n: int) -> Fraction:
        """What the answer earns as a normal item would, within [floor, points]."""
        full, value = Fraction(item.points or 0), self.value(item, n)
        if item.kind == "multi":
            replaced = {name for option in item.options if option.id in value for name in option.replaces}
            earned = full
            for option in item.options:
                if option.id in value and option.id not in replaced:
                    earned -= self.taken(item, option)
        elif item.kind == "occurrences":
            amount = int(value) * Fraction(item.unit or 0)
            amount = amount if item.max is None else min(amount, Fraction(item.max))
            earned = amount if item.role == "bonus" else full - amount
        elif self.consequences(item, n):
            earned = full - self.taken(item, self.consequences(item, n)[0])
        elif item.kind == "rating":
            share = Fraction(int(value) - item.low, item.high - item.low)
            earned = full * (1 - share if item.reversed else share)
        else:
            earned = full
        return max(Fraction(item.floor), min(full, earned))

    def taken(self, item: Item, part: Any) -> Fraction:
        if part.deduct is not None:
            return Fraction(part.deduct)
        share = Fraction(1) if part.share is None else Fraction(part.share)
        return Fraction(item.points or 0) * (1 - share)

    def points(self, item: Item, n: int) -> tuple[Fraction, Fraction] | None:
        """(earned, possible) of a normal item, None where it does not count."""
        full, status = Fraction(item.points or 0), self.status(item, n)
        if status == "lost":
            return Fraction(0), full
        if status == "na":
            treatment = "exclude" if item.computed else (item.na or self.checklist.na)
            return (full, full) if treatment == "full" else None
        return (self.raw(item, n), full) if status == "answered" else None

    def extra(self, item: Item, n: int) -> Fraction:
        """What a bonus adds or a penalty takes."""
        if self.status(item, n) != "answered":
            return Fraction(0)
        return self.raw(item, n) - (Fraction(item.points or 0) if item.role == "penalty" else 0)

    # -- S6: critical effects --------------------------------------------------------------------------------

    def fired(self) -> list[tuple[str, str, Decimal | None]]:
        found = []
        for item, n in self.everywhere():
            if item.trap or not self.in_force(item, n):
                continue
            for part in self.consequences(item, n):
                found += [(self.path(item, n), effect.name, effect.at) for effect in part.critical]
        return found

    def zeroed(self, section: Section, n: int, effects: bool) -> bool:
        if not effects:
            return False
        return any(
            effect.name == "zero_section"
            for item in section.items
            if not item.trap and self.in_force(item, n)
            for part in self.consequences(item, n)
            for effect in part.critical
        )

    # -- S5: sections ----------------------------------------------------------------------------------------

    def section(self, section: Section, n: int, effects: bool) -> tuple[Fraction, Fraction] | None:
        """(earned, possible); None where nothing is possible."""
        if section.repeat and n == 0:
            return self.combined(section, effects)
        if section.sections:
            found = self.siblings(section.sections, n, effects, Fraction(section.points or 0))
            if found is None:
                return None
            ratio, possible = found
            ratio = max(Fraction(0), ratio) if section.over else max(Fraction(0), min(Fraction(1), ratio))
            return ratio * possible, possible
        counted = [(item, self.points(item, n)) for item in section.items if item.scored and item.role == "normal"]
        possible = sum((p[1] for _, p in counted if p), Fraction(0))
        if possible == 0:
            return None
        if self.zeroed(section, n, effects):
            return Fraction(0), possible
        earned = sum((p[0] for _, p in counted if p), Fraction(0))
        if section.max_deduction is not None:
            lost = sum((p[1] - p[0] for item, p in counted if p and self.status(item, n) == "answered"), Fraction(0))
            earned += max(Fraction(0), lost - Fraction(section.max_deduction))
        for item in section.items:
            if item.scored and item.role != "normal" and item.on == "section":
                earned += self.extra(item, n)
        ratio = max(Fraction(0), earned / possible)
        ratio = ratio if section.over else min(Fraction(1), ratio)
        return ratio * possible, possible

    def siblings(
        self, sections: tuple[Section, ...], n: int, effects: bool, declared: Fraction, fault: bool = False
    ) -> tuple[Fraction, Fraction] | None:
        """(ratio, possible) of sections side by side."""
        found = [(one, self.any_fault(one, effects) if fault else self.section(one, n, effects)) for one in sections]
        counting = [(one, part[0], part[1]) for one, part in found if part is not None]
        if not counting:
            return None
        if any(one.weight is not None for one in sections):
            weights = {one.id: Fraction(one.weight or 0) for one in sections}
        elif all(one.points is not None for one in sections) and not self.adds_up(sections, declared):
            weights = {one.id: Fraction(one.points or 0) for one in sections}
        else:
            possible = sum((p for _, _, p in counting), Fraction(0))
            return sum((e for _, e, _ in counting), Fraction(0)) / possible, possible
        whole = sum((weights[one.id] for one, _, _ in counting), Fraction(0))
        if whole == 0:
            return None
        ratio = sum((weights[one.id] * e / p for one, e, p in counting), Fraction(0)) / whole
        return ratio, sum((p for one, _, p in counting if weights[one.id] > 0), Fraction(0))

    def adds_up(self, sections: tuple[Section, ...], declared: Fraction) -> bool:
        def of_items(section: Section) -> Fraction:
            own = sum((Fraction(i.points or 0) for i in section.items if i.scored and i.role == "normal"), Fraction(0))
            return own + sum((of_items(child) for child in section.sections), Fraction(0))

        each = all(of_items(one) == Fraction(one.points or 0) for one in sections)
        return each and sum((Fraction(one.points or 0) for one in sections), Fraction(0)) == declared

    def combined(self, section: Section, effects: bool) -> tuple[Fraction, Fraction] | None:
        assert section.repeat
        if section.repeat.combine == "any_fault":
            return self.any_fault(section, effects)
        parts = [part for n in self.numbers(section) if (part := self.section(section, n, effects)) is not None]
        if not parts:
            return None
        if section.repeat.combine == "worst":
            return min(parts, key=lambda part: part[0] / part[1])
        ratio = sum((e / p for e, p in parts), Fraction(0)) / len(parts)
        possible = sum((p for _, p in parts), Fraction(0)) / len(parts)
        return ratio * possible, possible

    def any_fault(self, section: Section, effects: bool) -> tuple[Fraction, Fraction] | None:
        """Each item combined over the instances first; then the sections inside as always."""
        repeats = self.repeater(section)
        assert repeats
        if section.sections:
            found = self.siblings(section.sections, 0, effects, Fraction(section.points or 0), fault=True)
            if found is None:
                return None
            return max(Fraction(0), min(Fraction(1), found[0])) * found[1], found[1]
        earned = possible = Fraction(0)
        for item in section.items:
            if not item.scored or item.role != "normal":
                continue
            seen = [(self.points(item, n), n) for n in self.numbers(repeats)]
            counting = [(p, n) for p, n in seen if p is not None]
            if counting:
                full = Fraction(item.points or 0)
                possible += full
                perfect = all(p[0] == full and not self.zeroed(section, n, effects) for p, n in counting)
                earned += full if perfect else 0
        return (max(Fraction(0), min(Fraction(1), earned / possible)) * possible, possible) if possible else None

    # -- S5, S6, S7: the total -------------------------------------------------------------------------------

    def exact(self, effects: bool) -> Fraction | None:
        scale = Fraction(self.checklist.scale)
        found = self.siblings(self.checklist.sections, 0, effects, scale)
        if found is None:
            return None
        total = found[0] * scale
        for item, n in self.everywhere():
            if not item.scored or item.role == "normal" or item.on != "total":
                continue
            if item.role == "bonus" and self.zeroed(self.home[item.id], n, effects):
                continue
            total += self.extra(item, n)
        ceiling = scale if self.checklist.ceiling is None else Fraction(self.checklist.ceiling)
        return max(Fraction(0), min(ceiling, total))

    def before_critical(self) -> Fraction | None:
        total = self.exact(False)
        return None if total is None else rounded(total, self.checklist.decimals)

    def total(self) -> Fraction | None:
        total = self.exact(self.final)
        if total is not None and self.final:
            caps = [Fraction(at) for _, name, at in self.fired() if name == "cap" and at is not None]
            total = min([total, *caps])
            if any(name == "zero_total" for _, name, _ in self.fired()):
                total = Fraction(0)
        return None if total is None else rounded(total, self.checklist.decimals)

    def grade(self) -> str | None:
        total = self.total()
        if total is None or not self.final or not self.checklist.grades:
            return None
        names = [grade.id for grade in self.checklist.grades]
        place = next(i for i, grade in enumerate(self.checklist.grades) if Fraction(grade.from_) <= total)
        if any(name == "grade_down" for _, name, _ in self.fired()):
            place = min(place + 1, len(names) - 1)
        return names[place]

    def figures(self, section: Section) -> list[Fraction]:
        """The figures a threshold is tested on: one, or one per instance for a section inside a repeating one."""
        repeats = self.repeater(section)
        inside = repeats is not None and repeats is not section
        parts = [self.section(section, n, self.final) for n in (self.numbers(repeats) if inside and repeats else (0,))]
        return [rounded(p[0] / p[1] * HUNDRED, self.checklist.decimals) for p in parts if p is not None]

    def figure(self, section: Section, n: int) -> Fraction | None:
        """A section's shown figure, in instance n; None where nothing is possible."""
        part = self.section(section, n, self.final)
        return None if part is None else rounded(part[0] / part[1] * HUNDRED, self.checklist.decimals)

    def section_passed(self, section: Section) -> bool | None:
        if section.pass_ is None or not self.figures(section):
            return None
        if isinstance(section.pass_, Decimal):
            return all(figure >= Fraction(section.pass_) for figure in self.figures(section))
        names = [grade.id for grade in section.grades]
        places = [
            next(i for i, grade in enumerate(section.grades) if Fraction(grade.from_) <= figure)
            for figure in self.figures(section)
        ]
        return all(place <= names.index(section.pass_) for place in places)

    def passed(self) -> bool | None:
        if not self.final:
            return None
        failed = any(name == "fail" for _, name, _ in self.fired())
        rule = self.checklist.pass_ is not None or any(s.pass_ is not None for s in self.sections.values())
        total = self.total()
        if failed:
            return False
        if total is None or not rule:
            return None
        met = [self.section_passed(section) is not False for section in self.sections.values()]
        if isinstance(self.checklist.pass_, Decimal):
            met.append(total >= Fraction(self.checklist.pass_))
        elif self.checklist.pass_ is not None:
            names = [grade.id for grade in self.checklist.grades]
            met.append(names.index(self.grade() or "") <= names.index(self.checklist.pass_))
        return all(met)

    # -- conditions ------------------------------------------------------------------------------------------

    def true(self, text: str, item: Item, n: int) -> bool:
        return bool(self.come_to(ex.parse(text), item, n))

    def seen(self, name: str, item: Item, n: int) -> Any:
        """The value of another item as this one sees it; None when not given or not in force."""
        other = self.items[name]
        repeats = self.repeater(self.home[name])
        m = n if repeats is not None and repeats is self.repeater(self.home[item.id]) else 0
        if not self.in_force(other, m) or (self.answer(other, m).na and not other.computed):
            return None
        value = self.value(other, m)
        return Fraction(value) if isinstance(value, (int, Decimal)) else value

    def come_to(self, tree: Any, item: Item, n: int) -> Any:
        if isinstance(tree, ex.Literal):
            return tree.value
        if isinstance(tree, ex.Name):
            return self.seen(tree.id, item, n) if tree.id in self.items else tree.id
        if isinstance(tree, ex.Unary):
            inner = self.come_to(tree.operand, item, n)
            return not inner if tree.op == "not" else (None if inner is None else -inner)
        if isinstance(tree, ex.Listed):
            return [self.come_to(entry, item, n) for entry in tree.entries]
        return self.call(tree, item, n) if isinstance(tree, ex.Call) else self.binary(tree, item, n)

    def call(self, tree: Any, item: Item, n: int) -> Any:
        name = tree.function
        if name in ("answered", "is_na"):
            other = self.items[tree.args[0].id]
            m = n if self.repeater(self.home[other.id]) else 0
            if not self.in_force(other, m):
                return False
            na = self.value(other, m) is None if other.computed else self.answer(other, m).na is not None
            return na if name == "is_na" else not na
        if name == "score":
            part = self.section(self.sections[tree.args[0].id], 0, False)
            return None if part is None else part[0] / part[1] * HUNDRED
        if name == "today":
            return self.audit.header.visited[:10]
        if name in ("any", "all", "count", "min", "max", "mean"):
            return self.over_instances(tree, item, n)
        given = [self.come_to(one, item, n) for one in tree.args]
        if name == "if":
            return given[1] if given[0] else given[2]
        return None if None in given else PLAIN[name](*given)

    def over_instances(self, tree: Any, item: Item, n: int) -> Any:
        """Aggregates ignore what is empty; over no values any and all are false, count 0, the others empty."""
        here = self.repeater(self.home[item.id])
        found = []
        for arg in tree.args:
            repeats = {self.repeater(self.home[name]) for name in ex.names(arg) if name in self.items} - {None, here}
            if not repeats:
                found.append(self.come_to(arg, item, n))
            for section in repeats:
                assert section
                inside = next(i for i in self.checklist.items() if self.repeater(self.home[i.id]) is section)
                found += [self.come_to(arg, inside, m) for m in self.numbers(section)]
        given = [value for value in found if value is not None]
        if tree.function in ("any", "all"):
            return bool(given) and (any(given) if tree.function == "any" else all(given))
        if tree.function == "count":
            return Fraction(len([value for value in given if value is not False]))
        if not given:
            return None
        return {"min": min, "max": max, "mean": lambda values: sum(values, Fraction(0)) / len(values)}[tree.function](
            given
        )

    def binary(self, tree: Any, item: Item, n: int) -> Any:
        if tree.op in ("and", "or"):
            both = bool(self.come_to(tree.left, item, n)), bool(self.come_to(tree.right, item, n))
            return all(both) if tree.op == "and" else any(both)
        left, right = self.come_to(tree.left, item, n), self.come_to(tree.right, item, n)
        if tree.op in ("=", "!="):
            same = left is not None and right is not None and _alike(left, right)
            return same if tree.op == "=" else not same
        if tree.op == "in":
            return left is not None and (left in right if right is not None else False)
        if left is None or right is None:
            return None if tree.op in "+-*/" else False
        if tree.op in ("<", "<=", ">", ">="):
            return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[tree.op]
        if tree.op == "/":
            return None if right == 0 else left / right
        return {"+": left + right, "-": left - right, "*": left * right}[tree.op] if tree.op != "/" else None


def _alike(left: Any, right: Any) -> bool:
    if isinstance(left, tuple) or isinstance(right, tuple):
        return set(left if isinstance(left, tuple) else [left]) == set(right if isinstance(right, tuple) else [right])
    return bool(left == right)
