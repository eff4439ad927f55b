"""Settings of every test: none is timed, since machines are shared; speed is measured elsewhere."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
