"""The files that reports were read from, shown beside what was read."""
