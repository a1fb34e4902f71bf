DROP TRIGGER IF EXISTS store_passage_words_new

DROP TRIGGER IF EXISTS store_passage_words_going

DROP TRIGGER IF EXISTS store_passage_words_changing

DROP TRIGGER IF EXISTS store_passage_words_changed

DROP TRIGGER IF EXISTS store_passage_vectors_new

DROP TRIGGER IF EXISTS store_passage_vectors_gone

DROP TRIGGER IF EXISTS store_passage_vectors_changed

DROP TABLE IF EXISTS store_passage_words
