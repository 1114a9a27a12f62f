"""article: Page → Article. The body from markup or from running or flattened text, and what stands around it."""

from dateline.article.extract import extract

__all__ = ["extract"]
