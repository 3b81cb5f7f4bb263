"""Virtual Motion Capture protocol: VSeeFace, Warudo, VNyan, VMagicMirror, and any program with EVMC4U."""
