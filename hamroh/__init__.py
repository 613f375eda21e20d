"""The front door: the command line, and the wiring that starts each process."""

__version__ = "0.1.0"
