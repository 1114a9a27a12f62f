"""read: path, glob, folder, "-" or URL → pages. The only room before the record that touches files and the network."""

from dateline.read.source import check, pages

__all__ = ["check", "pages"]
