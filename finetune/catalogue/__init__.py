"""How each shipped model is trained: its recipe with the data and sizes that made the weights."""
