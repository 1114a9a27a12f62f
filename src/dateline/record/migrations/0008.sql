-- Version 8: later statements that bear on a pledge are found as events are, by side, word and day.

CREATE TABLE said_word (               -- rarer content words of what was said, under each side that speaks or is spoken to
  side TEXT NOT NULL,
  word TEXT NOT NULL,
  day INTEGER NOT NULL,                -- proleptic ordinal of the statement
  number INTEGER NOT NULL REFERENCES statement(row) ON DELETE CASCADE,
  PRIMARY KEY (side, word, day, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX said_word_number ON said_word(number);

-- Nothing said before was bound: look again.
INSERT INTO touched SELECT 'article', id FROM article WHERE id IN (SELECT article_id FROM text_article)
  ON CONFLICT DO NOTHING;
