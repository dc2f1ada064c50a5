"""Many outlets compared on paper (对比分析): ranking, heat map, most frequent losses, month trend, as one PDF; and what
it comes to as an official document (通报)."""

from exports.comparison.document import gathered, write_circular, write_comparison

__all__ = ["gathered", "write_circular", "write_comparison"]
