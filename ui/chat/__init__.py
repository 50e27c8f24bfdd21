"""The conversation behind the page to ask on."""
