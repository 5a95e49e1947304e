"""The command line, one module a group of commands; each imports what it needs when it runs."""
