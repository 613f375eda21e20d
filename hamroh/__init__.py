"""The front door: the command line, and the wiring that starts each process."""
