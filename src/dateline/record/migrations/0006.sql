-- Version 6: why actors were made one or parted, and who took it back.

ALTER TABLE identity ADD COLUMN reason TEXT;      -- in the analyst's words; null where none was given
ALTER TABLE identity ADD COLUMN undone_by TEXT;   -- who took it back; null while it stands, and for what version 5 took back

DROP VIEW identities_view;
CREATE VIEW identities_view AS
SELECT id, act, key, article_id, into_key, reason, coder, made, undone, undone_by, undone IS NULL AS stands, row
FROM identity;
