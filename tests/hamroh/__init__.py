"""The front door's tests."""
