"""argparse in our languages: headings, sentences, and lines that fit the terminal in Chinese too."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from auditor.words import tr
from ui.commands.tables import width

WRONG_USAGE = 2
_WIDE = "\u2e80-\uffff"
_PIECES = re.compile(rf"\s+|[（“]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[，。、；：）”…]*")


class Parser(argparse.ArgumentParser):
    """Prints its help in the user's language, and usage errors as one sentence and a hint."""

    def __init__(self, **options: Any) -> None:
        # argparse takes its sentences from gettext; it is given ours
        argparse._ = _say  # type: ignore[attr-defined]
        options.setdefault("allow_abbrev", False)
        super().__init__(add_help=False, formatter_class=_Formatter, **options)
        self._positionals.title = tr("cli.help.arguments")
        self._optionals.title = tr("cli.help.options")
        self.add_argument("-h", "--help", action="help", help=tr("cli.help.help"))

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", tr("cli.help.usage"), 1)

    def format_help(self) -> str:
        text = super().format_help().replace("usage: ", tr("cli.help.usage"), 1)
        for title in ("arguments", "options", "commands"):
            heading = tr(f"cli.help.{title}")
            text = text.replace(f"\n{heading}:\n", f"\n{heading}{tr('common.colon').rstrip()}\n")
        return text

    def error(self, message: str) -> NoReturn:
        sentence = tr("cli.wrong_usage", message=message, command=self.prog)
        self.exit(WRONG_USAGE, f"{self.format_usage()}{sentence}\n")


class _Formatter(argparse.HelpFormatter):
    def _format_action(self, action: argparse.Action) -> str:
        """Commands stand right below their heading, without the word for a command once more."""
        text = super()._format_action(action)
        if not isinstance(action, argparse._SubParsersAction):
            return text
        lines = text.splitlines(keepends=True)[1:]
        return "".join(line.removeprefix("  ") for line in lines)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrapped(text, width))


def wrapped(text: str, columns: int) -> list[str]:
    """Lines at most `columns` wide; Chinese, two columns a character, may be broken between any two."""
    lines = [""]
    for piece in _PIECES.findall(" ".join(text.split())):
        if width(lines[-1] + piece.rstrip()) > columns and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


def _say(sentence: str) -> str:
    return tr(f"argparse.{sentence}", default=sentence) if sentence else sentence
