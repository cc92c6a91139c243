"""The team: planner, specialists, verifier, writer, memory keeper."""
