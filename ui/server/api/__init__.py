"""The service for other programs, over HTTP."""
