-- Version 11: the views are read by DuckDB too, whose sqlite extension knows `count(1)` but sends `count(*)` under a name that
-- SQLite has not. Otherwise as they were.

DROP VIEW articles_view;
CREATE VIEW articles_view AS
SELECT a.id, a.source, a.key, a.url, a.title, a.authors, a.publisher, a.published, a.published_origin, a.language,
  a.dateline, a.body_start, a.text,
  (SELECT count(1) FROM statement WHERE article_id = a.id) AS statements,
  (SELECT count(1) FROM event WHERE article_id = a.id) AS events,
  (SELECT count(1) FROM talks WHERE article_id = a.id) AS talks,
  (SELECT count(1) FROM actor WHERE article_id = a.id) AS actors,
  (SELECT count(1) FROM problem WHERE article_id = a.id) AS problems,
  (SELECT count(1) FROM revision WHERE article_id = a.id) AS revisions,
  (SELECT json_group_array(source) FROM source WHERE article_id = a.id) AS sources,
  c.version, c.models, c.settings, a.run_id, a.row
FROM article a JOIN revision r ON r.id = a.revision_id JOIN coder c ON c.id = r.coder_id;

DROP VIEW actors_view;
CREATE VIEW actors_view AS
SELECT x.id, x.article_id, x.local, x.key, x.name, x.kind, x.country, x.sector, x.other_sectors, x.role,
  x.affiliation_id, f.name AS affiliation, x.registry_id,
  (SELECT count(1) FROM mention WHERE actor_id = x.id) AS mentions,
  (SELECT count(1) FROM statement WHERE speaker_id = x.id) AS statements,
  (SELECT count(DISTINCT event_id) FROM event_actor WHERE actor_id = x.id AND role = 'actor') AS acted,
  (SELECT count(DISTINCT event_id) FROM event_actor WHERE actor_id = x.id AND role = 'recipient') AS received,
  x.start_offset, x.end_offset, x.text, x.confidence, x.origin, a.title, a.publisher, a.published, a.source, x.run_id, x.row
FROM actor x JOIN article a ON a.id = x.article_id LEFT JOIN actor f ON f.id = x.affiliation_id;

DROP VIEW places_view;
CREATE VIEW places_view AS
SELECT p.id, p.article_id, p.local, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.geonames_id,
  (SELECT count(1) FROM mention WHERE place_id = p.id) AS mentions,
  p.start_offset, p.end_offset, p.text, p.confidence, p.origin, a.title, a.publisher, a.published, a.source, p.run_id, p.row
FROM place p JOIN article a ON a.id = p.article_id;

DROP VIEW verdicts_view;
CREATE VIEW verdicts_view AS
SELECT v.id, v.kind, v.target, v.coder, v.verdict, v.note, v.made, v.undone,
  CASE v.kind
    WHEN 'cluster' THEN (SELECT r.cluster_id FROM verdict_member m JOIN report r ON r.event_id = m.now_id
      WHERE m.verdict_id = v.id AND r.cluster_id IS NOT NULL GROUP BY r.cluster_id
      ORDER BY count(1) DESC, r.cluster_id LIMIT 1)
    ELSE (SELECT p.pledge_id FROM verdict_member m JOIN pledge_statement p ON p.statement_id = m.now_id
      WHERE m.verdict_id = v.id GROUP BY p.pledge_id ORDER BY count(1) DESC, p.pledge_id LIMIT 1)
  END AS current,
  (SELECT json_group_array(json_object('id', member_id, 'now', now_id, 'article', article_id, 'start', start_offset,
    'end', end_offset, 'text', text)) FROM verdict_member WHERE verdict_id = v.id) AS members,
  v.row
FROM verdict v;

DROP VIEW texts_view;
CREATE VIEW texts_view AS
SELECT t.text_id AS id,
  (SELECT count(1) FROM text_article WHERE text_id = t.text_id) AS articles,
  (SELECT count(DISTINCT a.publisher) FROM text_article m JOIN article a ON a.id = m.article_id WHERE m.text_id = t.text_id)
    AS publishers,
  (SELECT count(1) FROM text_article WHERE text_id = t.text_id AND relation = 'version') AS versions,
  (SELECT count(1) FROM text_article WHERE text_id = t.text_id AND relation = 'reprint') AS reprints,
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

DROP VIEW clusters_view;
CREATE VIEW clusters_view AS
SELECT c.id, c.type, c.mode, c.status, c.score, c.actors, c.actor_countries, c.recipients, c.recipient_countries, c.sides,
  c.start_date, c.end_date, c.place, c.place_country, c.lat, c.lon, c.killed, c.injured, c.arrested, c.participants,
  count(1) AS reports, count(DISTINCT ifnull(m.text_id, r.article_id)) AS texts,
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

DROP VIEW processes_view;
CREATE VIEW processes_view AS
SELECT p.id, p.name, p.sides, count(1) AS rounds,
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

DROP VIEW rounds_view;
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
  (SELECT count(1) FROM position WHERE round_id = r.id AND repeats IS NULL) AS positions,
  ifnull(r.start_date, '9999') || r.process_id || printf('%04d', r.position) AS row
FROM round r JOIN process p ON p.id = r.process_id WHERE EXISTS (SELECT 1 FROM round_talks WHERE round_id = r.id);

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
  (SELECT count(1) FROM pledge_statement WHERE pledge_id = g.id) AS statements,
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
