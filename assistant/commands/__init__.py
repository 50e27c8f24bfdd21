"""Commands of ``jixiao`` that have a file of their own; ``assistant.cli`` names them."""
