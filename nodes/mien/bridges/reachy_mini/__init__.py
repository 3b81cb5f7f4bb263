"""Reachy Mini, through its daemon."""
