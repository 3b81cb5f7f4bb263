"""Onset, apex and offset of action units, for annotation programs."""
