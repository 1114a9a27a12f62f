"""language: Article → Doc. One spaCy pipeline, loaded once, and the sessions of the models that read its sentences."""

from dateline.language.doc import Doc, Sentence
from dateline.language.encoder import Encoder
from dateline.language.parse import Language, load

__all__ = ["Doc", "Encoder", "Language", "Sentence", "load"]
