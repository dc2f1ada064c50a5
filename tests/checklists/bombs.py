"""Hostile checklists, read under a memory limit: one line each with its name, seconds of CPU and number of problems."""

from __future__ import annotations

import time

HEAD = "format: 1\nid: x\nversion: 1\ntitle: T\nsections:\n- id: s\n  title: S\n  items:\n"


def choices(count: int, item: str = "", option: str = "") -> str:
    """So many items of two options; `#` in the added text is the item's number."""
    lines = []
    for n in range(count):
        options = f"[{{id: yes, text: Y}}, {{id: no, text: N, share: 0{option.replace('#', str(n))}}}]"
        lines.append(f"  - {{id: q{n}, text: T, points: 1, options: {options}{item.replace('#', str(n))}}}\n")
    return HEAD + "".join(lines)


def aliases(depth: int) -> str:
    """Nine references to nine references to …"""
    lines = ["k0: &k0 [x]"]
    lines += [f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, depth)]
    return "\n".join(lines)


def knot(items: int, names: int) -> str:
    """Every value waits for a hundred others."""
    sums = ("+".join(f"q{(n * 7 + m * 13) % items}" for m in range(names)) for n in range(items))
    return HEAD + "".join(f"  - {{id: q{n}, kind: number, text: T, value: {text}}}\n" for n, text in enumerate(sums))


BOMBS = {
    "brackets": "[" * 1_000_000,
    "dashes": "- " * 500_000,
    "maps": "{a: " * 250_000,
    "aliases": aliases(40),
    "merges": "a: &a {b: c}\n" + "".join(f"k{n}: {{<<: [*a, *a]}}\n" for n in range(20_000)),
    "anchors": "a: &b\n" * 300_000,
    "keys": HEAD + "  - id: a\n    text: T\n" + "".join(f"    k{n}: 1\n" for n in range(150_000)),
    "scalars": HEAD + "  - a\n" * 200_000,
    "quotes": "a: '" + "''" * 900_000,
    "escapes": 'a: "' + "\\x07" * 400_000 + '"',
    "a long text": HEAD + "  - {id: a, text: " + "x" * 1_900_000 + "}\n",
    "sections in sections": HEAD[: HEAD.index("\n-")] + " " + "[{id: s, title: T, sections: " * 14 + "[]" + "}]" * 14,
    "ten thousand items": choices(10_000),
    "four thousand items": choices(4_000),
    "unknown names": choices(4_000, ", show_if: qq# = yes"),
    "unknown targets": choices(4_000, "", ", lose: [s, s, q#x]"),
    "skips": choices(4_000, "", ", skip: q3999"),
    "misspelt keys": choices(4_000, ", piont: 1, kind: chioce"),
    "a knot": knot(300, 100),
    "a large knot": knot(1_500, 140),
}
SOUND = {"four thousand items"}


def main() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
    from checklists import reader

    for name, text in BOMBS.items():
        started = time.process_time()
        checklist, problems = reader.check_text(text, "f")
        told = [(problem.message(), problem.remedy(), problem.place()) for problem in problems]
        assert bool(told) is not bool(checklist), name
        print(name, round(time.process_time() - started, 2), len(told), sep="\t")


if __name__ == "__main__":
    main()
