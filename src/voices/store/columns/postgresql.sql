-- Which rows were written, and by which transaction, the last time of each: 0 a table emptied whole, 1 a passage (or its
-- theme), 2 a testimony.
CREATE TABLE IF NOT EXISTS store_changed (
  kind smallint NOT NULL, row bigint NOT NULL, stamp xid8 NOT NULL, CONSTRAINT store_changed_pkey PRIMARY KEY (kind, row)
)

CREATE INDEX IF NOT EXISTS store_changed_stamp ON store_changed (stamp)

CREATE OR REPLACE FUNCTION voices_note(of smallint, id bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO store_changed VALUES (of, id, pg_current_xact_id())
    ON CONFLICT ON CONSTRAINT store_changed_pkey DO UPDATE SET stamp = EXCLUDED.stamp
$$

CREATE OR REPLACE FUNCTION voices_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN PERFORM voices_note(TG_ARGV[0]::smallint, OLD.id);
  ELSE PERFORM voices_note(TG_ARGV[0]::smallint, NEW.id); END IF;
  RETURN NULL;
END $$

CREATE OR REPLACE FUNCTION voices_theme_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP != 'INSERT' THEN PERFORM voices_note(1::smallint, OLD.passage_id); END IF;
  IF TG_OP != 'DELETE' THEN PERFORM voices_note(1::smallint, NEW.passage_id); END IF;
  RETURN NULL;
END $$

CREATE OR REPLACE FUNCTION voices_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM voices_note(0::smallint, 0);
  RETURN NULL;
END $$

CREATE OR REPLACE TRIGGER store_changed_passage_row AFTER INSERT OR DELETE ON store_passage
  FOR EACH ROW EXECUTE FUNCTION voices_changed(1)

CREATE OR REPLACE TRIGGER store_changed_passage AFTER UPDATE ON store_passage FOR EACH ROW
  WHEN ((OLD.testimony_id, OLD.place_id, OLD.start, OLD."end", OLD.speaker, OLD.retired, OLD.standing, OLD.accueil,
    OLD.appartenance, OLD.action, OLD.trust, OLD.subcodes, OLD.own, OLD.outside, OLD.useful, OLD.doubt, OLD.chance)
    IS DISTINCT FROM (NEW.testimony_id, NEW.place_id, NEW.start, NEW."end", NEW.speaker, NEW.retired, NEW.standing, NEW.accueil,
    NEW.appartenance, NEW.action, NEW.trust, NEW.subcodes, NEW.own, NEW.outside, NEW.useful, NEW.doubt, NEW.chance))
  EXECUTE FUNCTION voices_changed(1)

CREATE OR REPLACE TRIGGER store_changed_testimony_row AFTER INSERT OR DELETE ON store_testimony
  FOR EACH ROW EXECUTE FUNCTION voices_changed(2)

CREATE OR REPLACE TRIGGER store_changed_testimony AFTER UPDATE ON store_testimony FOR EACH ROW
  WHEN ((OLD.place_id, OLD.consent, OLD.date, OLD.channel, OLD.role_group)
    IS DISTINCT FROM (NEW.place_id, NEW.consent, NEW.date, NEW.channel, NEW.role_group))
  EXECUTE FUNCTION voices_changed(2)

CREATE OR REPLACE TRIGGER store_changed_theme AFTER INSERT OR UPDATE OR DELETE ON store_passagetheme
  FOR EACH ROW EXECUTE FUNCTION voices_theme_changed()

CREATE OR REPLACE TRIGGER store_changed_unthemed AFTER INSERT OR UPDATE OR DELETE ON store_unthemedpassage
  FOR EACH ROW EXECUTE FUNCTION voices_theme_changed()

CREATE OR REPLACE TRIGGER store_emptied_passage AFTER TRUNCATE ON store_passage
  FOR EACH STATEMENT EXECUTE FUNCTION voices_emptied()

CREATE OR REPLACE TRIGGER store_emptied_testimony AFTER TRUNCATE ON store_testimony
  FOR EACH STATEMENT EXECUTE FUNCTION voices_emptied()

CREATE OR REPLACE TRIGGER store_emptied_theme AFTER TRUNCATE ON store_passagetheme
  FOR EACH STATEMENT EXECUTE FUNCTION voices_emptied()

CREATE OR REPLACE TRIGGER store_emptied_unthemed AFTER TRUNCATE ON store_unthemedpassage
  FOR EACH STATEMENT EXECUTE FUNCTION voices_emptied()
