"""Memory across conversations: turns and pictures, found by words or by a picture."""
