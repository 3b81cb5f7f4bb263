"""The files of a bag: MCAP and metadata.yaml, written so that a crash costs little, and mended after one."""
