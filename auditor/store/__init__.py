"""The data folder: journals, photos, index, register of branches (design §5)."""
