"""OpenSeeFace's UDP packets: VSeeFace and whatever else listens to OpenSeeFace."""
