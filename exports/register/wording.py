"""The register's words: titles, period, unit, what the reader must know, the file's name (report conventions)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.figures import plain
from auditor.words import language, tr
from exports.blocks import Copy
from exports.copies import SHOWS
from exports.letterhead import PLAIN, Letterhead
from exports.names import safe
from exports.periods import spelt, within_one
from exports.register.options import STANDARD, Options
from exports.register.sheet_xml import Column, Frame
from exports.register.summed import Summed
from exports.speech import Speech


@dataclass(frozen=True, slots=True)
class Wording:
    """What one register says of itself. `days` are the dates of its visits, `YYYY-MM-DD`."""

    speech: Speech
    copy: Copy
    days: tuple[str, ...]
    options: Options = STANDARD
    letterhead: Letterhead = PLAIN

    @property
    def inside(self) -> str:
        """内部资料, or the bank's own line; at the foot of every page."""
        public = self.copy == "public"
        return (
            self.speech.one("report.footer.public")
            if public
            else (self.letterhead.footer or self.speech.one("report.footer"))
        )

    def say(self, key: str, **values: object) -> str:
        return self.speech.tr(f"register.{key}", **values)

    def sheet(self, key: str, number: int = 1) -> str:
        """A sheet's name; a second one of a long table says so."""
        name = self.say(f"sheet.{key}")
        return name if number == 1 else f"{name[:26]} {number}"

    def heading(self, key: str) -> str:
        return self.say(f"col.{key}")

    @property
    def header_height(self) -> float:
        """Room for headings in one language, or in both."""
        return 48 if self.speech.lang == "both" else 30

    def period(self) -> str:
        """As asked for; else the quarter, or first and last day."""
        return self.speech.say(self._period)

    def _period(self) -> str:
        if self.options.period:
            return self.options.period
        one = within_one(self.days)
        if one:
            return spelt(one, Speech(language()))
        return tr("register.span", first=min(self.days), last=max(self.days)) if self.days else ""

    def title(self, key: str) -> str:
        """The quarter before the sheet's name; first and last day in brackets behind it."""
        named = "title" if self.options.period or within_one(self.days) or not self.days else "title.span"

        def one() -> str:
            sheet = tr(f"register.name.{key}")
            return tr(f"register.{named}", bank=self.letterhead.bank, period=self._period(), sheet=sheet).strip()

        return self.speech.say(one)

    def about(self) -> str:
        """制表单位 / 统计期间 / 单位：分, and which copy it is."""

        def one() -> str:
            maker = self.options.unit or self.letterhead.bank or tr("register.to_fill_in")
            copy = tr(f"common.copy.{self.copy}")
            return tr("register.about", maker=maker, period=self._period(), copy=copy)

        return self.speech.say(one, "    ")

    def notes(self, summed: Summed) -> list[str]:
        """What figures of several checklists or versions rest on (S8)."""
        options, comma = self.options, self.speech.one("common.comma")
        found = [*self._taken_together(), self.say("note.ties")]
        scored = [visit for one in summed.outlets.values() for visit in one.scored]
        if len({one.scale for one in scored}) > 1:
            found.append(self.say("note.scale"))
        else:
            found.append(self.say("note.full", scale=plain(summed.scale)))
        versions: dict[tuple[str, str], set[str]] = {}
        for one in scored:
            versions.setdefault((one.checklist, one.title), set()).add(one.version)
        for (_, title), seen in sorted(versions.items()):
            if len(seen) > 1:
                found.append(self.say("note.versions", title=title, versions=comma.join(sorted(seen))))
        if len({one.checklist for one in scored}) > 1:
            found.append(self.say("note.checklists", n=len({one.checklist for one in scored})))
        unscored = sum(one.exact is None for one in summed.visits)
        if unscored:
            found.append(self.say("note.unscored", n=unscored))
        left_out = sum(one.exact is not None and not options.counts(one.kind) for one in summed.visits)
        if left_out:
            found.append(self.say("note.not_counted", n=left_out))
        return found

    def _taken_together(self) -> list[str]:
        """How several kinds of check and several visits become one figure."""
        blended = [self._blended(self.speech.one("common.comma"))] if self.options.blend else []
        return [*blended, self.say(f"note.several.{self.options.several}")]

    def _blended(self, comma: str) -> str:
        """暗访 60%、自查 20%: as given, with the sign where they come to 100."""
        whole = sum((weight for _, weight in self.options.blend), Decimal(0))
        sign = "%" if whole == 100 else ""
        kinds = [f"{self.speech.one(f'common.kind.{kind}')} {plain(one)}{sign}" for kind, one in self.options.blend]
        return self.say("note.blend", weights=comma.join(kinds))

    def frame(self, key: str, columns: Sequence[Column], *, bare: bool = False) -> Frame:
        """What stands round a long table; a bare one begins with its headings, for pivot tables."""
        page = tr("xlsx.page", lang=self.speech.first)
        name = f"{self.inside}  {self.title(key)}".replace("&", "&&").replace("\n", " ")[:180]
        return Frame(
            headings=tuple(self._long_heading(one.key) for one in columns),
            before=() if bare else (self.title(key), self._about_table(key)),
            empty=self._none(key),
            foot="" if bare else self.say("foot"),
            footer=f"&L&8{name} &R&8{page}",
            header_height=self.header_height,
            shortened=self.say("shortened"),
        )

    def _about_table(self, key: str) -> str:
        """Of modules also that their visits were taken together as in the ranking, each within its own checklist."""
        return f"{self.about()}　　{self.say('note.modules')}" if key == "modules" else self.about()

    def _long_heading(self, key: str) -> str:
        if key != "module_figure":
            return self.heading(key)
        how = "weighted" if self.options.blend else self.options.several
        return self.heading(f"module_figure.{how}")

    def _none(self, key: str) -> str:
        if key == "actions" and not SHOWS[self.copy].actions:
            return self.speech.tr("report.not_in_copy")
        return {
            "losses": self.say("no_losses"),
            "vetoes": self.say("no_vetoes"),
            "actions": self.say("no_actions"),
        }.get(key, "")

    def stem(self) -> str:
        """检查汇总表_20260305: the day of the last visit."""
        name = safe(tr("register.file", lang=self.speech.first))
        return "_".join(filter(None, (name, max(self.days, default="").replace("-", ""))))
