-- Version 2: what people say about the rows. Machine tables are not touched: a judgement lies over a row, is signed and
-- dated, and names its row by id without a foreign key, so that it survives a new coding of the article. Nothing here is
-- ever deleted or overwritten; what was taken back has a time in `undone`.

CREATE TABLE review (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,                  -- event, statement, talks: the kind of row that is judged
  target TEXT NOT NULL,                -- its id
  article_id TEXT NOT NULL,
  start_offset INTEGER,                -- its words when it was judged, so that the label outlives the row
  end_offset INTEGER,
  coder TEXT NOT NULL,                 -- who signs
  verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'corrected', 'rejected')),
  fields TEXT NOT NULL,                -- JSON object: the corrected fields only; {} unless corrected
  seen TEXT NOT NULL,                  -- JSON object: the machine's values when it was judged
  made TEXT NOT NULL,                  -- UTC, ISO 8601
  undone TEXT                          -- UTC, when the coder took it back; null while it stands
) STRICT;
CREATE INDEX review_target ON review(target);
CREATE INDEX review_coder ON review(coder, target);

CREATE TABLE comment (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,                  -- what is commented on: event, statement, talks, article, actor, dyad, run, problem, …
  target TEXT NOT NULL,                -- its id (an actor's key, a dyad as "A/B")
  reply_to TEXT REFERENCES comment(id),
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  made TEXT NOT NULL,
  undone TEXT
) STRICT;
CREATE INDEX comment_target ON comment(kind, target);

CREATE TABLE identity (                -- actors made one or parted by an analyst; the latest that stands counts
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  act TEXT NOT NULL CHECK (act IN ('merge', 'split')),
  key TEXT NOT NULL,                   -- the key that is changed
  article_id TEXT,                     -- split: only the actors of this article; merge: null, everywhere
  into_key TEXT NOT NULL,              -- the key that is used from then on
  coder TEXT NOT NULL,
  made TEXT NOT NULL,
  undone TEXT
) STRICT;
CREATE INDEX identity_key ON identity(key);

-- A judgement counts until its coder takes it back or judges the row again.
CREATE VIEW reviews_view AS
SELECT r.id, r.kind, r.target, r.article_id, r.start_offset, r.end_offset, r.coder, r.verdict, r.fields, r.seen, r.made,
  r.undone,
  r.undone IS NULL AND NOT EXISTS (SELECT 1 FROM review n WHERE n.target = r.target AND n.coder = r.coder
    AND n.undone IS NULL AND n.row > r.row) AS stands,
  a.title, a.publisher, a.published, r.row
FROM review r LEFT JOIN article a ON a.id = r.article_id;

CREATE VIEW comments_view AS
SELECT id, kind, target, reply_to, author, text, made, undone, row FROM comment;

CREATE VIEW identities_view AS
SELECT id, act, key, article_id, into_key, coder, made, undone, undone IS NULL AS stands, row FROM identity;
