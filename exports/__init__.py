"""An audit, or many, as Excel, PDF and CSV."""
