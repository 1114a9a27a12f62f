-- The record, version 1. Applied in one transaction; a change to the schema is a new script with the next number.
-- Every machine row names its article, the words that support it (offsets in code points, end exclusive), the rule or
-- model that made it (origin), its confidence (null where the coder gives none) and the run that wrote it.
-- `id` is a hash of article, kind and content and stays the same when an article is coded anew; `local` is the id in the
-- JSON form ("a1"); `row` is only SQLite's own number.

CREATE TABLE run (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,             -- start time and four random hex digits
  started TEXT NOT NULL,               -- UTC, ISO 8601
  finished TEXT,                       -- null while the run is on, or if it was killed
  version TEXT NOT NULL,               -- of Dateline
  command TEXT NOT NULL,               -- what was asked for, in words
  added INTEGER NOT NULL DEFAULT 0,    -- articles new to the record
  replaced INTEGER NOT NULL DEFAULT 0, -- articles whose machine rows were replaced
  unchanged INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0    -- inputs that gave no article
) STRICT;

CREATE TABLE coder (
  id TEXT PRIMARY KEY,                 -- hash of the rest
  version TEXT NOT NULL,
  models TEXT NOT NULL,                -- JSON object: name of a model -> hash of its weights
  settings TEXT NOT NULL               -- hash of the settings
) STRICT;

CREATE TABLE article (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision_id TEXT NOT NULL REFERENCES revision(id) DEFERRABLE INITIALLY DEFERRED, -- the coding in force
  source TEXT NOT NULL,                -- path or URL as given
  key TEXT,
  url TEXT,
  title TEXT,
  authors TEXT NOT NULL,               -- JSON array
  publisher TEXT,
  published TEXT,                      -- ISO date
  published_origin TEXT,
  language TEXT,
  dateline TEXT NOT NULL,              -- JSON array
  body_start INTEGER NOT NULL,
  text TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run(id)
) STRICT;
CREATE INDEX article_published ON article(published);

CREATE TABLE revision (                -- every coding an article has had, the one in force included
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  coder_id TEXT NOT NULL REFERENCES coder(id),
  made TEXT NOT NULL,                  -- UTC, when it was first written
  run_id TEXT NOT NULL REFERENCES run(id),
  coding BLOB NOT NULL                 -- the JSON form, zlib
) STRICT;
CREATE INDEX revision_article ON revision(article_id);

CREATE TABLE source (                  -- every path or URL an article was met under
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run(id),
  PRIMARY KEY (article_id, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_source ON source(source);

CREATE TABLE actor (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  local TEXT NOT NULL,
  key TEXT,                            -- identity across articles
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT,
  sector TEXT,
  other_sectors TEXT NOT NULL,         -- JSON array
  role TEXT,
  affiliation_id TEXT REFERENCES actor(id) DEFERRABLE INITIALLY DEFERRED,
  registry_id TEXT,
  start_offset INTEGER,                -- first mention
  end_offset INTEGER,
  text TEXT,
  confidence REAL,
  origin TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run(id)
) STRICT;
CREATE INDEX actor_article ON actor(article_id);
CREATE INDEX actor_affiliation ON actor(affiliation_id);
CREATE INDEX actor_country ON actor(country);
CREATE INDEX actor_key ON actor(key);
CREATE INDEX actor_name ON actor(name COLLATE NOCASE);

CREATE TABLE place (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  local TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT,
  country TEXT,
  admin1 TEXT,
  lat REAL,
  lon REAL,
  geonames_id INTEGER,
  start_offset INTEGER,                -- first mention
  end_offset INTEGER,
  text TEXT,
  confidence REAL,
  origin TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run(id)
) STRICT;
CREATE INDEX place_article ON place(article_id);

CREATE TABLE mention (                 -- every mention of an actor or a place
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  actor_id TEXT REFERENCES actor(id) ON DELETE CASCADE,
  place_id TEXT REFERENCES place(id) ON DELETE CASCADE,
  start_offset INTEGER NOT NULL,
  end_offset INTEGER NOT NULL,
  text TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run(id),
  CHECK ((actor_id IS NULL) <> (place_id IS NULL))
) STRICT;
CREATE INDEX mention_article ON mention(article_id);
CREATE INDEX mention_actor ON mention(actor_id);
CREATE INDEX mention_place ON mention(place_id);

CREATE TABLE date (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  local TEXT NOT NULL,
  start_offset INTEGER NOT NULL,
  end_offset INTEGER NOT NULL,
  text TEXT NOT NULL,
  start_date TEXT,
  end_date TEXT,
  granularity TEXT,
  confidence REAL,
  origin TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run(id)
) STRICT;
CREATE INDEX date_article ON date(article_id);

CREATE TABLE statement (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  local TEXT NOT NULL,
  speaker_id TEXT REFERENCES actor(id),
  act TEXT NOT NULL,
  quotation TEXT NOT NULL,
  date TEXT,
  source_start INTEGER, source_end INTEGER, source_text TEXT,
  cue_start INTEGER, cue_end INTEGER, cue_text TEXT,
  start_offset INTEGER,                -- from the first piece of the content to the last
  end_offset INTEGER,
  text TEXT NOT NULL,                  -- the pieces, joined by " … "
  confidence REAL,
  origin TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run(id)
) STRICT;
CREATE INDEX statement_article ON statement(article_id);
CREATE INDEX statement_speaker ON statement(speaker_id);
CREATE INDEX statement_act ON statement(act, date);

CREATE TABLE statement_content (
  statement_id TEXT NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start_offset INTEGER NOT NULL,
  end_offset INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (statement_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement_addressee (
  statement_id TEXT NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  actor_id TEXT NOT NULL REFERENCES actor(id),
  PRIMARY KEY (statement_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_addressee_actor ON statement_addressee(actor_id);

CREATE TABLE event (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  local TEXT NOT NULL,
  type TEXT NOT NULL,
  mode TEXT,
  quad TEXT,
  score REAL,
  contexts TEXT NOT NULL,              -- JSON array
  start_date TEXT,
  end_date TEXT,
  place_id TEXT REFERENCES place(id),
  status TEXT NOT NULL,
  reported_by TEXT REFERENCES statement(id),
  killed INTEGER, injured INTEGER, arrested INTEGER, participants INTEGER,
  start_offset INTEGER NOT NULL,
  end_offset INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  confidence REAL,
  origin TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run(id)
) STRICT;
CREATE INDEX event_article ON event(article_id);
CREATE INDEX event_type ON event(type, start_date);
CREATE INDEX event_date ON event(start_date);
CREATE INDEX event_place ON event(place_id);
CREATE INDEX event_reported_by ON event(reported_by);

CREATE TABLE event_actor (
  event_id TEXT NOT NULL REFERENCES event(id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
  position INTEGER NOT NULL,
  actor_id TEXT NOT NULL REFERENCES actor(id),
  PRIMARY KEY (event_id, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actor_actor ON event_actor(actor_id, role);

CREATE TABLE talks (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  local TEXT NOT NULL,
  place_id TEXT REFERENCES place(id),
  start_date TEXT,
  end_date TEXT,
  round INTEGER,
  subject TEXT,
  outcome TEXT NOT NULL,
  start_offset INTEGER,                -- first evidence
  end_offset INTEGER,
  evidence TEXT,
  confidence REAL,
  origin TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run(id)
) STRICT;
CREATE INDEX talks_article ON talks(article_id);
CREATE INDEX talks_place ON talks(place_id);

CREATE TABLE talks_actor (
  talks_id TEXT NOT NULL REFERENCES talks(id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('party', 'mediator')),
  position INTEGER NOT NULL,
  actor_id TEXT NOT NULL REFERENCES actor(id),
  PRIMARY KEY (talks_id, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX talks_actor_actor ON talks_actor(actor_id, role);

CREATE TABLE talks_evidence (
  talks_id TEXT NOT NULL REFERENCES talks(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start_offset INTEGER NOT NULL,
  end_offset INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (talks_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE problem (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article_id TEXT REFERENCES article(id) ON DELETE CASCADE, -- null: the input gave no article
  source TEXT NOT NULL,
  stage TEXT NOT NULL,
  message TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run(id)
) STRICT;
CREATE INDEX problem_article ON problem(article_id);
CREATE INDEX problem_source ON problem(source);

-- Full text. The indexes hold no copy of the words; the triggers keep them in step with the rows.
CREATE VIRTUAL TABLE article_search USING fts5(title, text, content='article', content_rowid='row', tokenize='unicode61');
CREATE TRIGGER article_search_insert AFTER INSERT ON article BEGIN
  INSERT INTO article_search(rowid, title, text) VALUES (new.row, new.title, new.text);
END;
CREATE TRIGGER article_search_delete AFTER DELETE ON article BEGIN
  INSERT INTO article_search(article_search, rowid, title, text) VALUES ('delete', old.row, old.title, old.text);
END;
CREATE TRIGGER article_search_update AFTER UPDATE OF title, text ON article BEGIN
  INSERT INTO article_search(article_search, rowid, title, text) VALUES ('delete', old.row, old.title, old.text);
  INSERT INTO article_search(rowid, title, text) VALUES (new.row, new.title, new.text);
END;

CREATE VIRTUAL TABLE statement_search USING fts5(text, content='statement', content_rowid='row', tokenize='unicode61');
CREATE TRIGGER statement_search_insert AFTER INSERT ON statement BEGIN
  INSERT INTO statement_search(rowid, text) VALUES (new.row, new.text);
END;
CREATE TRIGGER statement_search_delete AFTER DELETE ON statement BEGIN
  INSERT INTO statement_search(statement_search, rowid, text) VALUES ('delete', old.row, old.text);
END;

CREATE VIRTUAL TABLE event_search USING fts5(evidence, content='event', content_rowid='row', tokenize='unicode61');
CREATE TRIGGER event_search_insert AFTER INSERT ON event BEGIN
  INSERT INTO event_search(rowid, evidence) VALUES (new.row, new.evidence);
END;
CREATE TRIGGER event_search_delete AFTER DELETE ON event BEGIN
  INSERT INTO event_search(event_search, rowid, evidence) VALUES ('delete', old.row, old.evidence);
END;

-- The views that readers may rely on (docs/record.md). Columns are added, never renamed. Names of several actors stand
-- joined by "; "; the columns in *_ids, and those said to be so in the docs, are JSON arrays.
CREATE VIEW articles_view AS
SELECT a.id, a.source, a.key, a.url, a.title, a.authors, a.publisher, a.published, a.published_origin, a.language,
  a.dateline, a.body_start, a.text,
  (SELECT count(*) FROM statement WHERE article_id = a.id) AS statements,
  (SELECT count(*) FROM event WHERE article_id = a.id) AS events,
  (SELECT count(*) FROM talks WHERE article_id = a.id) AS talks,
  (SELECT count(*) FROM actor WHERE article_id = a.id) AS actors,
  (SELECT count(*) FROM problem WHERE article_id = a.id) AS problems,
  (SELECT count(*) FROM revision WHERE article_id = a.id) AS revisions,
  (SELECT json_group_array(source) FROM source WHERE article_id = a.id) AS sources,
  c.version, c.models, c.settings, a.run_id, a.row
FROM article a JOIN revision r ON r.id = a.revision_id JOIN coder c ON c.id = r.coder_id;

CREATE VIEW actors_view AS
SELECT x.id, x.article_id, x.local, x.key, x.name, x.kind, x.country, x.sector, x.other_sectors, x.role,
  x.affiliation_id, f.name AS affiliation, x.registry_id,
  (SELECT count(*) FROM mention WHERE actor_id = x.id) AS mentions,
  (SELECT count(*) FROM statement WHERE speaker_id = x.id) AS statements,
  (SELECT count(DISTINCT event_id) FROM event_actor WHERE actor_id = x.id AND role = 'actor') AS acted,
  (SELECT count(DISTINCT event_id) FROM event_actor WHERE actor_id = x.id AND role = 'recipient') AS received,
  x.start_offset, x.end_offset, x.text, x.confidence, x.origin, a.title, a.publisher, a.published, a.source, x.run_id, x.row
FROM actor x JOIN article a ON a.id = x.article_id LEFT JOIN actor f ON f.id = x.affiliation_id;

CREATE VIEW statements_view AS
SELECT s.id, s.article_id, s.local, s.speaker_id, x.name AS speaker, x.key AS speaker_key, x.country AS speaker_country,
  x.sector AS speaker_sector, x.role AS speaker_role, s.act,
  (SELECT json_group_array(actor_id) FROM (SELECT actor_id FROM statement_addressee WHERE statement_id = s.id
    ORDER BY position)) AS addressee_ids,
  (SELECT group_concat(name, '; ') FROM (SELECT y.name FROM statement_addressee t JOIN actor y ON y.id = t.actor_id
    WHERE t.statement_id = s.id ORDER BY t.position)) AS addressees,
  s.quotation, s.date, s.text, s.source_start, s.source_end, s.source_text, s.cue_start, s.cue_end, s.cue_text,
  s.start_offset, s.end_offset,
  (SELECT json_group_array(json_object('start', start_offset, 'end', end_offset, 'text', text)) FROM (SELECT *
    FROM statement_content WHERE statement_id = s.id ORDER BY position)) AS content,
  s.confidence, s.origin, a.title, a.publisher, a.published, a.source, s.run_id, s.row
FROM statement s JOIN article a ON a.id = s.article_id LEFT JOIN actor x ON x.id = s.speaker_id;

CREATE VIEW events_view AS
SELECT e.id, e.article_id, e.local, e.type, e.mode, e.quad, e.score, e.contexts,
  (SELECT json_group_array(actor_id) FROM (SELECT actor_id FROM event_actor WHERE event_id = e.id AND role = 'actor'
    ORDER BY position)) AS actor_ids,
  (SELECT group_concat(name, '; ') FROM (SELECT y.name FROM event_actor t JOIN actor y ON y.id = t.actor_id
    WHERE t.event_id = e.id AND t.role = 'actor' ORDER BY t.position)) AS actors,
  (SELECT group_concat(country, '; ') FROM (SELECT ifnull(y.country, '-') AS country FROM event_actor t
    JOIN actor y ON y.id = t.actor_id WHERE t.event_id = e.id AND t.role = 'actor' ORDER BY t.position))
    AS actor_countries,
  (SELECT json_group_array(actor_id) FROM (SELECT actor_id FROM event_actor WHERE event_id = e.id
    AND role = 'recipient' ORDER BY position)) AS recipient_ids,
  (SELECT group_concat(name, '; ') FROM (SELECT y.name FROM event_actor t JOIN actor y ON y.id = t.actor_id
    WHERE t.event_id = e.id AND t.role = 'recipient' ORDER BY t.position)) AS recipients,
  (SELECT group_concat(country, '; ') FROM (SELECT ifnull(y.country, '-') AS country FROM event_actor t
    JOIN actor y ON y.id = t.actor_id WHERE t.event_id = e.id AND t.role = 'recipient' ORDER BY t.position))
    AS recipient_countries,
  e.start_date, e.end_date, e.place_id, p.name AS place, p.country AS place_country, p.lat, p.lon, e.status,
  e.reported_by, e.killed, e.injured, e.arrested, e.participants, e.start_offset, e.end_offset, e.evidence,
  e.confidence, e.origin, a.title, a.publisher, a.published, a.source, e.run_id, e.row
FROM event e JOIN article a ON a.id = e.article_id LEFT JOIN place p ON p.id = e.place_id;

CREATE VIEW talks_view AS
SELECT t.id, t.article_id, t.local,
  (SELECT json_group_array(actor_id) FROM (SELECT actor_id FROM talks_actor WHERE talks_id = t.id AND role = 'party'
    ORDER BY position)) AS party_ids,
  (SELECT group_concat(name, '; ') FROM (SELECT y.name FROM talks_actor m JOIN actor y ON y.id = m.actor_id
    WHERE m.talks_id = t.id AND m.role = 'party' ORDER BY m.position)) AS parties,
  (SELECT group_concat(country, '; ') FROM (SELECT ifnull(y.country, '-') AS country FROM talks_actor m
    JOIN actor y ON y.id = m.actor_id WHERE m.talks_id = t.id AND m.role = 'party' ORDER BY m.position))
    AS party_countries,
  (SELECT json_group_array(actor_id) FROM (SELECT actor_id FROM talks_actor WHERE talks_id = t.id
    AND role = 'mediator' ORDER BY position)) AS mediator_ids,
  (SELECT group_concat(name, '; ') FROM (SELECT y.name FROM talks_actor m JOIN actor y ON y.id = m.actor_id
    WHERE m.talks_id = t.id AND m.role = 'mediator' ORDER BY m.position)) AS mediators,
  t.place_id, p.name AS place, p.country AS place_country, t.start_date, t.end_date, t.round, t.subject, t.outcome,
  (SELECT json_group_array(json_object('start', start_offset, 'end', end_offset, 'text', text)) FROM (SELECT *
    FROM talks_evidence WHERE talks_id = t.id ORDER BY position)) AS evidence_spans,
  t.start_offset, t.end_offset, t.evidence, t.confidence, t.origin, a.title, a.publisher, a.published, a.source,
  t.run_id, t.row
FROM talks t JOIN article a ON a.id = t.article_id LEFT JOIN place p ON p.id = t.place_id;

CREATE VIEW places_view AS
SELECT p.id, p.article_id, p.local, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.geonames_id,
  (SELECT count(*) FROM mention WHERE place_id = p.id) AS mentions,
  p.start_offset, p.end_offset, p.text, p.confidence, p.origin, a.title, a.publisher, a.published, a.source, p.run_id, p.row
FROM place p JOIN article a ON a.id = p.article_id;

CREATE VIEW dates_view AS
SELECT d.id, d.article_id, d.local, d.text, d.start_offset, d.end_offset, d.start_date, d.end_date, d.granularity,
  d.confidence, d.origin, a.title, a.publisher, a.published, a.source, d.run_id, d.row
FROM date d JOIN article a ON a.id = d.article_id;

CREATE VIEW mentions_view AS
SELECT m.id, m.article_id, m.actor_id, m.place_id, ifnull(x.name, p.name) AS name,
  CASE WHEN m.actor_id IS NULL THEN 'place' ELSE 'actor' END AS kind, m.start_offset, m.end_offset, m.text,
  ifnull(x.origin, p.origin) AS origin, m.run_id, m.row
FROM mention m LEFT JOIN actor x ON x.id = m.actor_id LEFT JOIN place p ON p.id = m.place_id;

CREATE VIEW problems_view AS
SELECT q.id, q.article_id, q.source, q.stage, q.message, a.title, a.publisher, a.published, q.run_id, q.row
FROM problem q LEFT JOIN article a ON a.id = q.article_id;

CREATE VIEW runs_view AS
SELECT id, started, finished, version, command, added, replaced, unchanged, failed, row FROM run;

CREATE VIEW revisions_view AS
SELECT r.id, r.article_id, c.version, c.models, c.settings, r.made, r.run_id, a.revision_id = r.id AS current, a.title,
  r.row
FROM revision r JOIN coder c ON c.id = r.coder_id JOIN article a ON a.id = r.article_id;
