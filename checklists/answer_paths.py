"""The paths that answers may have: `item`, `section#2/item`, `section#2/header field` (design §8)."""

from __future__ import annotations

import re

from auditor.audit import item_path
from auditor.checklist.model import Checklist, Item
from auditor.errors import AuditorError
from auditor.guess import nearest
from auditor.words import tr
from checklists.yaml_nodes import short

MOST = 999
"""The highest number of an instance."""
_PATH = re.compile(r"([^#/]+)#([^/]*)/(.+)", re.DOTALL)


class Untaken:
    """Why something takes no answer, said in the language in force."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __str__(self) -> str:
        return tr(f"answers_file.what.{self.what}")


class AnswerPaths:
    """What can be answered in a checklist, by path."""

    def __init__(self, checklist: Checklist) -> None:
        self.items: dict[str, Item] = {}
        self.home: dict[str, str] = {}
        """By item: the repeating section it stands in, or an empty text."""
        self.fields: dict[str, dict[str, Item]] = {}
        """By repeating section: its header fields, as items of their kind."""
        self.sections: set[str] = set()
        for section, above in checklist.walk():
            self.sections.add(section.id)
            around = next((one.id for one in (section, *above) if one.repeat), "")
            for item in section.items:
                self.items[item.id], self.home[item.id] = item, around
            if section.repeat:
                fields = [Item(id=one.id, kind=one.kind, text=one.text) for one in section.repeat.header]
                self.fields[section.id] = {one.id: one for one in fields}

    def item(self, path: str) -> Item:
        """The item (or header field as one) of a path. Raises `answers_file.…` where nothing takes an answer."""
        hit = _PATH.fullmatch(path)
        return self._inside(path, hit[1], hit[2], hit[3]) if hit else self._plain(path)

    def is_header(self, path: str) -> bool:
        """Whether a path is that of a header field."""
        hit = _PATH.fullmatch(path)
        return hit is not None and hit[3] in self.fields.get(hit[1], ())

    def _plain(self, path: str) -> Item:
        item = self.items.get(path)
        if item is None:
            if path in self.sections:
                raise _refused("no_answer", path, what=Untaken("section"))
            raise self._unknown(path)
        if self.home[path]:
            raise _refused("instance_wanted", path, section=self.home[path])
        return _answerable(item, path)

    def _inside(self, path: str, section: str, number: str, name: str) -> Item:
        if section not in self.fields:
            if section in self.sections:
                raise _refused("not_repeated", path, section=section)
            raise self._unknown(path)
        if not (number.isascii() and number.isdigit() and number[0] != "0" and int(number[:4]) <= MOST):
            raise _refused("instance_number", path, most=MOST)
        field = self.fields[section].get(name)
        if field is not None:
            return field
        item = self.items.get(name)
        if item is None:
            raise self._unknown(path, f"{section}#{number}/", [*self.fields[section], *self._of(section)])
        if self.home[name] != section:
            right = item_path(name, self.home[name], int(number))
            raise _refused("other_section", path, item=name, section=section, right=right if self.home[name] else name)
        return _answerable(item, path)

    def _of(self, section: str) -> list[str]:
        return [name for name, home in self.home.items() if home == section]

    def _unknown(self, path: str, prefix: str = "", among: list[str] | None = None) -> AuditorError:
        known = (
            among
            if among is not None
            else [name if not home else f"{home}#1/{name}" for name, home in self.home.items()]
        )
        guess = nearest(path.removeprefix(prefix), known)
        return _refused("unknown_path_guess" if guess else "unknown_path", path, guess=prefix + guess)


def _answerable(item: Item, path: str) -> Item:
    if item.kind == "info" or item.computed:
        raise _refused("no_answer", path, what=Untaken("computed" if item.computed else "info"))
    return item


def _refused(name: str, path: str, /, **values: object) -> AuditorError:
    return AuditorError(f"answers_file.{name}", path=short(path, 80), **values)
