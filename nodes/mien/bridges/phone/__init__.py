"""The tracking stream of VTube Studio's phone app, for programs that ask a phone for it: VSeeFace, VBridger."""
