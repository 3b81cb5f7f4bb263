"""What sight, sound and words say together of an affect."""
