"""A record to be shared without the articles' text: offsets and hashes stay, words go.

The rule. What is words of the article (its text and title, every span, every date as written) is left out, and its
sha256 stands beside, so that who holds the article can put it back and check it. Names, roles, subjects and places stay,
cut after NAME_WORDS words. On request the first words of the evidence and of what was said stay: as many as asked for,
and never more than half of the first sentence. Messages of problems lose what they quote.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

NAME_WORDS = 8
"""Words of a name, role or subject that stay. Names of bodies run to eight ("Office of the United Nations High
Commissioner for Human Rights" has nine and loses one); described sources ("two officials who spoke on condition of
anonymity because …") run longer and are cut."""

SCHEMA = "dateline/1-no-text"
"""The form of a coding without text: `dateline/1`, but spans are no longer slices."""

_WORD = re.compile(r"\S+")
_ENDS = re.compile(r"(?:[.!?…;:,][)\]]*|['\"”’»][.,]?)$")
"""A word that may end a sentence, or a clause that could stand as one ("We want no war," he said)."""
_QUOTED = re.compile(r"['\"“‘«].*['\"”’»]", re.DOTALL)
"""From the first quotation mark to the last: an apostrophe inside a quotation looks like its end."""

KEPT = frozenset({
    "id", "article_id", "local", "kind", "country", "sector", "other_sectors", "affiliation_id", "registry_id", "mentions",
    "statements", "acted", "received", "start_offset", "end_offset", "confidence", "origin", "publisher", "published",
    "published_origin", "source", "sources", "run_id", "url", "language", "body_start", "events", "talks", "problems",
    "revisions", "version", "models", "settings", "admin1", "lat", "lon", "geonames_id", "actor_id", "place_id", "start_date",
    "end_date", "granularity", "speaker_id", "speaker_country", "speaker_sector", "act", "addressee_ids", "quotation", "date",
    "source_start", "source_end", "cue_start", "cue_end", "type", "mode", "quad", "score", "contexts", "actor_ids",
    "actor_countries", "recipient_ids", "recipient_countries", "place_country", "status", "reported_by", "killed", "injured",
    "arrested", "participants", "party_ids", "party_countries", "mediator_ids", "round", "outcome", "stage", "started",
    "finished", "added", "replaced", "unchanged", "failed", "made", "current", "authors", "dateline", "cluster_id", "text_id",
    "relation", "reports", "texts", "publishers", "articles", "versions", "reprints", "first_reported", "last_reported",
    "first_published", "last_published", "cohesion", "event_id", "process_id", "position", "number", "held", "rounds",
    "round_ids", "positions", "side", "sides", "took_part", "repeats", "statement_id", "round_id", "to_sides", "by_when",
    "suggested", "checked", "verdict", "statement_ids", "next_id", "heard", "silent", "outside",
})  # fmt: skip
"""Columns of the views that hold no words of an article: ids, codes, numbers, days, addresses, the makers' names."""

NAMES = frozenset({
    "name", "actors", "recipients", "speaker", "addressees", "parties", "mediators", "hosts", "party", "place", "affiliation",
    "role", "speaker_role", "subject", "venue", "process", "who", "to_names", "key", "speaker_key",
})  # fmt: skip
"""Columns of names, parted by "; " where there are several."""

EXCERPTS = frozenset({("events_view", "evidence"), ("talks_view", "evidence"), ("statements_view", "text"),
                      ("reports_view", "evidence"), ("clusters_view", "evidence"), ("positions_view", "text"),
                      ("pledges_view", "text")})  # fmt: skip
"""Where the first words stay if asked for."""

SPANS = frozenset({"content", "evidence_spans"})
"""Columns that are JSON arrays of spans."""


def sha256(text: str) -> str:
    """The hash that stands for words: of their UTF-8 form."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def excerpt(text: str, words: int) -> str:
    """The first words of a text: at most `words`, and at most half of its first sentence, so that none stays whole."""
    found = list(_WORD.finditer(text))
    first = next((i for i, word in enumerate(found, 1) if _ENDS.search(word[0])), len(found))
    keep = min(words, first // 2)
    return text[found[0].start() : found[keep - 1].end()] + " …" if keep > 0 else ""


def name(text: str) -> str:
    """A name, cut after NAME_WORDS words."""
    found = list(_WORD.finditer(text))
    return text if len(found) <= NAME_WORDS else text[: found[NAME_WORDS - 1].end()] + " …"


def names(text: str) -> str:
    """Several names, parted by "; ", each cut."""
    return "; ".join(name(part) for part in text.split("; "))


def message(text: str) -> str:
    """A message of ours without what it quotes."""
    return _QUOTED.sub("'…'", text)


def stripped(coding: Mapping[str, Any], words: int = 0) -> dict[str, Any]:
    """A coding in its JSON form, without the article's words. `words`: of evidence and contents to keep (see excerpt)."""

    def span(found: Any, keep: int = 0) -> Any:
        if found is None:
            return None
        return {**found, "text": excerpt(found["text"], keep), "sha256": sha256(found["text"])}

    article = dict(coding["article"])
    article["text_sha256"], article["text_length"] = sha256(article["text"]), len(article["text"])
    article["title_sha256"] = sha256(article["title"]) if article["title"] else None
    article["text"], article["title"] = "", None
    return {
        **coding,
        "schema": SCHEMA,
        "article": article,
        "actors": [
            {**a, "name": name(a["name"]), "role": a["role"] and name(a["role"]), "key": a["key"] and name(a["key"]),
             "mentions": [span(m) for m in a["mentions"]]}
            for a in coding["actors"]
        ],
        "places": [{**p, "name": name(p["name"]), "mentions": [span(m) for m in p["mentions"]]} for p in coding["places"]],
        "dates": [{**d, "text": "", "sha256": sha256(d["text"])} for d in coding["dates"]],
        "statements": [
            {**s, "source": span(s["source"]), "cue": span(s["cue"]), "content": [span(c, words) for c in s["content"]]}
            for s in coding["statements"]
        ],
        "events": [{**e, "evidence": span(e["evidence"], words)} for e in coding["events"]],
        "talks": [
            {**t, "subject": t["subject"] and name(t["subject"]), "evidence": [span(e, words) for e in t["evidence"]]}
            for t in coding["talks"]
        ],
        "problems": [{**p, "message": message(p["message"])} for p in coding["problems"]],
    }  # fmt: skip


def cell(view: str, column: str, value: Any, words: int = 0) -> Any:
    """A value of a view's column without the article's words; a column that this module does not know is left empty."""
    if value is None or column in KEPT or (view == "runs_view" and column == "command"):
        return value
    if (view, column) in EXCERPTS:
        return excerpt(value, words)
    if column in NAMES:
        return names(value) if isinstance(value, str) else value
    if column == "message":
        return message(value)
    if column in SPANS:
        spans = json.loads(value)
        return json.dumps([{"start": s["start"], "end": s["end"], "sha256": sha256(s["text"])} for s in spans])
    return None


def hashed(view: str, column: str) -> bool:
    """Whether a column gets a second one, `column`_sha256, in place of its words."""
    known = column in KEPT | NAMES | SPANS or column == "message" or (view, column) == ("runs_view", "command")
    return (view, column) in EXCERPTS or (not known and column in _WORDS)


_WORDS = frozenset({"text", "title", "evidence", "source_text", "cue_text"})
"""Columns whose words are replaced by their hash; other unknown ones are only left empty."""
