"""Rows of a library, made by hand."""

from __future__ import annotations

from typing import Any

from auditor.store import Row


def row(id_: str = "20260922T020400Z-aaaaaa", **values: Any) -> Row:
    """A finished mystery visit of 城东支行, with what differs."""
    plain = {
        "id": id_,
        "checklist": "customer_journey",
        "version": "3",
        "title_zh": "网点神秘人检查",
        "title_en": "Customer journey mystery visit",
        "branch": "10001",
        "branch_name": "城东支行",
        "kind": "mystery",
        "state": "finished",
        "visited": "2026-09-22T10:04:00+08:00",
        "total": 94.6,
        "before_critical": 94.6,
        "passed": True,
        "grade": "excellent",
        "grade_zh": "优秀",
        "grade_en": "Excellent",
        "answered": 40,
        "applicable": 40,
        "effects": (),
        "unmet": 0,
        "dues": (),
        "seq": 3,
        "head": "x",
    }
    return Row(**{**plain, **values})


def draft(id_: str, **values: Any) -> Row:
    """An audit under way."""
    empty = {"state": "draft", "total": None, "before_critical": None, "passed": None, "grade": None, "grade_zh": ""}
    return row(id_, **{**empty, "grade_en": "", "answered": 15, **values})
