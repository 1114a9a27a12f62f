-- Version 4: what the joining of talks compares, kept so that a new article looks at its neighbours only.

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
