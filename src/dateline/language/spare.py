"""Leaving out of memory what no article needs."""

from __future__ import annotations

import sys
from importlib import import_module, metadata

HEAVY = ("torch", "tensorflow", "mxnet", "cupy")
"""Libraries that thinc, below spaCy, loads if they are installed, whether or not the pipeline has any use for them. PyTorch
alone costs 1.7 CPU seconds (of 4.2) and 200 MB a process."""


def spare(pipeline: str) -> None:
    """Load spaCy without PyTorch and its like, unless the pipeline's package asks for them or they are loaded already.

    For processes of our own only (the command line, workers of a pool): afterwards spaCy takes them for not installed.
    """
    if any(name in sys.modules for name in (*HEAVY, "thinc")) or _asks(pipeline):
        return
    for name in HEAVY:
        sys.modules[name] = None  # type: ignore[assignment] # importing it raises ImportError
    try:
        import_module("thinc.compat")
    except ImportError:  # without spaCy: the pipeline's own error will say so
        return
    finally:
        for name in HEAVY:
            del sys.modules[name]


def _asks(pipeline: str) -> bool:
    """Whether a pipeline's package requires more than spaCy, such as spacy-transformers. Unknown pipelines may."""
    try:
        required = metadata.requires(pipeline.replace("_", "-")) or []
    except metadata.PackageNotFoundError:
        return True
    return any(not name.lower().startswith("spacy") or name.lower().startswith("spacy-") for name in required)
