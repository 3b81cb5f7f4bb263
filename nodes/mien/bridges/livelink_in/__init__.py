"""The face of an iPhone: the app Live Link Face."""
