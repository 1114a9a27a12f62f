-- Version 4: what the joining of talks and pledges compares, kept so that a new article looks at its neighbours only.

CREATE TABLE talks_note (
  talks_id TEXT PRIMARY KEY REFERENCES talks(id) ON DELETE CASCADE,
  article_id TEXT NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  process_id TEXT,
  strong INTEGER NOT NULL,             -- 1: names two sides or more; others follow the strong one next to them
  day INTEGER NOT NULL,                -- proleptic ordinal: the first day meant, else that of publication
  features TEXT NOT NULL               -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX talks_note_process ON talks_note(process_id);
CREATE INDEX talks_note_article ON talks_note(article_id);
CREATE TRIGGER talks_note_gone AFTER DELETE ON talks_note WHEN old.process_id IS NOT NULL BEGIN
  INSERT INTO touched SELECT 'round', old.process_id WHERE NOT EXISTS
    (SELECT 1 FROM touched WHERE kind = 'round' AND id = old.process_id);
END;
DROP TRIGGER round_talks_gone;

CREATE TABLE talks_note_side (
  side TEXT NOT NULL,
  day INTEGER NOT NULL,
  talks_id TEXT NOT NULL REFERENCES talks_note(talks_id) ON DELETE CASCADE,
  PRIMARY KEY (side, day, talks_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX talks_note_side_talks ON talks_note_side(talks_id);

CREATE TABLE pledge_open (             -- the days in which something may bear on a pledge, by the sides in it
  side TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  pledge_id TEXT NOT NULL REFERENCES pledge(id) ON DELETE CASCADE,
  PRIMARY KEY (side, first_day, pledge_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pledge_open_pledge ON pledge_open(pledge_id);

CREATE TABLE pledge_touched (          -- pledges that lost something that bore on them; the next join looks at them again
  pledge_id TEXT NOT NULL,
  position INTEGER NOT NULL,           -- the place in pledge_bearing that fell empty
  PRIMARY KEY (pledge_id, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER pledge_bearing_gone AFTER DELETE ON pledge_bearing BEGIN
  INSERT INTO pledge_touched SELECT old.pledge_id, old.position WHERE NOT EXISTS
    (SELECT 1 FROM pledge_touched WHERE pledge_id = old.pledge_id AND position = old.position);
END;

-- What the record knows grows with every article, so the day up to which a pledge was followed is that of the record.
DROP VIEW pledges_view;
CREATE VIEW pledges_view AS
SELECT g.id, g.kind, g.side, g.who, g.to_sides, g.to_names, g.by_when, g.by_words, g.condition, g.suggested, g.reason,
  (SELECT max(published) FROM article) AS checked,
  g.suggested = 'open' AND g.by_when IS NOT NULL AND g.by_when < (SELECT max(published) FROM article) AS overdue,
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
