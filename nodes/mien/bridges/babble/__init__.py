"""The face of Project Babble or Baballonia: a camera before the mouth, and eyes."""
