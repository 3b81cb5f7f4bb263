"""Faces for ROS4HRI: /humans/faces and the frames face_<id> and gaze_<id> (REP-155)."""
