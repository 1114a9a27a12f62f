"""The errors that Dateline raises, all of them.

    DatelineError                what went wrong, where, and what to do about it
    ├── UsageError               the call is wrong: a path that does not exist, an unknown task  (exit 2)
    ├── SettingsError            the settings file: an unknown key, a value of the wrong type     (exit 2)
    ├── InputError               one source cannot be read: empty, binary, too large, unreachable (a problem row)
    ├── DataError                a data file that ships or that a user gave is not valid
    └── RecordError              the record file is of another kind, newer, or damaged

Do not add an error here without a reader who would act on it differently.
"""


class DatelineError(Exception):
    """Base of all. `str(error)` is one sentence or two: what, where, and what to do."""


class UsageError(DatelineError):
    """The caller asked for something that cannot be: names the argument and the valid choices."""


class SettingsError(DatelineError):
    """A settings file that cannot be used: names the file, the key and the nearest valid key."""


class InputError(DatelineError):
    """One source that yields no article.

    Attributes: `source` (path or URL as given), `stage` (the room that refused it).
    """

    def __init__(self, message: str, source: str = "", stage: str = "read") -> None:
        super().__init__(message)
        self.source = source
        self.stage = stage


class DataError(DatelineError):
    """A data file (codebook, registry, word list, gazetteer, model) that fails validation: names file and line."""


class RecordError(DatelineError):
    """A record file that cannot be opened or written: says whether it is newer, foreign or damaged."""
