-- Version 5: pledges are found by the words they share with an event, not one by one.

DROP TABLE pledge_open;
CREATE TABLE pledge_word (             -- content words of a pledge, under each side in it
  side TEXT NOT NULL,
  word TEXT NOT NULL,
  last_day INTEGER NOT NULL,           -- proleptic ordinals: the days within which an event may bear on it
  first_day INTEGER NOT NULL,
  pledge_id TEXT NOT NULL REFERENCES pledge(id) ON DELETE CASCADE,
  PRIMARY KEY (side, word, last_day, pledge_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pledge_word_pledge ON pledge_word(pledge_id);

CREATE TRIGGER pledge_statement_gone AFTER DELETE ON pledge_statement BEGIN
  INSERT INTO pledge_touched SELECT old.pledge_id, 0 WHERE NOT EXISTS
    (SELECT 1 FROM pledge_touched WHERE pledge_id = old.pledge_id AND position = 0);
END;

INSERT INTO touched SELECT 'article', article_id FROM pledge_statement WHERE true
  ON CONFLICT DO NOTHING;
