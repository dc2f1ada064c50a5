"""The language of one report: Chinese, English, or both side by side, whatever language the program speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from auditor.checklist.parts import Text
from auditor.words import LANGUAGES, speaking, tr

REPORT_LANGUAGES = (*LANGUAGES, "both")


@dataclass(frozen=True, slots=True)
class Speech:
    """Words in a report's language; under `both` the Chinese comes first, then the English."""

    lang: str = "zh"

    @property
    def codes(self) -> tuple[str, ...]:
        return LANGUAGES if self.lang == "both" else (self.lang,)

    @property
    def first(self) -> str:
        """The one language where there is room for one only: file names, page numbers."""
        return self.codes[0]

    def tr(self, key: str, **values: Any) -> str:
        """The sentence of `key`, in each language of the report; its values are words already."""
        if self.lang != "both":
            return tr(key, lang=self.lang, **values)
        return self.say(lambda: tr(key, **values))

    def one(self, key: str, **values: Any) -> str:
        """The sentence of `key` in the first language only: punctuation, and notes where there is little room."""
        return tr(key, lang=self.first, **values)

    def text(self, words: Text | None) -> str:
        """A checklist's words, a line for each language of the report; nothing where there are none."""
        if words is None:
            return ""
        if self.lang != "both":
            return words.in_(self.lang)
        return self.say(lambda: str(words), "\n")

    def say(self, sentence: Callable[[], str], between: str = " ") -> str:
        """What `sentence` returns in each language of the report; said once where all are the same."""
        said: list[str] = []
        for code in self.codes:
            with speaking(code):
                words = sentence()
            if words and words not in said:
                said.append(words)
        return between.join(said)
