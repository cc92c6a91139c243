"""Generated documents with exact truth, and their questions."""
