-- Version 9: whom articles call by an abbreviation ("the FARC") is found under it.
CREATE INDEX mention_short ON mention(text) WHERE actor_id IS NOT NULL AND length(text) <= 8 AND text = upper(text);
