"""Shared by all robot bridges: limits by the wall clock, a watchdog, an emergency stop, and following a person."""
