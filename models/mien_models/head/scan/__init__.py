"""A second head, made from scans (ICT-FaceKit), with the skin of photographs."""
