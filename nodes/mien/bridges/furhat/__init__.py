"""Furhat, through its Realtime API."""
