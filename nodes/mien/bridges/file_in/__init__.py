"""The face of a recording of another program, played as if it came from a headset."""
