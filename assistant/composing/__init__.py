"""Results in words, a module a kind of result; ``assistant.composer`` puts them together."""
