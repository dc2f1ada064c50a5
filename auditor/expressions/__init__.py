"""The checklist language: conditions and computed values, without Python, loops or surprises."""
