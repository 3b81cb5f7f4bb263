"""Pictures and videos in files: recognise the format, choose a decoder, explain what cannot be read."""
