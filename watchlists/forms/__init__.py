"""The forms a name takes in print, per language, each with its reason."""
