"""Each read of the warehouse is a file here."""
