-- Version 3: the record across articles. The joiner (src/dateline/corroborate) fills these tables; all of them can be
-- made anew from the machine rows, except `verdict` and `verdict_member`, which hold what analysts say.
-- Whatever is joined hangs on its article, event, statement or talks by a foreign key, so that it goes when they go;
-- triggers note in `touched` what lost or gained a member, and the next join puts that in order. (They ask first: the
-- conflict clause of the outer statement would override an INSERT OR IGNORE.)

CREATE TABLE actor_member (            -- the actors that a collective one ("both sides") stands for
  actor_id TEXT NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  member_id TEXT NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
  PRIMARY KEY (actor_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_member_member ON actor_member(member_id);

CREATE TABLE touched (                 -- what the next join has to put in order
  kind TEXT NOT NULL CHECK (kind IN ('article', 'text', 'cluster', 'round')),
  id TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
INSERT INTO touched SELECT 'article', id FROM article;
CREATE TRIGGER article_touched_new AFTER INSERT ON article BEGIN
  INSERT INTO touched SELECT 'article', new.id WHERE NOT EXISTS (SELECT 1 FROM touched WHERE kind = 'article' AND id = new.id);
END;
CREATE TRIGGER article_touched_again AFTER UPDATE OF revision_id ON article BEGIN
  INSERT INTO touched SELECT 'article', new.id WHERE NOT EXISTS (SELECT 1 FROM touched WHERE kind = 'article' AND id = new.id);
END;
CREATE TRIGGER article_touched_gone AFTER DELETE ON article BEGIN
  DELETE FROM touched WHERE kind = 'article' AND id = old.id;
END;

-- One text, one witness: reprints, and the versions of one address.
CREATE TABLE text_article (
  article_id TEXT PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  text_id TEXT NOT NULL,               -- hash of the smallest article id of the text
  position INTEGER NOT NULL,           -- from 1 on, in order of publication
  relation TEXT NOT NULL CHECK (relation IN ('first', 'version', 'reprint')),
  of_article TEXT,                     -- what it is a later version or a reprint of; null for the first
  shared REAL,                         -- part of the shorter body's word groups that both have, 0 to 1
  address TEXT,                        -- the URL without scheme, query and fragment: versions share it
  number INTEGER NOT NULL,             -- the article's own small number in the bands below
  words INTEGER NOT NULL,              -- distinct word groups of the body
  sketch BLOB NOT NULL                 -- MinHash, 32-bit little-endian integers
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX text_article_number ON text_article(number);
CREATE INDEX text_article_text ON text_article(text_id);
CREATE INDEX text_article_address ON text_article(address);
CREATE TRIGGER text_article_gone AFTER DELETE ON text_article BEGIN
  INSERT INTO touched SELECT 'text', old.text_id WHERE NOT EXISTS (SELECT 1 FROM touched WHERE kind = 'text' AND id = old.text_id);
  DELETE FROM text_band WHERE number = old.number;
END;

CREATE TABLE text_band (               -- locality-sensitive hashing: articles that share a band are compared
  band INTEGER NOT NULL,               -- hash of the band's number and its rows of the sketch
  number INTEGER NOT NULL,
  PRIMARY KEY (band, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX text_band_number ON text_band(number);

-- One event, many reports. A report is the event row of one article.
CREATE TABLE cluster (
  id TEXT PRIMARY KEY,                 -- hash of its smallest report id
  type TEXT NOT NULL,
  mode TEXT,
  status TEXT NOT NULL,
  score REAL,
  actors TEXT NOT NULL,                -- names, joined by "; "
  actor_countries TEXT NOT NULL,
  recipients TEXT NOT NULL,
  recipient_countries TEXT NOT NULL,
  sides TEXT NOT NULL,                 -- JSON array: the sides compared (countries or keys), sorted
  start_date TEXT,
  end_date TEXT,
  place TEXT, place_country TEXT, lat REAL, lon REAL,
  killed INTEGER, injured INTEGER, arrested INTEGER, participants INTEGER, -- null unless one value is agreed
  agreed TEXT NOT NULL,                -- JSON object: field -> value that all texts which name one share
  disputed TEXT NOT NULL,              -- JSON object: field -> [{value, words, reports, texts, publishers}]
  revised TEXT NOT NULL,               -- JSON object: field -> the same for values that a later version of the text gave up
  event_id TEXT,                       -- the report whose words stand for the event
  start_offset INTEGER, end_offset INTEGER, evidence TEXT, article_id TEXT,
  cohesion REAL                        -- mean score of its pairs, 0 to 1; null for a single report
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
  number INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE REFERENCES event(id) ON DELETE CASCADE,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  cluster_id TEXT,
  features TEXT NOT NULL               -- JSON: what the scoring compares
) STRICT;
CREATE INDEX report_cluster ON report(cluster_id);
CREATE INDEX report_article ON report(article_id);
CREATE TRIGGER report_gone AFTER DELETE ON report WHEN old.cluster_id IS NOT NULL BEGIN
  INSERT INTO touched SELECT 'cluster', old.cluster_id WHERE NOT EXISTS (SELECT 1 FROM touched WHERE kind = 'cluster' AND id = old.cluster_id);
END;

CREATE TABLE report_block (            -- where candidates are looked for
  class TEXT NOT NULL,                 -- kind of event and side
  day INTEGER NOT NULL,                -- proleptic ordinal of the first day
  number INTEGER NOT NULL REFERENCES report(number) ON DELETE CASCADE,
  PRIMARY KEY (class, day, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_block_number ON report_block(number);

CREATE TABLE report_link (             -- pairs of reports that score as one event
  a INTEGER NOT NULL REFERENCES report(number) ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES report(number) ON DELETE CASCADE,
  score REAL NOT NULL,
  PRIMARY KEY (a, b)                   -- kept both ways
) STRICT, WITHOUT ROWID;
CREATE INDEX report_link_b ON report_link(b);

-- Talks across articles.
CREATE TABLE process (
  id TEXT PRIMARY KEY,                 -- hash of its smallest round id
  name TEXT NOT NULL,
  sides TEXT NOT NULL                  -- JSON array of sides that bind the rounds
) STRICT, WITHOUT ROWID;

CREATE TABLE round (                   -- one meeting or round, as all articles tell it
  id TEXT PRIMARY KEY,                 -- hash of its smallest talks id
  process_id TEXT NOT NULL,
  position INTEGER NOT NULL,           -- in its process, from 1 on
  number INTEGER,                      -- as the texts number it
  name TEXT NOT NULL,
  venue TEXT, country TEXT, lat REAL, lon REAL,
  start_date TEXT, end_date TEXT,
  outcome TEXT NOT NULL,               -- 'disputed' where texts contradict each other
  outcomes TEXT NOT NULL,              -- JSON array: {outcome, articles, texts, evidence: {article, start, end, text}}
  subject TEXT,
  held INTEGER NOT NULL,               -- 0: only announced so far
  delegations TEXT NOT NULL,           -- JSON object: side -> names of persons who are named for it
  heard TEXT NOT NULL,                 -- JSON array: sides with a position
  silent TEXT NOT NULL,                -- JSON array: sides that took part and are not quoted
  outside TEXT NOT NULL,               -- JSON array: sides that are quoted and did not take part
  alike TEXT NOT NULL,                 -- JSON array: {words, sides, positions}: what several sides said alike
  disputed TEXT NOT NULL,              -- JSON object: field -> [{value, articles}]
  next_id TEXT                         -- the round it leads to
) STRICT, WITHOUT ROWID;
CREATE INDEX round_process ON round(process_id, position);

CREATE TABLE round_party (
  round_id TEXT NOT NULL REFERENCES round(id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('party', 'mediator', 'host')),
  position INTEGER NOT NULL,
  side TEXT NOT NULL,                  -- country code of a state, else the actor's key
  name TEXT NOT NULL,
  country TEXT,
  PRIMARY KEY (round_id, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_party_side ON round_party(side, role);

CREATE TABLE round_talks (             -- the talks of single articles that it was joined from
  talks_id TEXT PRIMARY KEY REFERENCES talks(id) ON DELETE CASCADE,
  round_id TEXT NOT NULL REFERENCES round(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  announces INTEGER NOT NULL           -- 1: foretells the round
) STRICT, WITHOUT ROWID;
CREATE INDEX round_talks_round ON round_talks(round_id);
CREATE INDEX round_talks_article ON round_talks(article_id);
CREATE TRIGGER round_talks_gone AFTER DELETE ON round_talks BEGIN
  INSERT INTO touched SELECT 'round', old.round_id WHERE NOT EXISTS (SELECT 1 FROM touched WHERE kind = 'round' AND id = old.round_id);
END;

-- Positions, pledges and what became of them.
CREATE TABLE position (
  statement_id TEXT NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  side TEXT NOT NULL,                  -- whose position; a joint statement has a row a side
  id TEXT NOT NULL UNIQUE,
  round_id TEXT NOT NULL,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  name TEXT NOT NULL,                  -- of the side
  kind TEXT NOT NULL CHECK (kind IN ('blame', 'demand', 'refuse', 'pledge', 'threaten', 'thank', 'claim')),
  took_part INTEGER NOT NULL,
  repeats TEXT,                        -- id of the same position in an earlier article of the same text
  PRIMARY KEY (statement_id, side)
) STRICT, WITHOUT ROWID;
CREATE INDEX position_round ON position(round_id, side);
CREATE INDEX position_article ON position(article_id);

CREATE TABLE pledge (
  id TEXT PRIMARY KEY,                 -- hash of its smallest statement id
  statement_id TEXT NOT NULL,          -- the earliest statement of it
  kind TEXT NOT NULL CHECK (kind IN ('pledge', 'demand', 'threat')),
  side TEXT NOT NULL,
  who TEXT NOT NULL,
  to_sides TEXT NOT NULL,              -- JSON array
  to_names TEXT NOT NULL,
  by_when TEXT,                        -- last day that keeps it
  by_words TEXT,
  condition TEXT,
  suggested TEXT NOT NULL CHECK (suggested IN ('kept', 'broken', 'open', 'disputed')),
  reason TEXT NOT NULL,                -- the rule behind the suggestion, in words
  checked TEXT                         -- the last day in the record when it was suggested
) STRICT, WITHOUT ROWID;
CREATE INDEX pledge_side ON pledge(side);

CREATE TABLE pledge_statement (        -- the statements that make it, reprints and retellings included
  statement_id TEXT PRIMARY KEY REFERENCES statement(id) ON DELETE CASCADE,
  pledge_id TEXT NOT NULL REFERENCES pledge(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX pledge_statement_pledge ON pledge_statement(pledge_id);
CREATE INDEX pledge_statement_article ON pledge_statement(article_id);

CREATE TABLE pledge_bearing (          -- later statements and events that bear on it, best first
  pledge_id TEXT NOT NULL REFERENCES pledge(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  event_id TEXT REFERENCES event(id) ON DELETE CASCADE,
  statement_id TEXT REFERENCES statement(id) ON DELETE CASCADE,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  relation TEXT NOT NULL CHECK (relation IN ('kept', 'broken', 'bears')),
  score REAL NOT NULL,
  PRIMARY KEY (pledge_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX pledge_bearing_event ON pledge_bearing(event_id);
CREATE INDEX pledge_bearing_statement ON pledge_bearing(statement_id);
CREATE INDEX pledge_bearing_article ON pledge_bearing(article_id);

-- What analysts say of clusters and pledges: signed, dated, never overwritten by the machine. A verdict holds on to the
-- members (events, statements) that its target had, by id and by words, so that it finds them after a new coding.
CREATE TABLE verdict (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('cluster', 'pledge')),
  target TEXT NOT NULL,                -- id of the cluster or pledge when it was judged
  coder TEXT NOT NULL,
  verdict TEXT NOT NULL,               -- cluster: one event, several events, no event; pledge: kept, broken, open, disputed
  note TEXT NOT NULL,
  made TEXT NOT NULL,
  undone TEXT
) STRICT;

CREATE TABLE verdict_member (
  verdict_id TEXT NOT NULL REFERENCES verdict(id) ON DELETE CASCADE,
  member_id TEXT NOT NULL,             -- event or statement, as it was then
  article_id TEXT NOT NULL,
  start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL,
  text TEXT NOT NULL,                  -- the evidence as it was
  now_id TEXT,                         -- the row that it is now: the same id, or the row over the same words; else null
  PRIMARY KEY (verdict_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_member_now ON verdict_member(now_id);
CREATE INDEX verdict_member_article ON verdict_member(article_id);

CREATE VIEW verdicts_view AS
SELECT v.id, v.kind, v.target, v.coder, v.verdict, v.note, v.made, v.undone,
  CASE v.kind
    WHEN 'cluster' THEN (SELECT r.cluster_id FROM verdict_member m JOIN report r ON r.event_id = m.now_id
      WHERE m.verdict_id = v.id AND r.cluster_id IS NOT NULL GROUP BY r.cluster_id
      ORDER BY count(*) DESC, r.cluster_id LIMIT 1)
    ELSE (SELECT p.pledge_id FROM verdict_member m JOIN pledge_statement p ON p.statement_id = m.now_id
      WHERE m.verdict_id = v.id GROUP BY p.pledge_id ORDER BY count(*) DESC, p.pledge_id LIMIT 1)
  END AS current,
  (SELECT json_group_array(json_object('id', member_id, 'now', now_id, 'article', article_id, 'start', start_offset,
    'end', end_offset, 'text', text)) FROM verdict_member WHERE verdict_id = v.id) AS members,
  v.row
FROM verdict v;

-- The faces. Counts are taken from the members, so that they hold also between a deletion and the next join; what has no
-- member left is not shown.
CREATE VIEW texts_view AS
SELECT t.text_id AS id,
  (SELECT count(*) FROM text_article WHERE text_id = t.text_id) AS articles,
  (SELECT count(DISTINCT a.publisher) FROM text_article m JOIN article a ON a.id = m.article_id WHERE m.text_id = t.text_id)
    AS publishers,
  (SELECT count(*) FROM text_article WHERE text_id = t.text_id AND relation = 'version') AS versions,
  (SELECT count(*) FROM text_article WHERE text_id = t.text_id AND relation = 'reprint') AS reprints,
  (SELECT json_group_array(json_object('article', article_id, 'relation', relation, 'of', of_article, 'shared', shared,
      'publisher', publisher, 'published', published, 'title', title, 'source', source))
    FROM (SELECT m.*, a.publisher, a.published, a.title, a.source FROM text_article m JOIN article a ON a.id = m.article_id
    WHERE m.text_id = t.text_id ORDER BY m.position)) AS members,
  (SELECT min(a.published) FROM text_article m JOIN article a ON a.id = m.article_id WHERE m.text_id = t.text_id)
    AS first_published,
  (SELECT max(a.published) FROM text_article m JOIN article a ON a.id = m.article_id WHERE m.text_id = t.text_id)
    AS last_published,
  t.article_id, a.title, a.publisher, a.published, a.source, a.row AS row
FROM text_article t JOIN article a ON a.id = t.article_id
WHERE t.position = (SELECT min(position) FROM text_article WHERE text_id = t.text_id);

CREATE VIEW reports_view AS
SELECT r.event_id AS id, r.cluster_id, e.article_id, m.text_id, m.relation, e.local, e.type, e.mode, e.status, e.score,
  (SELECT group_concat(name, '; ') FROM (SELECT y.name FROM event_actor t JOIN actor y ON y.id = t.actor_id
    WHERE t.event_id = e.id AND t.role = 'actor' ORDER BY t.position)) AS actors,
  (SELECT group_concat(name, '; ') FROM (SELECT y.name FROM event_actor t JOIN actor y ON y.id = t.actor_id
    WHERE t.event_id = e.id AND t.role = 'recipient' ORDER BY t.position)) AS recipients,
  e.start_date, e.end_date, p.name AS place, e.killed, e.injured, e.arrested, e.participants,
  e.start_offset, e.end_offset, e.evidence, e.confidence, e.origin, a.title, a.publisher, a.published, a.source, e.run_id,
  e.row
FROM report r JOIN event e ON e.id = r.event_id JOIN article a ON a.id = e.article_id
LEFT JOIN place p ON p.id = e.place_id LEFT JOIN text_article m ON m.article_id = e.article_id;

CREATE VIEW clusters_view AS
SELECT c.id, c.type, c.mode, c.status, c.score, c.actors, c.actor_countries, c.recipients, c.recipient_countries, c.sides,
  c.start_date, c.end_date, c.place, c.place_country, c.lat, c.lon, c.killed, c.injured, c.arrested, c.participants,
  count(*) AS reports, count(DISTINCT ifnull(m.text_id, r.article_id)) AS texts,
  count(DISTINCT ifnull(a.publisher, a.source)) AS publishers,
  min(a.published) AS first_reported, max(a.published) AS last_reported,
  c.agreed, c.disputed, c.revised, c.event_id, c.article_id, c.start_offset, c.end_offset, c.evidence, c.cohesion,
  json_group_array(json_object('event', r.event_id, 'article', r.article_id, 'text', m.text_id, 'relation', m.relation,
    'publisher', a.publisher, 'published', a.published, 'start', e.start_offset, 'end', e.end_offset, 'evidence',
    e.evidence, 'status', e.status)) AS members,
  (SELECT v.verdict FROM verdict_member w JOIN verdict v ON v.id = w.verdict_id JOIN report q ON q.event_id = w.now_id
    WHERE q.cluster_id = c.id AND v.kind = 'cluster' AND v.undone IS NULL ORDER BY v.row DESC LIMIT 1) AS verdict,
  min(r.number) AS row
FROM cluster c JOIN report r ON r.cluster_id = c.id JOIN event e ON e.id = r.event_id JOIN article a ON a.id = r.article_id
LEFT JOIN text_article m ON m.article_id = r.article_id GROUP BY c.id;

CREATE VIEW processes_view AS
SELECT p.id, p.name, p.sides, count(*) AS rounds,
  (SELECT json_group_array(id) FROM (SELECT id FROM round WHERE process_id = p.id ORDER BY position)) AS round_ids,
  (SELECT group_concat(name, '; ') FROM (SELECT t.name, min(r.position), min(t.position) FROM round_party t
    JOIN round r ON r.id = t.round_id WHERE r.process_id = p.id AND t.role = 'party' GROUP BY t.side ORDER BY 2, 3))
    AS parties,
  (SELECT group_concat(name, '; ') FROM (SELECT t.name, min(r.position), min(t.position) FROM round_party t
    JOIN round r ON r.id = t.round_id WHERE r.process_id = p.id AND t.role = 'mediator' GROUP BY t.side ORDER BY 2, 3))
    AS mediators,
  min(r.start_date) AS start_date, max(ifnull(r.end_date, r.start_date)) AS end_date,
  (SELECT outcome FROM round WHERE process_id = p.id ORDER BY held DESC, position DESC LIMIT 1) AS outcome,
  (SELECT count(DISTINCT t.article_id) FROM round_talks t JOIN round q ON q.id = t.round_id WHERE q.process_id = p.id)
    AS articles,
  min(r.start_date) AS row
FROM process p JOIN round r ON r.process_id = p.id
WHERE EXISTS (SELECT 1 FROM round_talks WHERE round_id = r.id) GROUP BY p.id;

CREATE VIEW rounds_view AS
SELECT r.id, r.process_id, p.name AS process, r.position, r.number, r.name,
  (SELECT json_group_array(side) FROM (SELECT side FROM round_party WHERE round_id = r.id AND role = 'party'
    ORDER BY position)) AS sides,
  (SELECT group_concat(name, '; ') FROM (SELECT name FROM round_party WHERE round_id = r.id AND role = 'party'
    ORDER BY position)) AS parties,
  (SELECT group_concat(name, '; ') FROM (SELECT name FROM round_party WHERE round_id = r.id AND role = 'mediator'
    ORDER BY position)) AS mediators,
  (SELECT group_concat(name, '; ') FROM (SELECT name FROM round_party WHERE round_id = r.id AND role = 'host'
    ORDER BY position)) AS hosts,
  r.venue, r.country, r.lat, r.lon, r.start_date, r.end_date, r.outcome, r.outcomes, r.subject, r.held, r.delegations,
  r.heard, r.silent, r.outside, r.alike, r.disputed, r.next_id,
  (SELECT json_group_array(json_object('talks', talks_id, 'article', article_id, 'announces', announces, 'text', text_id,
      'publisher', publisher, 'published', published, 'start', start_offset, 'end', end_offset, 'evidence', evidence))
    FROM (SELECT t.*, m.text_id, a.publisher, a.published, k.start_offset, k.end_offset, k.evidence FROM round_talks t
    JOIN talks k ON k.id = t.talks_id JOIN article a ON a.id = t.article_id LEFT JOIN text_article m
    ON m.article_id = t.article_id WHERE t.round_id = r.id ORDER BY a.published, a.id)) AS members,
  (SELECT count(DISTINCT article_id) FROM round_talks WHERE round_id = r.id) AS articles,
  (SELECT count(DISTINCT ifnull(m.text_id, t.article_id)) FROM round_talks t LEFT JOIN text_article m
    ON m.article_id = t.article_id WHERE t.round_id = r.id) AS texts,
  (SELECT count(*) FROM position WHERE round_id = r.id AND repeats IS NULL) AS positions,
  ifnull(r.start_date, '9999') || r.process_id || printf('%04d', r.position) AS row
FROM round r JOIN process p ON p.id = r.process_id WHERE EXISTS (SELECT 1 FROM round_talks WHERE round_id = r.id);

CREATE VIEW positions_view AS
SELECT o.id, o.round_id, r.process_id, r.name AS round, o.side, o.name AS party, o.kind, o.took_part, o.repeats,
  o.statement_id, o.article_id, m.text_id, s.speaker_id, x.name AS speaker, x.role AS speaker_role, s.act, s.quotation,
  s.date, s.text,
  (SELECT json_group_array(json_object('start', start_offset, 'end', end_offset, 'text', text)) FROM (SELECT *
    FROM statement_content WHERE statement_id = s.id ORDER BY position)) AS content,
  s.start_offset, s.end_offset, s.source_text, s.cue_text, s.confidence, s.origin, a.title, a.publisher, a.published,
  a.source, s.run_id, s.row
FROM position o JOIN statement s ON s.id = o.statement_id JOIN article a ON a.id = o.article_id
LEFT JOIN round r ON r.id = o.round_id LEFT JOIN actor x ON x.id = s.speaker_id
LEFT JOIN text_article m ON m.article_id = o.article_id;

CREATE VIEW pledges_view AS
SELECT g.id, g.kind, g.side, g.who, g.to_sides, g.to_names, g.by_when, g.by_words, g.condition, g.suggested, g.reason,
  g.checked,
  (SELECT v.verdict FROM pledge_statement p JOIN verdict_member w ON w.now_id = p.statement_id JOIN verdict v
    ON v.id = w.verdict_id WHERE p.pledge_id = g.id AND v.kind = 'pledge' AND v.undone IS NULL
    ORDER BY v.row DESC LIMIT 1) AS verdict,
  (SELECT v.coder FROM pledge_statement p JOIN verdict_member w ON w.now_id = p.statement_id JOIN verdict v
    ON v.id = w.verdict_id WHERE p.pledge_id = g.id AND v.kind = 'pledge' AND v.undone IS NULL
    ORDER BY v.row DESC LIMIT 1) AS verdict_by,
  g.statement_id, s.article_id, s.speaker_id, x.name AS speaker, s.date, s.text, s.quotation, s.start_offset,
  s.end_offset, s.source_text, s.cue_text,
  (SELECT round_id FROM position WHERE statement_id = g.statement_id LIMIT 1) AS round_id,
  (SELECT count(*) FROM pledge_statement WHERE pledge_id = g.id) AS statements,
  (SELECT json_group_array(statement_id) FROM pledge_statement WHERE pledge_id = g.id) AS statement_ids,
  (SELECT json_group_array(json_object('kind', kind, 'id', id, 'article', article_id, 'relation', relation, 'score',
      score, 'date', date, 'start', start_offset, 'end', end_offset, 'text', text)) FROM
    (SELECT iif(b.event_id IS NULL, 'statement', 'event') AS kind, ifnull(b.event_id, b.statement_id) AS id, b.article_id,
      b.relation, b.score, ifnull(e.start_date, t.date) AS date, ifnull(e.start_offset, t.start_offset) AS start_offset,
      ifnull(e.end_offset, t.end_offset) AS end_offset, ifnull(e.evidence, t.text) AS text
    FROM pledge_bearing b LEFT JOIN event e ON e.id = b.event_id LEFT JOIN statement t ON t.id = b.statement_id
    WHERE b.pledge_id = g.id ORDER BY b.position)) AS bearing,
  s.confidence, s.origin, a.title, a.publisher, a.published, a.source, s.run_id, s.row
FROM pledge g JOIN statement s ON s.id = g.statement_id JOIN article a ON a.id = s.article_id
LEFT JOIN actor x ON x.id = s.speaker_id;
