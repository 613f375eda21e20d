"""Property tests here have no time limit of their own: a busy machine is no failure."""

from hypothesis import settings

settings.register_profile("triage", deadline=None)
settings.load_profile("triage")
