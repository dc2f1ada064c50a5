"""The checklist editor: an outline, a form for what is chosen in it, a preview, and what is wrong."""
