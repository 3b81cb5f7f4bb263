"""Live Link Face, as Epic's phone app sends it: Unreal, MetaHuman, VRCFaceTracking."""
