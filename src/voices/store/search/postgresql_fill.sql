-- Every vector is noted as written now: each process reads it again.
INSERT INTO store_passage_vectors SELECT id, pg_current_xact_id() FROM store_passage WHERE vector IS NOT NULL
  ON CONFLICT (passage_id) DO UPDATE SET stamp = EXCLUDED.stamp
