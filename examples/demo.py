"""What `make demo` runs: code the example pages into a record, show it, say what to do next."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
RECORD = HERE.parent / "demo.record"


def dateline(*arguments: str) -> None:
    """Run one command of Dateline, shown as a user would type it."""
    shown = " ".join(str(Path(a).relative_to(HERE.parent)) if a.startswith(str(HERE.parent)) else a for a in arguments)
    print(f"\n$ dateline {shown}", flush=True)
    done = subprocess.run([sys.executable, "-m", "dateline", *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    """Code examples/havana and show what came of it."""
    for old in RECORD.parent.glob(RECORD.name + "*"):
        old.unlink()
    dateline("code", str(HERE / "havana"), "--to", str(RECORD))
    dateline("talks", str(RECORD))
    dateline("show", str(RECORD), "statements", "--limit", "8")
    dateline("show", str(RECORD), "events", "--limit", "12")
    print(
        "\nThe record is demo.record: one SQLite file. Open it in the browser with\n"
        "  .venv/bin/dateline desk demo.record\n"
        "or look further here:\n"
        "  .venv/bin/dateline show demo.record articles\n"
        "  .venv/bin/dateline timeline demo.record\n"
        "  .venv/bin/dateline dyad demo.record COL FARC --by year\n"
        "  .venv/bin/dateline export demo.record --format csv --to demo-csv\n"
        "and code a page of your own:\n"
        "  .venv/bin/dateline code page.html"
    )


if __name__ == "__main__":
    main()
