"""What each command does: one function per command, (arguments) → Outcome. Imported only when called."""
