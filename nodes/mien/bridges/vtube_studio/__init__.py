"""VTube Studio on this or another computer, through its plugin API."""
