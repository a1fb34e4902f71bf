-- Which rows were written, and by which transaction: 0 everything, 1 a passage (or its theme), 2 a testimony. Notes are
-- only added, and no two transactions write the same one: to note what one writes never waits for anybody.
DROP TABLE IF EXISTS store_changed

CREATE TABLE store_changed (
  stamp xid8 NOT NULL, kind smallint NOT NULL, row bigint NOT NULL, PRIMARY KEY (stamp, kind, row)
)

DROP FUNCTION IF EXISTS voices_note(smallint, bigint)

CREATE OR REPLACE FUNCTION voices_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE written bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN written := OLD.id; ELSE written := NEW.id; END IF;
  INSERT INTO store_changed VALUES (pg_current_xact_id(), TG_ARGV[0]::smallint, written) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$

CREATE OR REPLACE FUNCTION voices_theme_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP != 'INSERT' THEN
    INSERT INTO store_changed VALUES (pg_current_xact_id(), 1, OLD.passage_id) ON CONFLICT DO NOTHING;
  END IF;
  IF TG_OP != 'DELETE' THEN
    INSERT INTO store_changed VALUES (pg_current_xact_id(), 1, NEW.passage_id) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$

CREATE OR REPLACE FUNCTION voices_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO store_changed VALUES (pg_current_xact_id(), 0, 0) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$

CREATE OR REPLACE TRIGGER store_changed_testimony_row AFTER INSERT OR DELETE ON store_testimony
  FOR EACH ROW EXECUTE FUNCTION voices_changed(2)

CREATE OR REPLACE TRIGGER store_changed_testimony AFTER UPDATE ON store_testimony FOR EACH ROW
  WHEN ((OLD.place_id, OLD.consent, OLD.outlets, OLD.until, OLD.letter, OLD.date, OLD.channel, OLD.role_group)
    IS DISTINCT FROM (NEW.place_id, NEW.consent, NEW.outlets, NEW.until, NEW.letter, NEW.date, NEW.channel,
    NEW.role_group))
  EXECUTE FUNCTION voices_changed(2)

CREATE OR REPLACE TRIGGER store_emptied_testimony AFTER TRUNCATE ON store_testimony
  FOR EACH STATEMENT EXECUTE FUNCTION voices_emptied()

CREATE OR REPLACE TRIGGER store_changed_passage_row AFTER INSERT OR DELETE ON store_passage
  FOR EACH ROW EXECUTE FUNCTION voices_changed(1)

CREATE OR REPLACE TRIGGER store_changed_passage AFTER UPDATE ON store_passage FOR EACH ROW
  WHEN ((OLD.testimony_id, OLD.place_id, OLD.start, OLD."end", OLD.speaker, OLD.retired, OLD.standing,
    OLD.accueil, OLD.appartenance, OLD.action, OLD.trust, OLD.subcodes, OLD.own, OLD.outside, OLD.useful, OLD.doubt,
    OLD.chance)
    IS DISTINCT FROM (NEW.testimony_id, NEW.place_id, NEW.start, NEW."end", NEW.speaker, NEW.retired,
    NEW.standing, NEW.accueil, NEW.appartenance, NEW.action, NEW.trust, NEW.subcodes, NEW.own, NEW.outside, NEW.useful,
    NEW.doubt, NEW.chance))
  EXECUTE FUNCTION voices_changed(1)

CREATE OR REPLACE TRIGGER store_emptied_passage AFTER TRUNCATE ON store_passage
  FOR EACH STATEMENT EXECUTE FUNCTION voices_emptied()

CREATE OR REPLACE TRIGGER store_changed_theme AFTER INSERT OR UPDATE OR DELETE ON store_passagetheme
  FOR EACH ROW EXECUTE FUNCTION voices_theme_changed()

CREATE OR REPLACE TRIGGER store_emptied_theme AFTER TRUNCATE ON store_passagetheme
  FOR EACH STATEMENT EXECUTE FUNCTION voices_emptied()

CREATE OR REPLACE TRIGGER store_changed_unthemed AFTER INSERT OR UPDATE OR DELETE ON store_unthemedpassage
  FOR EACH ROW EXECUTE FUNCTION voices_theme_changed()

CREATE OR REPLACE TRIGGER store_emptied_unthemed AFTER TRUNCATE ON store_unthemedpassage
  FOR EACH STATEMENT EXECUTE FUNCTION voices_emptied()
