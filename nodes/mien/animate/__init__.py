"""Plays avatars by the animator: one network for all of them, judged by how an avatar is read."""
