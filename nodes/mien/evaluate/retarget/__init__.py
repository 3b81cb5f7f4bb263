"""What profiles of retargeting do, how fast, and how far a face can be foretold."""
