"""What every training recipe shares."""
