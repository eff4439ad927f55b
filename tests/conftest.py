"""Settings for all tests: Hypothesis has no deadline, because machines are shared."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
