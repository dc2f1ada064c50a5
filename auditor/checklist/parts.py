"""The small values a checklist is made of: texts, options, bands, effects, evidence, grades."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from auditor.words import LANGUAGES, language


class Part(BaseModel):
    """A frozen piece of a checklist; an unknown key is a Problem."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


Id = Annotated[str, StringConstraints(pattern=r"^[^\W\d][\w-]{0,63}$", strict=False)]
"""A stable id: a letter (Chinese too), then letters, digits, `_` or `-`; unique in its checklist, never reused."""

OptionId = Annotated[str, StringConstraints(pattern=r"^\w[\w-]{0,63}$", strict=False)]
"""An option's id may begin with a digit: real sheets number their answers 1, 2, 3."""

Sentence = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
"""A condition or a computed value in the checklist language (`auditor.expressions`)."""


def _plain_decimal(value: object) -> object:
    """Refuse exponents, NaN and endless digits before Decimal sees them; write `2.50` as `2.5`."""
    text = str(value).strip()
    digits = text.lstrip("+-")
    whole, _, rest = digits.partition(".")
    if not digits.replace(".", "", 1).isascii() or not digits.replace(".", "", 1).isdigit():
        raise PydanticCustomError("plain_number", "a plain number is wanted")
    if len(whole) > 9 or len(rest) > 4 or len(text) - len(digits) > 1:
        raise PydanticCustomError("number_size", "at most 9 digits before the point and 4 after it")
    return text.rstrip("0").rstrip(".") or "0" if rest else text


Number = Annotated[Decimal, BeforeValidator(_plain_decimal)]
"""Points, weights, limits: at most 9 digits before the point and 4 after it."""


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise PydanticCustomError("below_zero", "must not be below 0")
    return value


Amount = Annotated[Number, AfterValidator(_not_negative)]


def _iso_day(value: object) -> object:
    """Only `2026-03-05`: pydantic would take bare digits for seconds since 1970."""
    if isinstance(value, str) and not (value.isascii() and len(value) == 10 and value[4] == value[7] == "-"):
        raise PydanticCustomError("day", "a day is written 2026-03-05")
    return value


Day = Annotated[date, BeforeValidator(_iso_day)]


class Text(Part):
    """Words for people in each language; a plain string in YAML serves all of them."""

    zh: Sentence | None = None
    en: Sentence | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, value: Any) -> Any:
        return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.zh is None and self.en is None:
            raise PydanticCustomError("text_wanted", "needs a text in at least one language")
        return self

    def in_(self, code: str) -> str:
        """The words in one language, else in the other."""
        return (self.zh or self.en if code == "zh" else self.en or self.zh) or ""

    def __str__(self) -> str:
        return self.in_(language())


EffectName = Literal["zero_section", "cap", "zero_total", "grade_down", "fail", "no_award"]


class Effect(Part):
    """A critical effect (S6). In YAML its bare name, or `{cap: 59.9}`."""

    name: EffectName
    at: Amount | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_short(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"name": value}
        if isinstance(value, dict) and set(value) == {"cap"}:
            return {"name": "cap", "at": value["cap"]}
        return value

    @model_validator(mode="after")
    def _cap_has_a_figure(self) -> Self:
        if (self.name == "cap") != (self.at is not None):
            raise PydanticCustomError("cap_figure", "cap needs a figure; no other effect has one")
        return self


Demand = Literal["never", "optional", "loses", "always"]
"""When evidence is compulsory; `loses`: when the answer earns less than full points."""


class Evidence(Part):
    """What an answer must be accompanied by; an option's demand goes before its item's, that before the checklist's."""

    note: Demand | None = None
    reason: Demand | None = None
    photo: Demand | None = None


Treatment = Literal["block", "warn", "off"]
"""Of a contradiction: it keeps the audit from being finished, is only said, or is not looked for."""


class Contradictions(Part):
    """What becomes of answers that do not fit together, rule by rule (`auditor.contradictions`)."""

    full_with_negative: Treatment = "warn"
    """Full points with a note or reason that tells of a fault."""
    loss_without_reason: Treatment = "warn"
    """Points deducted and nothing said."""
    times_out_of_order: Treatment = "warn"
    """A time before the one that stands before it, or outside the visit."""
    old_photo: Treatment = "warn"
    """A photo taken before the visit."""
    same_answer: Treatment = "warn"
    """The same answer twenty times running."""
    too_fast: Treatment = "warn"
    """Answered faster than anybody reads."""
    copied_note: Treatment = "warn"
    """A note word for word as at another item or in another audit."""
    same_as_last: Treatment = "warn"
    """A self-inspection that says nothing else than the branch's last one."""


class Consequences(Part):
    """What choosing an option, or falling into a band, does besides its points."""

    share: Annotated[Number, Field(ge=-1, le=1)] | None = None
    """Share of full points earned (1 = all); or `deduct`, never both. Neither: 1."""
    deduct: Amount | None = None
    """Points taken from full points."""
    critical: tuple[Effect, ...] = ()
    lose: tuple[Id, ...] = ()
    """Items or sections whose points are lost (连带扣分)."""
    skip: Id | None = None
    """The later item or section to go on with."""
    evidence: Evidence | None = None

    @model_validator(mode="after")
    def _one_of_share_and_deduct(self) -> Self:
        if self.share is not None and self.deduct is not None:
            raise PydanticCustomError("share_or_deduct", "say share or deduct, not both")
        return self


class Option(Consequences):
    """One answer of a choice, or one fault of a multi."""

    id: OptionId
    text: Text
    replaces: tuple[OptionId, ...] = ()
    """Multi only: faults whose deductions this one cancels."""
    exclusive: bool = False
    """Multi only: chosen alone, such as "no fault"."""


class Band(Consequences):
    """A range of a number, duration or rating: up to and including `up_to`; the last one says `else: true`."""

    up_to: Number | None = None
    otherwise: Annotated[bool, Field(alias="else")] = False
    text: Text | None = None

    @model_validator(mode="after")
    def _has_a_limit(self) -> Self:
        if (self.up_to is None) != self.otherwise:
            raise PydanticCustomError("band_limit", "a band says up_to: x, the last one else: true")
        return self


class Fault(Part):
    """A usual fault: a chip that composes the reason. Its deduction, if any, is its option's."""

    id: Id
    text: Text


class Grade(Part):
    """A grade and its lower bound, inclusive (S7)."""

    id: Id
    title: Text
    from_: Annotated[Number, Field(alias="from")]


class Clause(Part):
    """The rule an item comes from and the day from which it holds. In YAML `"2.1.3"` or `{ref: …, since: …}`."""

    ref: Sentence
    title: Text | None = None
    since: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_short(cls, value: Any) -> Any:
        return {"ref": value} if isinstance(value, str) else value


class Change(Part):
    """What a version brought."""

    version: Sentence
    date: Day
    note: Text


class Persona(Part):
    """The customer a shopper plays, and what that customer values (A12)."""

    id: Id
    title: Text
    values: tuple[Text, ...] = ()


class Scenario(Part):
    """What the shopper does on the visit: whom he plays, what he asks, what he watches."""

    id: Id
    title: Text
    persona: Id | None = None
    story: Text | None = None
    ask: tuple[Text, ...] = ()
    watch: tuple[Text, ...] = ()
