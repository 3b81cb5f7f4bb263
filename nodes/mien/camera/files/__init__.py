"""Pictures and videos in files: what a file is, who reads it, and what is said of one that cannot be read."""
