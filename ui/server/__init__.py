"""Everything around the page: who may come in, the interface for programs, the address."""
