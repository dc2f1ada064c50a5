"""Keys that work on every page: (keys, what they do); the settings page lists them."""

from __future__ import annotations

SHORTCUTS = (
    ("Ctrl+N", "start_check"),
    ("Ctrl+F", "find"),
    ("Ctrl+1", "home"),
    ("Ctrl+2", "checklists"),
    ("Ctrl+,", "settings"),
    ("Ctrl+Shift+L", "switch_language"),
    ("Ctrl+Shift+D", "switch_theme"),
    ("Ctrl++", "larger"),
    ("Ctrl+-", "smaller"),
    ("F11", "full_screen"),
)
