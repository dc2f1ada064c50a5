"""Small shared widgets: dumb, one setter in, one signal out."""
