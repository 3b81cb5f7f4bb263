"""Avatars as data, and the network that drives them all from expressions; without torch."""
