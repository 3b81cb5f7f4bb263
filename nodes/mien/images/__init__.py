"""Pixels at the door: pictures and messages of every kind become H×W×3 uint8 RGB."""
