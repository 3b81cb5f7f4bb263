"""Rigs and pictures over time."""
