"""Sound to what it says of a voice and of the mouth that made it."""
