"""A face that another program sends by the VMC protocol: VSeeFace, Virtual Motion Capture, phone apps."""
