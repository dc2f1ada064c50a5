"""The domain: checklists, audits, scores and the store. Knows neither Qt nor any report format."""

__version__ = "0.1.0"
