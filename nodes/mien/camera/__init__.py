"""Images with honest time stamps, from a camera, a video or files."""
