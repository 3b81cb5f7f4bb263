"""Images with acquisition time stamps, from a camera, a video or files."""
