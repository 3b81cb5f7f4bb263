"""What can keep messages from arriving, one check per cause.

Knows no ROS: `mien.doctor.probe` looks at the graph and hands over a `Snapshot`.
"""
