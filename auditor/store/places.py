"""Where something can be answered: the paths of a checklist."""

from __future__ import annotations

from auditor.audit import item_path, split_path
from auditor.checklist.model import Checklist, Kind
from auditor.errors import AuditorError


class Places:
    """The paths that an audit of this checklist may hold."""

    def __init__(self, checklist: Checklist) -> None:
        self.kinds: dict[str, Kind] = {}
        """The kind of each item, by id."""
        self._home: set[tuple[str, str]] = set()
        self._most: dict[str, int] = {}
        self._sections: set[str] = set()
        for section, above in checklist.walk():
            self._sections.add(section.id)
            around = next((one for one in (*above, section) if one.repeat is not None), None)
            for item in section.items:
                self.kinds[item.id] = item.kind
                self._home.add((around.id if around else "", item.id))
            if section.repeat is not None:
                self._most[section.id] = section.repeat.max
                self._home |= {(section.id, field.id) for field in section.repeat.header}

    def check(self, path: str) -> tuple[str, int, str]:
        """A path taken apart (section, instance, item or header field). Raises `store.no_such_item`."""
        section, number, item = split_path(path)
        known = (section, item) in self._home and bool(section) == (number > 0)
        if not known or path != item_path(item, section, number) or number > 999:
            raise AuditorError("store.no_such_item", path=path[:200])
        return section, number, item

    def check_section(self, section: str) -> None:
        """Raises `store.no_such_item` for a section that the checklist has not."""
        if section not in self._sections:
            raise AuditorError("store.no_such_item", path=section[:200])

    def most(self, section: str) -> int:
        """How many instances a repeating section may have. Raises `store.no_such_item`."""
        if section not in self._most:
            raise AuditorError("store.no_such_item", path=section)
        return self._most[section]
