"""Mentions by description: noun phrases headed by a role noun, with what stands before and after it.

"Turkish foreign minister", "two gunmen", "a spokesman for the ministry", "people in Kabul": the modifiers and complements
give country, owner and the body led; whether the phrase names somebody already known is decided later (`resolve`).
"""

from __future__ import annotations

from itertools import pairwise

from dateline.actors.bodies import body_kind
from dateline.actors.fold import is_acronym
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention, bare_titles, capitalised, role_phrases
from dateline.actors.view import HYPHENS, POSSESSIVE, View
from dateline.actors.words import roles

_LEFT = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PRON", "PART", "VERB", "X", "SYM"})
_HEADS = frozenset({"NOUN", "PROPN", "ADJ"})
_COMPLEMENT = frozenset({"of", "for", "from", "at", "in", "to", "with", "on", "inside"})
LAPSING = frozenset({"GOV", "LEG", "MIL", "JUD", "COP", "SPY", "PTY", "OPP", None})
"""Sectors of offices that end: who held one is of the elite."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})


def role_hits(seen: View, cover: list[Mention | None]) -> list[tuple[int, int, str]]:
    """The role nouns of a text outside the names of `cover` (a mention a token): first and last token, phrase."""
    hits: list[tuple[int, int, str]] = []
    i, phrases = 0, role_phrases()
    while i < len(seen):
        hit = phrases.longest_at(seen, i, False) if seen.plain[i] and cover[i] is None else None
        if hit and all(cover[k] is None for k in range(i, hit[0])) and seen.pos[hit[0] - 1] in _HEADS:
            hits.append((i, hit[0], hit[1]))
            i = hit[0]
        else:
            i += 1
    return hits


def scan_roles(seen: View, cover: list[Mention | None], hits: list[tuple[int, int, str]]) -> list[Mention]:
    """Noun phrases headed by role nouns. Marks as modifiers the names of `cover` that only qualify them."""
    hits = [hit for hit in hits if all(cover[k] is None for k in range(hit[0], hit[1]))]
    found: list[Mention] = []
    until = 0
    for n, (first, last, phrase) in enumerate(hits):
        if first < until:
            continue  # within the complement of an office: "Undersecretary of State"
        following = hits[n + 1] if n + 1 < len(hits) else None
        after = cover[last] if last < len(seen) else None
        named = after is not None and after.form == "person" and after.first == last
        end = _office_end(seen, last)
        office = bool(end and not named and roles()[phrase].kind == "person" and not roles()[phrase].plural)
        if office and end < len(seen) and (holder := cover[end]) is not None and holder.form == "person":
            named = True  # "Undersecretary of State Ann Low": the name belongs to the office
        if not named and _qualifies(seen, last - 1, following):
            continue
        if phrase in lexicon().relations and _of_state(seen, last - 1, cover):
            continue
        mention = _noun_phrase(seen, first, last, phrase, cover, named)
        if office and named:
            mention.right = end
            mention.owner = None if mention.owner is cover[end] else mention.owner
        if office:
            mention.right, mention.stop, until = max(mention.right, end), end, end
        found.append(mention)
    _bodies_led(found)
    _still_former(seen, found)
    _offices_of_one(seen, found)
    return found


def _offices_of_one(seen: View, found: list[Mention]) -> None:
    """What follows the last office of a list is of all of them: "the president, prime minister and speaker of Peru". Three
    or more are as many people; "the chairman and chief executive" may be one."""
    run: list[Mention] = []
    for role in found:
        before = run[-1] if run else None
        beside = before is not None and before.right == before.last and seen.pos[role.left] != "DET"
        joined = beside and before is not None and all(w in (",", "and") for w in seen.lower[before.last : role.left])
        person = role.role_data is not None and role.role_data.kind == "person" and not role.plural
        run = [*run, role] if joined and person else [role] if person else []
        if len(run) < 2 or role.right == role.last:
            continue
        for one in run[:-1]:
            if not one.countries and one.owner is None and one.owner_pronoun is None:
                one.countries, one.owner = set(role.countries), role.owner
        apart = len(run) > 2 and role.countries and run[0].definite and seen.dep[run[0].head] not in ("attr", "oprd")
        for one in run[1:] if apart else ():
            one.definite = True


def _still_former(seen: View, found: list[Mention]) -> None:
    """A second office without an article is as former as the first: "former governor and senator"."""
    for first, second in pairwise(found):
        joined = seen.dep[second.head] == "conj" and seen.head[second.head] == first.head
        if joined and first.former and seen.pos[second.left] != "DET" and second.owner_pronoun is None:
            second.former = True
            second.sector = first.sector if second.sector in LAPSING else second.sector


def _bodies_led(found: list[Mention]) -> None:
    """A described body in the complement of a role is its owner: "leaders of the legislature"."""
    words = lexicon()
    for role, body in pairwise(found):
        inside = role.last <= body.left and body.last <= role.right
        if inside and role.role in words.leads and body.sector is not None:
            body.countries, role.countries = body.countries | role.countries, role.countries | body.countries
            if role.owner is None or role.owner.kind == "country" or role.owner.left >= body.left:
                role.owner = body


def _office_end(seen: View, at: int) -> int:
    """The end of a bare complement of an office: "of State", "of Police", "for Security and Justice"; 0 if none. "for Mr. Low"
    and "of Democrat Ann Low" are of somebody."""
    if at + 1 >= len(seen) or seen.lower[at] not in ("of", "for") or not capitalised(seen.text[at + 1]):
        return 0
    if seen.text[at + 1].rstrip(".") in bare_titles() or seen.lower[at + 1] in lexicon().party_words:
        return 0
    end = at + 1
    while (
        end < len(seen)
        and end - at < 7
        and (
            (
                capitalised(seen.text[end])
                and seen.pos[end] in ("PROPN", "NOUN", "ADJ")
                and seen.doc.spacy[end].ent_type_ != "PERSON"
            )
            or (
                seen.lower[end] in ("and", "for", "of", "the")
                and end + 1 < len(seen)
                and capitalised(seen.text[end + 1])
                and end > at + 1
            )
        )
    ):
        end += 1
    return end if end > at + 1 else 0


def _qualifies(seen: View, token: int, following: tuple[int, int, str] | None) -> bool:
    """Whether a role noun only qualifies the noun after it ("opposition leaders", "police station")."""
    if (
        following is not None
        and following[0] == token + 1
        and seen.dep[token] in ("compound", "amod", "nmod", "nummod")
    ):
        return True
    if token + 1 < len(seen) and seen.text[token + 1] in HYPHENS and seen.space[token]:
        return False  # "the cleaner – Bo Ekmark – left"
    up = seen.head[token]
    return up > token and seen.dep[token] in ("compound", "amod", "nmod", "npadvmod") and up - token <= 4


def _noun_phrase(seen: View, first: int, last: int, phrase: str, cover: list[Mention | None], named: bool) -> Mention:
    role, words = roles()[phrase], lexicon()
    left = left_edge(seen, first, last, cover, named)
    mention = Mention(
        "role", first, last, last - 1, left, "", role.kind if role.kind == "person" else body_kind(role),
        sector=role.sector, other=(role.other,) if role.other else (), role=phrase, role_data=role, gender=role.gender,
        plural=role.plural, origin="described", right=last,
    )  # fmt: skip
    if (role.kind == "person" and role.plural) or phrase == "people":
        mention.kind, mention.plural = "population", True
    before = [seen.lower[k] for k in range(left, first)]
    mention.abroad = any(w in words.abroad for w in (*before, *phrase.split()))
    mention.definite = bool(before) and (before[0] in _DEFINITE or "'s" in before or "’s" in before)
    mention.former = any(w in words.former for w in before) or (" " in phrase and phrase.split()[0] in words.former)
    if mention.former and role.sector in LAPSING:
        mention.sector = "ELI"
    for k in range(left, first):
        if seen.dep[k] == "poss" and seen.pos[k] == "PRON":
            mention.owner_pronoun, mention.definite = k, True
        inner = cover[k]
        if inner is not None and k == inner.first:
            if inner.form == "name" and inner.matches[0].entry.kind == "country" and _studied(seen, mention, inner):
                inner.modifier = True
                mention.elsewhere.add(inner.country or "")
                continue
            own(seen, mention, inner)
            freed = inner.kind == "armed group" and seen.lower[inner.last] not in POSSESSIVE
            if freed and phrase.split()[-1] in words.held:
                mention.sector, mention.other = inner.matches[0].sector if inner.matches else "REB", ()
    _sender(seen, mention, cover)
    lead_in(seen, mention, left, first, cover)
    complement(seen, mention, last, cover)
    marks = [w for w in seen.lower[last : last + 4] if w in words.source_marks] if phrase in words.source_nouns else []
    if marks:
        edge = seen.doc.spacy[last - 1].right_edge.i + 1
        mention.sector, mention.mark = "UNK", marks[0]
        mention.right = max(mention.right, min(edge, last + 10))
    if phrase in ("deputy", "deputies") and (
        mention.owner_pronoun or (mention.owner and mention.owner.form == "person")
    ):
        mention.sector = None  # "his deputy" sits in no parliament
    if phrase in ("representative", "representatives") and _spoken_for(mention):
        mention.sector = None
    if (phrase in words.presiding and _presides(seen, mention)) or (
        phrase in ("division", "divisions") and _branch(mention)
    ):
        mention.sector = None
    if phrase in words.aircraft and _flown(seen, mention):
        mention.sector, mention.kind = "MIL", "organisation"
    if phrase.split()[-1] in words.expertise and not mention.led:
        mention.sector = "SOC"
    _others(seen, mention)
    return mention


def _of_state(seen: View, head: int, cover: list[Mention | None]) -> bool:
    """Whether a noun only says what the state named before it is: "China, a close ally of Norland"."""
    named = cover[seen.head[head]]
    return seen.dep[head] == "appos" and named is not None and named.kind in ("country", "government")


def _flown(seen: View, mention: Mention) -> bool:
    """Whether bombers and fighters fly, are scrambled or shot down: "shot down a bomber", not "shot a bomber"."""
    noun = mention.head
    if seen.dep[noun] == "pobj" and seen.lower[seen.head[noun]] == "of":
        noun = seen.head[seen.head[noun]]  # "a couple of bombers"
    verb, dep = seen.head[noun], seen.dep[noun]
    lemma = seen.lemma[verb]
    if dep == "nsubj":
        return lemma == "fly"
    if lemma == "shoot":
        return dep in ("dobj", "nsubjpass") and "down" in seen.lower[verb : verb + 3]
    return dep in ("dobj", "nsubjpass") and lemma in lexicon().flown


def _presides(seen: View, mention: Mention) -> bool:
    """Whether a president is told to be one of some body that is no state: "the president of a building trades alliance"."""
    if mention.right == mention.last or mention.stop or mention.countries or mention.owner is not None:
        return False
    nouns = [seen.lower[k] for k in range(mention.last, mention.right) if seen.pos[k] == "NOUN"]
    return seen.lower[mention.last] == "of" and bool(nouns) and nouns[-1] not in lexicon().state_heads


def _branch(mention: Mention) -> bool:
    """Whether a division is part of a body that is no army: "the security division of Norfield Mills"."""
    owner = mention.owner
    return owner is not None and owner.form in ("body", "name") and owner.kind != "country" and owner.sector != "MIL"


def _spoken_for(mention: Mention) -> bool:
    """Whether a representative is one of somebody or of a body, and of no people: "a representative for Mr. Low"."""
    owner = mention.owner
    if owner is None:
        return mention.owner_pronoun is not None
    return (
        owner.form in ("person", "body", "metonym")
        or owner.kind in ("igo", "company", "ngo", "armed group", "media")
        or (owner.kind in ("government", "organisation") and owner.form == "name" and not owner.matches[0].entry.region)
    )


def _others(seen: View, mention: Mention) -> None:
    """Neighbours and rivals of a state, and the hosts of a guest, are of another country that the words do not tell."""
    words, noun, owner = lexicon(), (mention.role or "").split()[-1], mention.owner
    his = seen.lower[mention.owner_pronoun] if mention.owner_pronoun is not None else ""
    possessed = owner is not None and owner.last < len(seen) and seen.lower[owner.last] in POSSESSIVE
    states = possessed and owner is not None and owner.kind in ("country", "government", "igo")
    if noun in words.hosts and mention.role == noun:
        if not (
            states or his in ("his", "her", "their") or (possessed and owner is not None and owner.form == "person")
        ):
            return
        mention.sector = None
    elif noun not in words.relations or not (states or his == "its"):
        return
    if states and owner is not None:
        mention.countries.discard(owner.country or "")
    mention.owner, mention.owner_pronoun, mention.abroad = None, None, not mention.countries


def _sender(seen: View, mention: Mention, cover: list[Mention | None]) -> None:
    """Who sends an envoy is the one whose envoy it is: "Peru sent an envoy to the talks"."""
    verb = seen.head[mention.head]
    if (mention.role or "").split()[-1] not in lexicon().sent or mention.countries or seen.dep[mention.head] != "dobj":
        return
    if seen.lemma[verb] not in lexicon().sending:
        return
    for token in seen.doc.spacy[verb].lefts:
        sender = cover[token.i] if token.dep_ == "nsubj" else None
        if sender is not None and sender.country and sender.kind in ("country", "government", "igo"):
            mention.countries.add(sender.country)


def _studied(seen: View, role: Mention, inner: Mention) -> bool:
    """Whether a state is what somebody deals with: "a Peru scholar", not "Peru's scholars" or "US scholars"; "the
    council's Peru adviser", not "a Peru adviser"."""
    noun = (role.role or "").split()[-1]
    if seen.lower[inner.last] in POSSESSIVE or is_acronym(seen.plain[inner.first]):
        return False
    owned = inner.first > role.left and any(seen.dep[k] == "poss" for k in range(role.left, inner.first))
    return noun in lexicon().students or (owned and noun in lexicon().advising)


def own(seen: View, mention: Mention, inner: Mention) -> None:
    """A name inside a noun phrase qualifies its head: it gives country, or is the owner."""
    if inner.form == "person":
        mention.owner = mention.owner or inner
        return
    if inner.last < len(seen) and seen.lower[inner.last] in ("war", "wars"):
        inner.modifier = True  # "a Korea War veteran"
        mention.elsewhere.add(inner.country or "")
        return
    if mention.role in lexicon().struck and inner.form != "adjective" and inner.kind in ("country", "government"):
        inner.modifier = True
        mention.elsewhere.add(inner.country or "")
        return
    if (
        inner.first
        and seen.lower[inner.first - 1] == "ethnic"
        and inner.form == "adjective"
        and inner.kind == "country"
    ):
        inner.modifier = True  # "ethnic Sordish rebels": of the land where they live
        return
    if seen.text[inner.first - 1] in HYPHENS and seen.lower[inner.first - 2] in lexicon().counter:
        inner.modifier = True
        mention.elsewhere.add(inner.country or "")
        return
    if inner.form != "body" or inner.country:
        inner.modifier = True
    if inner.country:
        mention.countries.add(inner.country)
    if inner.form in ("body", "metonym") or (inner.form == "name" and inner.kind != "country") or mention.owner is None:
        mention.owner = inner


def lead_in(seen: View, mention: Mention, left: int, first: int, cover: list[Mention | None]) -> None:
    """Role nouns and adjectives before a leading role give it its sector ("police officials", "legislative leaders")."""
    words = lexicon()
    if mention.sector is not None and mention.role not in words.leads:
        return
    for k in range(left, first):
        if cover[k] is not None:
            continue
        sector = words.qualifiers.get(seen.lower[k])
        hit = role_phrases().longest_at(seen, k, False)
        unheard = hit is not None and (roles()[hit[1]].sector in ("CVL", "CRM") or hit[1] in words.ranks)
        if unheard and seen.pos[k] == "ADJ":
            continue  # "a national security aide", "the criminal division head", "a major ally"
        if sector is None and hit is not None and hit[0] <= first and seen.lower[hit[0] - 1] not in words.kin:
            sector = roles()[hit[1]].sector
        if sector is not None:
            mention.sector, mention.led = "ELI" if mention.former else sector, True
            return


def left_edge(seen: View, first: int, last: int, cover: list[Mention | None], named: bool) -> int:
    """Where the noun phrase of the tokens [first, last) begins."""
    left, k = first, first - 1
    while k >= 0 and first - k <= 14 and seen.paragraph[k] == seen.paragraph[first] and seen.start[k] >= seen.body:
        inner = cover[k]
        if inner is not None and inner.first <= k:
            possessive = left > inner.last or seen.lower[inner.last : left] in (["'s"], ["’s"], ["'"], ["’"])
            attaches = any(first <= up < last or left <= up < last for up in (seen.head[inner.head],))
            near = left == inner.last or seen.text[inner.last] in HYPHENS
            if not (
                attaches or (near and (inner.form != "person" or seen.dep[inner.head] == "compound")) or possessive
            ):
                break
            if seen.pos[inner.head] == "VERB":
                break
            left, k = inner.first, inner.first - 1
            continue
        word = seen.lower[k]
        if word in POSSESSIVE and seen.pos[k] == "PART":
            left, k = k, k - 1
            continue
        if seen.text[k] in HYPHENS and not seen.space[k] and k and not seen.space[k - 1]:
            left, k = k, k - 1
            continue
        if seen.pos[k] not in _LEFT or seen.text[k].isspace() or not seen.plain[k]:
            break
        up = seen.head[k]
        if not (left <= up < last or (named and up >= last and up - last < 6)):
            break
        if seen.dep[k] in (
            "nsubj",
            "nsubjpass",
            "dobj",
            "ROOT",
            "conj",
            "advmod",
            "relcl",
            "appos",
            "prep",
            "pobj",
            "attr",
        ) and not (seen.dep[k] == "advmod" and seen.pos[k] == "ADV"):
            break
        if seen.pos[k] == "VERB" and seen.dep[k] not in ("amod", "compound"):
            break
        left, k = k, k - 1
        if seen.pos[left] in ("DET", "PRON") and seen.lower[left] not in ("all", "both", "such", "half", "those"):
            break  # a noun phrase begins with its determiner
    while left < first and (seen.text[left] in HYPHENS or seen.lower[left] in POSSESSIVE):
        left += 1
    return left


def complement(seen: View, mention: Mention, at: int, cover: list[Mention | None]) -> None:
    """Read "of the Senate", "for the ministry", "in Kabul" after a noun phrase: owner, country, and its new right end."""
    prepositions = 0
    if at + 2 < len(seen) and seen.lower[at] in lexicon().belonging and seen.lower[at + 1] == "by":
        end, inner = _object(seen, at + 2, cover)
        if end is not None and inner is not None:
            mention.owner, mention.right = inner, end
            if inner.country:
                mention.countries.add(inner.country)
        return
    while (
        at + 1 < len(seen)
        and prepositions < 2
        and seen.lower[at] in _COMPLEMENT
        and seen.paragraph[at] == seen.paragraph[mention.head]
    ):
        word = seen.lower[at]
        if word in ("to", "with", "on", "for") and seen.head[at] not in range(mention.first, mention.last):
            return
        sent = word in ("to", "for") and mention.role is not None and mention.role.split()[-1] in lexicon().sent
        end, inner = _object(seen, at + 1, cover, sent)
        if end is None:
            return
        if seen.dep[at] == "prep" and word in ("in", "at", "from") and seen.head[at] not in range(mention.left, at):
            return
        named = (
            range(inner.last, end) if inner is not None and inner.form != "adjective" else ()
        )  # "the families of the Melk victims"
        struck = not lexicon().struck.isdisjoint([mention.role, *(seen.lower[k] for k in named)])
        kept = lexicon().outposts
        posted = word in ("in", "at") and (mention.role in kept or seen.lower[at - 1] in kept)  # "the embassy in Peru"
        if (sent or struck or posted) and inner is not None and inner.kind in ("country", "government"):
            mention.elsewhere.add(inner.country or "")
            inner.modifier |= posted
        elif inner is not None:
            if inner.form == "person":
                mention.owner = mention.owner or inner
            elif word in ("in", "at", "inside", "from", "of", "to", "on", "for", "with"):
                if (
                    inner.form in ("name", "capital", "adjective", "metonym")
                    and inner.country
                    and inner.kind in ("country", "government")
                ):
                    if not mention.countries or word == "of":
                        mention.countries.add(inner.country)
                    if word != "with" and word != "for":
                        inner.modifier = True
                    if mention.owner is None and word != "in":
                        mention.owner = inner
                elif mention.owner is None or mention.owner.kind == "country":
                    mention.owner = inner
        mention.right, at = end, _second_field(seen, end, cover)
        prepositions += 1


def _second_field(seen: View, at: int, cover: list[Mention | None]) -> int:
    """The token after "and studies" where the body follows: "director for trade and policy studies at the Norland Institute"."""
    if at + 1 >= len(seen) or seen.lower[at] != "and" or seen.pos[at + 1] not in ("NOUN", "ADJ"):
        return at
    end, inner = _object(seen, at + 1, cover)
    if end is None or inner is not None or end >= len(seen) or seen.lower[end] not in ("at", "of"):
        return at
    return end


def _object(seen: View, at: int, cover: list[Mention | None], sent: bool = False) -> tuple[int | None, Mention | None]:
    """The end of the noun phrase that begins at a token, and the name that heads it; `sent`: it is where somebody is sent,
    who may be named after it."""
    start, last_name = at, None
    while at < len(seen) and at - start < 9 and seen.paragraph[at] == seen.paragraph[start]:
        inner = cover[at]
        if sent and inner is not None and inner.form == "person" and last_name is not None:
            break  # "the envoy to the League Ann Low"
        if inner is not None:
            last_name, at = inner, inner.last
            continue
        if (
            seen.pos[at] in ("DET", "ADJ", "NOUN", "PROPN", "NUM")
            or seen.lower[at] in ("'s", "’s", "the")
            or (seen.text[at] in HYPHENS and not seen.space[at])
            or (at > start and seen.text[at - 1] in HYPHENS and not seen.space[at - 1])  # "the crown-led council"
            or (at > start and seen.lower[at - 1] in POSSESSIVE)  # "Peru's ruling party"
        ):
            at += 1
            continue
        break
    return (at if at > start else None), last_name  # of "for the Afghan ministry" the name still tells the country
