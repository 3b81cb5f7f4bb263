"""What face, voice and words say together: the inputs of the network `fusion`, at run time and in training."""
