"""The face of a headset over Steam Link (Quest Pro and others)."""
