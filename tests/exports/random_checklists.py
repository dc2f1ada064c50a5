"""Random checklists that are valid, and random visits to go with them: every kind, rule and effect of S1–S9, seeded.

Conditions, computed values and `skip` look backwards only, and `lose` never reaches the section whose score a later
condition reads, so nothing is cyclic. Everything derives from the `random.Random` given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from auditor.audit import Answer, Audit, Header, Photo, Reason, item_path
from auditor.checklist import Checklist, Item, Section
from auditor.kinds import na_codes

VISITED = "2026-03-05T10:12:00+08:00"
KINDS = ["choice"] * 6 + ["multi", "multi", "occurrences", "occurrences", "number", "rating", "rating", "duration"]
PLAIN_KINDS = ["time", "text", "date", "photo", "signature"]
POINTS = ["0.5", "1", "1.5", "2", "3", "5", "0.3", "7", "2.25"]
EFFECTS: list[Any] = ["zero_section", "zero_total", "fail", "fail", "no_award"]


class _Author:
    """Writes one checklist; remembers what it wrote, so that later items can look back at it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names = 0
        self.written: list[dict[str, Any]] = []
        """Items so far, each with `_section` and `_repeat`."""
        self.sections: list[str] = []
        self.grades = random.random() < 0.6
        self.decimals = random.choice([0, 1, 1, 2])
        self.repeating = ""
        self.any_fault = False
        self.read_section = ""
        """The one section whose score conditions read."""

    def name(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    def chance(self, p: float) -> bool:
        return self.random.random() < p

    # -- the whole -------------------------------------------------------------------------------------------

    def checklist(self) -> dict[str, Any]:
        sections = self.siblings(self.random.randint(2, 4), 0)
        made: dict[str, Any] = {
            "id": "random",
            "version": "1",
            "title": "Random",
            "scale": self.random.choice(["100", "100", "1000", "10"]),
            "decimals": self.decimals,
            "na": self.random.choice(["exclude", "full"]),
            "na_reason": self.chance(0.2),
            "sections": sections,
        }
        if self.chance(0.2):
            made["evidence"] = {self.random.choice(["note", "reason"]): self.random.choice(["loses", "always"])}
        if self.grades:
            made["grades"] = self.scale_of_grades(Decimal(made["scale"]))
        if self.chance(0.7):
            by_grade = self.grades and self.chance(0.3)
            made["pass"] = "g1" if by_grade else str(Decimal(made["scale"]) * self.random.randint(50, 95) / 100)
        if self.chance(0.15):
            made["ceiling"] = str(Decimal(made["scale"]) + 5)
        return made

    def scale_of_grades(self, scale: Decimal) -> list[dict[str, Any]]:
        bounds = sorted(self.random.sample(range(30, 99), 3), reverse=True)
        figures = [*(scale * b / 100 for b in bounds), Decimal(0)]
        return [{"id": f"g{n}", "title": f"Grade {n}", "from": str(figure)} for n, figure in enumerate(figures)]

    # -- sections --------------------------------------------------------------------------------------------

    def siblings(self, count: int, depth: int) -> list[dict[str, Any]]:
        found = [self.section(depth) for _ in range(count)]
        how = self.random.random()
        if how < 0.4:
            for one in found:
                one["weight"] = self.random.choice(["10", "20", "33", "0", "12.5", "7"])
        elif how < 0.5 and depth == 0:
            for one in found:
                one["points"] = str(self.random.randint(5, 40))
        return found

    def section(self, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {"id": self.name("s"), "title": "Section"}
        repeat = depth == 0 and not self.repeating and self.chance(0.3)
        if repeat:
            made["repeat"] = {"min": 0, "max": 5, "combine": self.random.choice(["mean", "worst", "any_fault"])}
            self.repeating = made["id"]
            self.any_fault = made["repeat"]["combine"] == "any_fault"
        if self.chance(0.15):
            self.condition_into(made, "show_if", outside=repeat)
        if depth < (1 if repeat else 2) and self.chance(0.2):
            made["sections"] = self.siblings(2, depth + 1)
        else:
            made["items"] = [self.item(made["id"]) for _ in range(self.random.randint(2, 6))]
            if self.chance(0.15) and not self.any_fault:
                made["max_deduction"] = self.random.choice(["1", "2.5", "4"])
        if self.chance(0.1):
            made["over"] = True
        if self.chance(0.25):
            made["pass"] = str(self.random.randint(40, 90))
        if self.chance(0.2):
            made["grades"] = self.scale_of_grades(Decimal(100))
        self.sections.append(made["id"])
        if repeat:
            self.repeating, self.any_fault = "", False
        elif not self.read_section and "items" in made and depth == 0:
            self.read_section = made["id"]
        return made

    # -- items -----------------------------------------------------------------------------------------------

    def item(self, section: str) -> dict[str, Any]:
        kind = self.random.choice(KINDS if self.chance(0.9) else PLAIN_KINDS)
        made: dict[str, Any] = {"id": self.name("q"), "kind": kind, "text": "Item"}
        if self.chance(0.93):
            made["points"] = self.random.choice(POINTS)
            if self.chance(0.12):
                made["floor"] = self.random.choice(["-1", "-0.5", "0.2"])
        normal = True
        if self.chance(0.12) and "points" in made and kind not in PLAIN_KINDS:
            on = "total" if self.any_fault else self.random.choice(["section", "total"])
            made |= {"role": self.random.choice(["bonus", "penalty"]), "required": False, "on": on}
            normal = False
        self.fill(made, kind, normal)
        if self.chance(0.12):
            self.condition_into(made, "show_if")
        if kind in ("number", "duration") and self.chance(0.2):
            made["valid_if"] = f"{made['id']} >= {self.random.choice(['1', '2', '10'])}"
        if self.chance(0.2) and "value" not in made:
            made["na"] = self.random.choice(["exclude", "full"])
        if self.chance(0.1) and "value" not in made:
            made["evidence"] = {
                self.random.choice(["note", "reason", "photo"]): self.random.choice(["loses", "always"])
            }
        self.written.append({**made, "_section": section, "_repeat": self.repeating})
        return made

    def fill(self, made: dict[str, Any], kind: str, normal: bool) -> None:
        if kind == "choice":
            made["options"] = [self.option(n, made, normal) for n in range(self.random.randint(2, 4))]
        elif kind == "multi":
            made["options"] = self.faults(made, normal)
        elif kind == "occurrences" and "points" in made:
            made["unit"] = self.random.choice(["0.5", "1", "0.3"])
            if self.chance(0.5):
                made["max"] = self.random.choice(["1", "3", "2.5"])
        elif kind == "number":
            made["decimals"] = self.random.choice([0, 1, 2])
            self.banded(made, normal, ["1", "2.5", "10", "40"], 0.8)
            if self.chance(0.3) and normal:
                self.compute(made)
        elif kind == "duration":
            self.banded(made, normal, ["15", "30", "61.5", "300"], 0.9)
        elif kind == "rating":
            made |= {"low": self.random.choice([0, 1]), "high": self.random.choice([4, 5, 8, 10])}
            made["reversed"] = self.chance(0.3)
            self.banded(made, normal, ["1", "2", "3"], 0.2)

    def option(self, n: int, made: dict[str, Any], normal: bool) -> dict[str, Any]:
        option = {"id": f"o{n}", "text": self.random.choice(["Yes", "No", "Partly"]) + f" {n}"}
        if n:
            if self.chance(0.5):
                self.worth(option, made, "share", ["0", "0.5", "0.25", "0.3", "-1"])
            else:
                self.worth(option, made, "deduct", ["0.5", "1", "0.1", "2"])
            self.entail(option, made, normal)
            if self.chance(0.1):
                option["evidence"] = {"note": self.random.choice(["loses", "always", "never"])}
        return option

    def faults(self, made: dict[str, Any], normal: bool) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = [{"id": "none", "text": "No fault", "exclusive": True}]
        for n in range(self.random.randint(2, 4)):
            fault: dict[str, Any] = {"id": f"f{n}", "text": f"Fault {n}"}
            self.worth(fault, made, "deduct", ["0.5", "0.3", "1"])
            if n == 2 and self.chance(0.6):
                fault["replaces"] = ["f0"]
            self.entail(fault, made, normal)
            found.append(fault)
        return found

    def banded(self, made: dict[str, Any], normal: bool, limits: list[str], p: float) -> None:
        if not self.chance(p):
            return
        chosen = sorted(self.random.sample(limits, self.random.randint(1, len(limits))), key=Decimal)
        bands: list[dict[str, Any]] = [{"up_to": one} for one in chosen] + [{"else": True}]
        for n, band in enumerate(bands):
            self.worth(band, made, "share" if self.chance(0.6) else "deduct", ["0", "0.5", "1", "0.3"])
            if n:
                self.entail(band, made, normal)
        made["bands"] = bands

    def worth(self, said: dict[str, Any], made: dict[str, Any], key: str, figures: list[str]) -> None:
        """What an option or band earns; nothing on an unscored item."""
        if "points" in made:
            said[key] = self.random.choice(figures)

    def entail(self, said: dict[str, Any], made: dict[str, Any], normal: bool) -> None:
        """Critical effects, lost points, jumps."""
        if normal and made.get("required", True) and self.chance(0.07):
            effect = self.random.choice(EFFECTS + (["grade_down"] if self.grades else []) + ["cap"])
            said["critical"] = [{"cap": self.random.choice(["5", "40", "60", "59"])} if effect == "cap" else effect]
        near = [one for one in self.written if one["_section"] != self.read_section and one.get("role") != "penalty"]
        if self.chance(0.08) and near:
            outside = [one for one in self.sections if one != self.read_section]
            targets = [one["id"] for one in near[-6:]] + outside[-1:]
            said["lose"] = [self.random.choice(targets)]
        if self.chance(0.05):
            said["skip"] = "?"

    def compute(self, made: dict[str, Any]) -> None:
        figures = [
            one["id"] for one in self.readable() if one["kind"] in ("number", "rating", "occurrences", "duration")
        ]
        if len(figures) < 2:
            return
        a, b = self.random.sample(figures, 2)
        made["value"] = self.random.choice([f"{a} + {b}", f"{a} * 2 - {b}", f"{a} / {b}", f"round({a} / 3, 2)"])
        made.pop("required", None)
        made["value"] = self.random.choice([made["value"], f"if({a} > {b}, {a} - {b}, 0)", f"max({a}, {b})"])

    # -- conditions ------------------------------------------------------------------------------------------

    def readable(self, outside: bool = False) -> list[dict[str, Any]]:
        mine = "" if outside else self.repeating
        return [one for one in self.written if one["_repeat"] in ("", mine)]

    def condition_into(self, made: dict[str, Any], key: str, outside: bool = False) -> None:
        found = [one for one in (self.simple(outside) for _ in range(self.random.choice([1, 1, 2, 3]))) if one]
        if found:
            made[key] = self.random.choice([" and ", " or "]).join(found)

    def simple(self, outside: bool) -> str:
        away = [one for one in self.written if one["_repeat"] and one["_repeat"] != self.repeating]
        if away and self.chance(0.2):
            one = self.random.choice(away)
            return self.random.choice(["any({})", "not all({})", "count({}) > 1", "count({}) < 2"]).format(
                self.about(one)
            )
        if self.read_section and self.chance(0.12):
            return (
                f"score({self.read_section}) {self.random.choice(['<', '>=', '>'])} {self.random.choice([50, 75, 90])}"
            )
        known = self.readable(outside)
        return self.about(self.random.choice(known)) if known else ""

    def about(self, one: dict[str, Any]) -> str:
        """A condition on one earlier item."""
        name, kind, r = one["id"], one["kind"], self.random
        if self.chance(0.15):
            return r.choice([f"answered({name})", f"is_na({name})", f"not answered({name})"])
        if kind == "choice":
            return r.choice([f"{name} = o0", f"{name} != o1", f'{name} in ("o0", "o1")', f"not ({name} = o0)"])
        if kind == "multi":
            return r.choice([f'"f0" in {name}', f'"f1" in {name} or "none" in {name}', f"length({name}) >= 2"])
        if kind in ("number", "rating", "occurrences", "duration"):
            sign = r.choice(["<", "<=", ">", ">=", "=", "!="])
            return f"{name} {sign} {r.choice([1, 2, 3, 10, 30])}"
        if kind == "time":
            return r.choice([f'{name} < "10:30"', f'minutes_between("09:00", {name}) > 60'])
        if kind == "date":
            return r.choice([f"{name} = today()", f"days_between({name}, today()) > 3"])
        return f"answered({name})"


def random_checklist(random: Random) -> Checklist:
    """A valid checklist of one to forty items; drawn again until `checks` finds no error in it."""
    from auditor.checklist.checks import check

    while True:
        plain = _Author(random).checklist()
        _place_skips(plain, random)
        made = Checklist.model_validate(plain)
        if all(one.warning for one in check(made)):
            return made


def _place_skips(plain: dict[str, Any], random: Random) -> None:
    """Give every `skip` a later item of the same section, or a later section of the top."""
    tops = plain["sections"]
    for n, section in enumerate(tops):
        for items in _blocks(section):
            for at, item in enumerate(items):
                later = [one["id"] for one in items[at + 1 :]]
                beyond = [one["id"] for one in tops[n + 1 :]]
                targets = [*later, *(beyond if "repeat" not in section or len(beyond) < 3 else beyond[:1])]
                for said in [*item.get("options", []), *item.get("bands", [])]:
                    if "skip" in said and not targets:
                        del said["skip"]
                    elif "skip" in said:
                        said["skip"] = random.choice(targets)


def _blocks(section: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    if "items" in section:
        yield section["items"]
    for one in section.get("sections", []):
        yield from _blocks(one)


def random_audit(random: Random, checklist: Checklist, *, finished: bool = True) -> Audit:
    """A visit with most items answered, some not applicable, some open, some lacking their evidence."""
    instances = {
        section.id: tuple(sorted(random.sample(range(1, 6), random.randint(0 if random.random() < 0.1 else 1, 3))))
        for section, _ in checklist.walk()
        if section.repeat
    }
    blank = Audit(
        id="20260305T021200Z-abcdef",
        header=Header(kind="self", visited=VISITED, branch="0101", branch_name="中山路支行", shopper="K7"),
        checklist=checklist,
        checklist_hash="",
        created=VISITED,
        state="finished" if finished else "draft",
        instances=instances,
    )
    answers = {}
    for path, item in paths(blank):
        answer = random_answer(random, checklist, item)
        if answer is not None:
            answers[path] = answer
    return replace(blank, answers=answers)


def paths(audit: Audit) -> Iterator[tuple[str, Item]]:
    """Every item that can be answered, at its path."""

    def under(section: Section, repeating: str, number: int) -> Iterator[tuple[str, Item]]:
        if section.repeat and not repeating:
            for n in audit.instances.get(section.id, ()):
                yield from below(section, section.id, n)
        else:
            yield from below(section, repeating, number)

    def below(section: Section, repeating: str, number: int) -> Iterator[tuple[str, Item]]:
        for item in section.items:
            if item.kind != "info" and not item.computed:
                yield item_path(item.id, repeating, number), item
        for one in section.sections:
            yield from under(one, repeating, number)

    for section in audit.checklist.sections:
        yield from under(section, "", 0)


def random_answer(random: Random, checklist: Checklist, item: Item) -> Answer | None:
    """An answer of one item, or None for none."""
    codes = na_codes(checklist, item)
    note = random.choice(["", "", "看到的情况"])
    reasons = tuple(Reason(f"原因{n}") for n in range(random.choice([0, 0, 1, 1, 2, 3])))
    photos = (Photo("ab" * 32),) if random.random() < 0.2 else ()
    if random.random() < 0.06:
        return None
    if codes and random.random() < 0.1:
        return Answer(na=random.choice(codes), note=note, reasons=reasons, photos=photos)
    if item.kind == "photo":
        return Answer(photos=photos, note=note)
    return Answer(value=random_value(random, item), note=note, reasons=reasons, photos=photos)


def random_value(random: Random, item: Item) -> Any:
    """A value in the stored form of its kind."""
    if item.kind == "choice":
        weights = [4, *[1] * (len(item.options) - 1)]
        return random.choices([one.id for one in item.options], weights)[0]
    if item.kind == "multi":
        faults = [one.id for one in item.options if not one.exclusive]
        chosen = random.sample(faults, random.randint(1, len(faults)))
        free = [one.id for one in item.options if one.exclusive]
        return tuple(free) if random.random() < 0.5 else tuple(one for one in faults if one in chosen)
    if item.kind == "number":
        return Decimal(random.randint(0, 60 * 10**item.decimals)).scaleb(-item.decimals)
    if item.kind == "duration":
        return Decimal(random.choice([150, 151, 300, 615, random.randint(0, 6000)])).scaleb(-1)
    if item.kind == "rating":
        return random.randint(item.low, item.high)
    if item.kind == "occurrences":
        return random.choice([0, 0, 1, 1, 2, 5])
    if item.kind == "time":
        return random.choice(["09:05", "10:12", "10:30:00", "16:45:10"])
    if item.kind == "date":
        return random.choice(["2026-03-05", "2026-03-01", "2026-02-28"])
    return random.choice(["一段文字", "=1+1", "答"])
