"""The shipped checklists, and how a checklist is read and written."""
