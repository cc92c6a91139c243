"""Hand-written word lists that documents are composed from."""
