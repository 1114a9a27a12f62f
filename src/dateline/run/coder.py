"""The stages joined: a page goes in, a coding comes out, whatever the page holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

from dateline import actors, article, dates, events, language, places, statements, talks
from dateline.actors import registry, words
from dateline.errors import InputError
from dateline.events.own import learned as codebooks
from dateline.model import Article, Coding, Page, Problem
from dateline.model import Coder as CoderInfo
from dateline.settings import Settings, load
from dateline.version import __version__

T = TypeVar("T")


class Coder:
    """Codes pages one at a time. Holds what all articles share; the pipeline and the models load on first use.

    `settings`: a loaded Settings, or None for the defaults.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or load()
        own = actors.use(self.settings["actors.registries"])
        if own:  # a fault in them is the user's to mend before anything is coded
            registry.load()
            words.roles()
        models = _models() | {f"registry {path.name}": _hash(path) for path in own}
        if gazetteer := places.use(self.settings["places.gazetteer"]):
            models[f"gazetteer {gazetteer.path.name}"] = gazetteer.digest
        self.codebook = codebooks.use(self.settings["events.codebook"])
        if self.codebook:
            models[f"codebook {self.codebook.book.name}"] = self.codebook.digest
        noun = self.codebook.noun if self.codebook else None
        self.info = CoderInfo(__version__, models, self.settings.digest, noun)

    def warm(self) -> None:
        """Load the pipeline, the models and the data now rather than with the first article."""
        self.code_page(Page("warm-up", "The ministers of Ruritania and Graustark met on Monday, officials said. " * 4))

    def code_page(self, page: Page | InputError) -> Coding:
        """Code one page. Never raises for what a page holds: what cannot be coded gives a coding with its problems."""
        if isinstance(page, InputError):
            return self.failed(page.source, page.stage, str(page))
        try:
            found, problems = article.extract(page, self.settings)
        except InputError as error:
            return self.failed(page.source, error.stage, str(error), page)
        except Exception as error:  # noqa: BLE001 - a page that our parsers do not survive is one failed input
            return self.failed(page.source, "article", _fault(error), page)
        return self.code_article(found, problems)

    def code_article(self, found: Article, problems: tuple[Problem, ...] = ()) -> Coding:
        """Code an article that is clean already."""
        met = list(problems)
        coding = Coding(self.info, found)
        accepted = self.settings["article.languages"]
        if found.language not in accepted:
            met.append(
                Problem("language", f"the text is in '{found.language}', not coded; coded are {', '.join(accepted)}")
            )
            return replace(coding, problems=tuple(met))
        if found.published is None:
            met.append(
                Problem(
                    "article", "no publication date found; relative dates stay unresolved (give one with --published)"
                )
            )

        def stage(name: str, work: Callable[[], T], empty: T) -> T:
            """One room's work. A fault in it costs that room's rows, not the article: it becomes a problem row."""
            try:
                return work()
            except Exception as error:  # noqa: BLE001 - the one seam where a fault of ours may not stop a run
                met.append(Problem(name, _fault(error)))
                return empty

        actors.use(self.settings["actors.registries"])  # another coder of this thread may have had its own
        places.use(self.settings["places.gazetteer"])
        codebooks.force(self.codebook)
        pipeline = language.load(self.settings["language.pipeline"])
        doc = stage("language", lambda: pipeline.parse(found), None)
        if doc is None:
            return replace(coding, problems=tuple(met))
        who = stage("actors", lambda: actors.find(doc), actors.Actors())
        where = stage("places", lambda: places.find(doc), ())
        when = stage("dates", lambda: dates.find(doc), ())
        said, who, quotation_problems = stage("statements", lambda: statements.find(doc, who, when), ((), who, ()))
        done, event_problems = stage(
            "events", lambda: events.find(doc, who, where, when, said, self.settings), ((), ())
        )
        met_at = stage("talks", lambda: talks.find(doc, who, where, when, said, done), ())
        days = int(self.settings["events.historical_days"])
        if met_at and (
            self.codebook is None or self.codebook.book.extends
        ):  # a codebook that stands alone has no CONSULT
            done = stage("talks", lambda: talks.consultations(found, who, met_at, done, days), done)
        met += [*quotation_problems, *event_problems]
        if not who.actors:
            met.append(Problem("actors", "no political actor found in the text, so nothing to code"))
        return replace(
            coding,
            actors=who.actors,
            places=tuple(replace(p, confidence=_two(p.confidence)) for p in where),
            dates=when,
            statements=tuple(replace(s, confidence=_two(s.confidence)) for s in said),
            events=tuple(replace(e, confidence=_two(e.confidence)) for e in done),
            talks=tuple(replace(t, confidence=_two(t.confidence)) for t in met_at),
            problems=tuple(met),
        )

    def failed(self, source: str, stage: str, message: str, page: Page | None = None) -> Coding:
        """The coding of an input that gave no article: empty lists and one problem that says why (its row names the source)."""
        message = message.removeprefix(f"{source}: ")
        identity = "sha256:" + hashlib.sha256(f"failed\0{source}".encode("utf-8", "surrogatepass")).hexdigest()
        known = page or Page(source, "")
        empty = Article(
            identity, source, "", known.key, known.url, known.title, known.authors, known.publisher, known.published,
            known.published_origin,
        )  # fmt: skip
        return Coding(
            self.info, empty, problems=(*(Problem("read", note) for note in known.notes), Problem(stage, message))
        )


def _fault(error: Exception) -> str:
    return f"fault in Dateline, please report it: {type(error).__name__}: {error}"


def _two(confidence: float) -> float:
    """Confidence to two places: int8 kernels of different processors differ beyond them."""
    return round(float(confidence), 2)


@cache
def _models() -> dict[str, str]:
    """Hashes of the model weights that ship, by name."""
    folder = resources.files("dateline").joinpath("data", "models")
    if not folder.is_dir():
        return {}
    found = {}
    for model in sorted(folder.iterdir(), key=lambda entry: entry.name):
        weights = model.joinpath("model.onnx")
        if weights.is_file():
            found[model.name] = _hash(weights)
    return found


def _hash(file: Traversable) -> str:
    return "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()
