"""Rigs of one schema to rigs of another, by profiles that are data."""
