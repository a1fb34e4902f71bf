ALTER TABLE store_passage
  DROP COLUMN IF EXISTS searched_text,
  DROP COLUMN IF EXISTS searched_lemmas,
  DROP COLUMN IF EXISTS searched_question
