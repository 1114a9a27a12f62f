"""Writes the JSON Schema of a coding: `python -m dateline.model.schema docs/record.schema.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dateline.model.coding import json_schema


def main(path: str) -> None:
    """Write the schema to `path`, overwriting it."""
    Path(path).write_text(json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
