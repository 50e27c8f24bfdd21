"""What is known, findable: the catalog and the indexes derived from it."""
