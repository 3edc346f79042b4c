"""mi: a companion for a counselor in a Motivational Interviewing interview."""

__version__ = "0.1.0"
