"""The loaded reports: add, look through, remove, export."""
