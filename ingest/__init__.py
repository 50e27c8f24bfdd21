"""From a file to a Report."""
