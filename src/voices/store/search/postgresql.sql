-- Words apart by spaces, in lower case, without accents, « œ » opened. A tsvector holds one megabyte at most and refuses
-- the row beyond: only the beginning of a text that long is searched.
CREATE OR REPLACE FUNCTION voices_words(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('simple'::regconfig, regexp_replace(lower(
    replace(replace(replace(replace(
      regexp_replace(normalize(left(said, 200000), NFD), '[\u0300-\u036f]', '', 'g'),
    'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae')
  ), '[^[:alnum:]]+', ' ', 'g'))
$$

ALTER TABLE store_passage
  ADD COLUMN IF NOT EXISTS searched_text tsvector GENERATED ALWAYS AS (voices_words(text)) STORED,
  ADD COLUMN IF NOT EXISTS searched_lemmas tsvector GENERATED ALWAYS AS (voices_words(lemmas)) STORED,
  ADD COLUMN IF NOT EXISTS searched_question tsvector GENERATED ALWAYS AS (voices_words(question)) STORED

CREATE INDEX IF NOT EXISTS store_passage_searched
  ON store_passage USING gin (searched_text, searched_lemmas, searched_question)

-- Which vectors were written, and by which transaction, the last time of each.
CREATE TABLE IF NOT EXISTS store_passage_vectors (passage_id bigint PRIMARY KEY, stamp xid8 NOT NULL)

-- Those of a backup made on another server may be of its future: they would be told again at each search.
DELETE FROM store_passage_vectors WHERE stamp >= pg_snapshot_xmax(pg_current_snapshot())

CREATE INDEX IF NOT EXISTS store_passage_vectors_stamp ON store_passage_vectors (stamp)

CREATE OR REPLACE FUNCTION voices_vector_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE written bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN written := OLD.id; ELSE written := NEW.id; END IF;
  INSERT INTO store_passage_vectors VALUES (written, pg_current_xact_id())
    ON CONFLICT (passage_id) DO UPDATE SET stamp = EXCLUDED.stamp;
  RETURN NULL;
END $$

CREATE OR REPLACE TRIGGER store_passage_vectors_new AFTER INSERT ON store_passage
  FOR EACH ROW WHEN (NEW.vector IS NOT NULL) EXECUTE FUNCTION voices_vector_written()

CREATE OR REPLACE TRIGGER store_passage_vectors_gone AFTER DELETE ON store_passage
  FOR EACH ROW WHEN (OLD.vector IS NOT NULL) EXECUTE FUNCTION voices_vector_written()

CREATE OR REPLACE TRIGGER store_passage_vectors_changed AFTER UPDATE OF vector ON store_passage
  FOR EACH ROW WHEN (OLD.vector IS DISTINCT FROM NEW.vector) EXECUTE FUNCTION voices_vector_written()
