-- The passages that were there before the index.
INSERT INTO store_passage_words (rowid, text, lemmas, question) SELECT id, text, lemmas, question FROM store_passage_read

INSERT OR REPLACE INTO store_passage_vectors (passage_id) SELECT id FROM store_passage WHERE vector IS NOT NULL
