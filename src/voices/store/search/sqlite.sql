-- FTS5 without a copy of the texts: to take a row out, it wants to be told what it held.
CREATE VIRTUAL TABLE IF NOT EXISTS store_passage_words USING fts5(
  text, lemmas, question, content='', tokenize='unicode61 remove_diacritics 2'
)

-- What is taken of a passage, « œ » opened.
CREATE VIEW IF NOT EXISTS store_passage_read AS SELECT
  id,
  replace(replace(replace(replace(text, 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') AS text,
  replace(replace(lemmas, 'œ', 'oe'), 'æ', 'ae') AS lemmas,
  replace(replace(replace(replace(question, 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') AS question
FROM store_passage

CREATE TRIGGER IF NOT EXISTS store_passage_words_new AFTER INSERT ON store_passage BEGIN
  INSERT INTO store_passage_words (rowid, text, lemmas, question)
    SELECT id, text, lemmas, question FROM store_passage_read WHERE id = new.id;
END

CREATE TRIGGER IF NOT EXISTS store_passage_words_going BEFORE DELETE ON store_passage BEGIN
  INSERT INTO store_passage_words (store_passage_words, rowid, text, lemmas, question)
    SELECT 'delete', id, text, lemmas, question FROM store_passage_read WHERE id = old.id;
END

CREATE TRIGGER IF NOT EXISTS store_passage_words_changing BEFORE UPDATE OF text, lemmas, question ON store_passage
WHEN old.text IS NOT new.text OR old.lemmas IS NOT new.lemmas OR old.question IS NOT new.question BEGIN
  INSERT INTO store_passage_words (store_passage_words, rowid, text, lemmas, question)
    SELECT 'delete', id, text, lemmas, question FROM store_passage_read WHERE id = old.id;
END

CREATE TRIGGER IF NOT EXISTS store_passage_words_changed AFTER UPDATE OF text, lemmas, question ON store_passage
WHEN old.text IS NOT new.text OR old.lemmas IS NOT new.lemmas OR old.question IS NOT new.question BEGIN
  INSERT INTO store_passage_words (rowid, text, lemmas, question)
    SELECT id, text, lemmas, question FROM store_passage_read WHERE id = new.id;
END

-- Which vectors were written, the last time of each: stamps grow in the order of writing, there is one writer at a time.
CREATE TABLE IF NOT EXISTS store_passage_vectors (
  stamp INTEGER PRIMARY KEY AUTOINCREMENT, passage_id INTEGER NOT NULL UNIQUE
)

CREATE TRIGGER IF NOT EXISTS store_passage_vectors_new AFTER INSERT ON store_passage
WHEN new.vector IS NOT NULL BEGIN
  INSERT OR REPLACE INTO store_passage_vectors (passage_id) VALUES (new.id);
END

CREATE TRIGGER IF NOT EXISTS store_passage_vectors_gone AFTER DELETE ON store_passage
WHEN old.vector IS NOT NULL BEGIN
  INSERT OR REPLACE INTO store_passage_vectors (passage_id) VALUES (old.id);
END

CREATE TRIGGER IF NOT EXISTS store_passage_vectors_changed AFTER UPDATE OF vector ON store_passage
WHEN old.vector IS NOT new.vector BEGIN
  INSERT OR REPLACE INTO store_passage_vectors (passage_id) VALUES (new.id);
END
