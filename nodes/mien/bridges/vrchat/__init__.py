"""VRChat, through OSC: the parameters that the worn avatar has, or VRChat's own face tracking."""
