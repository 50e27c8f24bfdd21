"""One indicator across departments and years."""
