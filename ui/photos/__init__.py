"""Photos of an open audit: how they come in, and the page where one is seen large and marked."""
