"""The studio's workshop: reading instructions, exact changes to any picture, changes to scenes."""
