"""The face of a headset over ALVR, as its sink for VRCFaceTracking sends it."""
