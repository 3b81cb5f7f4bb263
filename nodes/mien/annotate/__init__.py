"""Faces of many images and videos as JSON lines: on all cores, or on a cluster, resumed where it stopped."""
