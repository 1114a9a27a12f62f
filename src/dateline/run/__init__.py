"""run: sources → codings. The stages joined for one article, and many articles shared out over processes."""

from dateline.run.code import code, code_many, code_text
from dateline.run.coder import Coder

__all__ = ["Coder", "code", "code_many", "code_text"]
