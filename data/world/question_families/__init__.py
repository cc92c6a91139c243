"""How each kind of program is asked about: one module per kind of answer."""
