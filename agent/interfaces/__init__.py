"""How people reach the assistant: the web chat and the terminal chat."""
