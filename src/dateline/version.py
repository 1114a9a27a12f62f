"""The one place where the version of Dateline is written."""

__version__ = "0.1.0"
