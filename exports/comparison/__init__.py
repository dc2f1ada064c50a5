"""Many outlets compared on paper (对比分析): ranking, heat map, most frequent losses, month trend, as one PDF."""

from exports.comparison.document import gathered, write_comparison

__all__ = ["gathered", "write_comparison"]
