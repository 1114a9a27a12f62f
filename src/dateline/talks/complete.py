"""What talks leave to the rest of the article: parties from the other sentences, the venue from the dateline."""

from __future__ import annotations

from dateline.model import Place
from dateline.talks.company import Company
from dateline.talks.meeting import Meeting, days_of
from dateline.talks.mentions import Reader
from dateline.talks.phrases import verbal

OPENING = 3
"""Sentences at the head of an article that say what it is about."""
NEAR_PRESS = 1
"""Days: a dateline names the place of what happened that day or the day before."""


def complete(reader: Reader, meetings: list[Meeting]) -> None:
    """Parties from the other sentences, and the venue from the dateline, for talks that do not name their own."""
    company: Company | None = None
    for n, meeting in enumerate(meetings):
        parties, between = meeting.split(reader.sides)
        strong = any(m.strong for m in meeting.mentions)
        central = _central(reader, meeting)
        if (
            len(parties) < 2
            and (strong or meeting.round or any(m.definite for m in meeting.mentions))
            and (meeting.places or meeting.days or meeting.round)
        ):
            before = next((m for m in meetings[:n] if len(m.split(reader.sides)[0]) > 1), None)
            if before is not None and set(parties) <= set(before.split(reader.sides)[0]):
                meeting.parties += [i for ids in before.split(reader.sides)[0].values() for i in ids]
            elif strong and central and before is None:
                company = company or Company(reader)
                host = next((p.country for p in meeting.places), None)
                own = [i for ids in parties.values() for i in ids]
                found = company.of(own, between, host, [m.sentence for m in meeting.mentions])
                meeting.parties += found
                meeting.around = bool(found)
        if n == 0 and not meeting.places:
            meeting.places += _from_dateline(reader, meeting)


def _central(reader: Reader, meeting: Meeting) -> bool:
    """Whether the article is about the talks: its head tells of them, or its title has a word for talks and its text comes
    back to them."""
    sentences = {m.sentence.index for m in meeting.mentions}
    if min(sentences, default=OPENING) < OPENING:
        return True
    words = reader.words.meeting
    title = {w.strip(".,:;'’").removesuffix("s") for w in (reader.doc.article.title or "").lower().split()}
    return len(sentences) > 1 and bool(title & (words["nouns"] | words["weak_nouns"] | words["accord_nouns"]))


def _from_dateline(reader: Reader, meeting: Meeting) -> list[Place]:
    """The town of the dateline as the venue of talks held that the first sentences tell of.

    It must lie in no party's country, unless people met: a correspondent in the capital writes of his government's talks
    elsewhere too. Talks that somebody tells of ("officials said") have no venue there.
    """
    town, published = reader.setting.dateline(), reader.doc.article.published
    if town is None or meeting.future or not meeting.mentions:
        return []
    first = meeting.mentions[0]
    days = days_of(meeting.days)
    if first.sentence.index > 0 or days is None or published is None or abs((published - days[1]).days) > NEAR_PRESS:
        return []
    token = reader.doc.spacy[first.trigger]
    clause = reader.read.clause(token)
    if any(up.lemma_.lower() in reader.words.meeting["saying"] for v in clause[:1] for up in v.ancestors):
        return []
    home = any(side == ("state", town.country) for side in reader.sides.all(meeting.parties))
    people = [i for i in meeting.parties if reader.sides.table[i].kind == "person"]
    met = verbal(token) or len(people) == len(meeting.parties)
    return [] if home and not (people and met) else [town]
