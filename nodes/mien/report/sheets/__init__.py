"""Pictures of chosen moments of a recording, side by side."""
