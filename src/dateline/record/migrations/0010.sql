-- Version 10: a judgement whose row a new coding did not give again is orphaned, and shows the words it was made on.

DROP VIEW reviews_view;
CREATE VIEW reviews_view AS
SELECT r.id, r.kind, r.target, r.article_id, r.start_offset, r.end_offset, r.coder, r.verdict, r.fields, r.seen, r.made,
  r.undone,
  r.undone IS NULL AND NOT EXISTS (SELECT 1 FROM review n WHERE n.target = r.target AND n.coder = r.coder
    AND n.undone IS NULL AND n.row > r.row) AS stands,
  NOT EXISTS (SELECT 1 FROM event WHERE id = r.target UNION ALL SELECT 1 FROM statement WHERE id = r.target
    UNION ALL SELECT 1 FROM talks WHERE id = r.target) AS orphaned,
  substr(a.text, r.start_offset + 1, r.end_offset - r.start_offset) AS evidence,   -- an article's text is that of its id
  a.title, a.publisher, a.published, r.row
FROM review r LEFT JOIN article a ON a.id = r.article_id;
