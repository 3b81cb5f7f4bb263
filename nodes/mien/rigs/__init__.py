"""What an avatar plays: smoothed, calibrated, always safe."""
