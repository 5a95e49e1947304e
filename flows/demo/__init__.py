"""A bundled press on loopback, written for the demo, and its answer sheet."""
