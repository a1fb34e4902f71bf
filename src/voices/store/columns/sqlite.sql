-- Which rows were written, the last time of each: 0 everything, 1 a passage (or its theme), 2 a testimony. Stamps grow in
-- the order of writing: there is one writer at a time. Deleted, then inserted: « or replace » gives way to what the
-- writer said.
CREATE TABLE IF NOT EXISTS store_changed (
  stamp INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, row INTEGER NOT NULL, UNIQUE (kind, row)
)

DROP TRIGGER IF EXISTS store_changed_passage_new

CREATE TRIGGER store_changed_passage_new AFTER INSERT ON store_passage BEGIN
  DELETE FROM store_changed WHERE kind = 1 AND row = new.id;
  INSERT INTO store_changed (kind, row) VALUES (1, new.id);
END

DROP TRIGGER IF EXISTS store_changed_passage_gone

CREATE TRIGGER store_changed_passage_gone AFTER DELETE ON store_passage BEGIN
  DELETE FROM store_changed WHERE kind = 1 AND row = old.id;
  INSERT INTO store_changed (kind, row) VALUES (1, old.id);
END

DROP TRIGGER IF EXISTS store_changed_passage

CREATE TRIGGER store_changed_passage AFTER UPDATE ON store_passage
WHEN (old.testimony_id, old.place_id, old.start, old."end", old.speaker, old.retired, old.standing, old.accueil,
    old.appartenance, old.action, old.trust, old.subcodes, old.own, old.outside, old.useful, old.doubt, old.chance)
  IS NOT (new.testimony_id, new.place_id, new.start, new."end", new.speaker, new.retired, new.standing, new.accueil,
    new.appartenance, new.action, new.trust, new.subcodes, new.own, new.outside, new.useful, new.doubt, new.chance)
BEGIN
  DELETE FROM store_changed WHERE kind = 1 AND row = new.id;
  INSERT INTO store_changed (kind, row) VALUES (1, new.id);
END

DROP TRIGGER IF EXISTS store_changed_testimony_new

CREATE TRIGGER store_changed_testimony_new AFTER INSERT ON store_testimony BEGIN
  DELETE FROM store_changed WHERE kind = 2 AND row = new.id;
  INSERT INTO store_changed (kind, row) VALUES (2, new.id);
END

DROP TRIGGER IF EXISTS store_changed_testimony_gone

CREATE TRIGGER store_changed_testimony_gone AFTER DELETE ON store_testimony BEGIN
  DELETE FROM store_changed WHERE kind = 2 AND row = old.id;
  INSERT INTO store_changed (kind, row) VALUES (2, old.id);
END

DROP TRIGGER IF EXISTS store_changed_testimony

CREATE TRIGGER store_changed_testimony AFTER UPDATE ON store_testimony
WHEN (old.place_id, old.consent, old.outlets, old.until, old.letter, old.date, old.channel, old.role_group)
  IS NOT (new.place_id, new.consent, new.outlets, new.until, new.letter, new.date, new.channel, new.role_group)
BEGIN
  DELETE FROM store_changed WHERE kind = 2 AND row = new.id;
  INSERT INTO store_changed (kind, row) VALUES (2, new.id);
END

DROP TRIGGER IF EXISTS store_changed_theme_new

CREATE TRIGGER store_changed_theme_new AFTER INSERT ON store_passagetheme BEGIN
  DELETE FROM store_changed WHERE kind = 1 AND row = new.passage_id;
  INSERT INTO store_changed (kind, row) VALUES (1, new.passage_id);
END

DROP TRIGGER IF EXISTS store_changed_theme_gone

CREATE TRIGGER store_changed_theme_gone AFTER DELETE ON store_passagetheme BEGIN
  DELETE FROM store_changed WHERE kind = 1 AND row = old.passage_id;
  INSERT INTO store_changed (kind, row) VALUES (1, old.passage_id);
END

DROP TRIGGER IF EXISTS store_changed_theme

CREATE TRIGGER store_changed_theme AFTER UPDATE ON store_passagetheme BEGIN
  DELETE FROM store_changed WHERE kind = 1 AND row IN (old.passage_id, new.passage_id);
  INSERT INTO store_changed (kind, row) VALUES (1, old.passage_id);
  INSERT INTO store_changed (kind, row) SELECT 1, new.passage_id WHERE new.passage_id != old.passage_id;
END

DROP TRIGGER IF EXISTS store_changed_unthemed_new

CREATE TRIGGER store_changed_unthemed_new AFTER INSERT ON store_unthemedpassage BEGIN
  DELETE FROM store_changed WHERE kind = 1 AND row = new.passage_id;
  INSERT INTO store_changed (kind, row) VALUES (1, new.passage_id);
END

DROP TRIGGER IF EXISTS store_changed_unthemed_gone

CREATE TRIGGER store_changed_unthemed_gone AFTER DELETE ON store_unthemedpassage BEGIN
  DELETE FROM store_changed WHERE kind = 1 AND row = old.passage_id;
  INSERT INTO store_changed (kind, row) VALUES (1, old.passage_id);
END

DROP TRIGGER IF EXISTS store_changed_unthemed

CREATE TRIGGER store_changed_unthemed AFTER UPDATE ON store_unthemedpassage BEGIN
  DELETE FROM store_changed WHERE kind = 1 AND row IN (old.passage_id, new.passage_id);
  INSERT INTO store_changed (kind, row) VALUES (1, old.passage_id);
  INSERT INTO store_changed (kind, row) SELECT 1, new.passage_id WHERE new.passage_id != old.passage_id;
END
