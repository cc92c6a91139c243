"""Clips of the tabletop: bodies that slide, meet, come and go, with everything true of them."""
