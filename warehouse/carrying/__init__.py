"""What a rebuilt warehouse takes over from the one it replaces (attached as `old`), in order."""
