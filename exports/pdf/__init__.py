"""A report as PDF, drawn line by line on a reportlab canvas."""
