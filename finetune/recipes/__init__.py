"""One readable file per training method."""
