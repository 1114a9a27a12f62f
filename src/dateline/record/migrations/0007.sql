-- Version 7: a pledge finds what comes after it as an event finds what was pledged before it: by side, word and day.

CREATE TABLE report_word (             -- content words of what happened, under each side in it
  side TEXT NOT NULL,
  word TEXT NOT NULL,
  day INTEGER NOT NULL,                -- proleptic ordinal of the event's first day
  number INTEGER NOT NULL,             -- of the report
  PRIMARY KEY (side, word, day, number)
) STRICT, WITHOUT ROWID;
INSERT INTO report_word SELECT s.side, w.value, json_extract(r.features, '$.first'), r.number
FROM report r JOIN (SELECT number, value AS side FROM report, json_each(features, '$.actors') UNION
  SELECT number, value FROM report, json_each(features, '$.recipients')) s ON s.number = r.number,
  json_each(r.features, '$.words') w WHERE json_extract(r.features, '$.status') = 'done';
CREATE TRIGGER report_words_gone AFTER DELETE ON report BEGIN   -- by what the report says of itself: an index by its
  DELETE FROM report_word WHERE number = old.number AND day = json_extract(old.features, '$.first')   -- number would double the table
    AND side IN (SELECT value FROM json_each(old.features, '$.actors') UNION SELECT value FROM json_each(old.features, '$.recipients'))
    AND word IN (SELECT value FROM json_each(old.features, '$.words'));
END;

-- What bears on a pledge hung on which came first, where a short word was the beginning of another: look again.
INSERT INTO touched SELECT DISTINCT 'article', article_id FROM pledge_statement WHERE true ON CONFLICT DO NOTHING;
