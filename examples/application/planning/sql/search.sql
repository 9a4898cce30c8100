-- The newest applications whose address has these words, whatever the case, and how many there are.
WITH found AS (
  SELECT * FROM application WHERE strpos(lower(address), lower(:'query')) > 0
), newest AS (
  SELECT * FROM found ORDER BY received DESC, reference LIMIT :limit
)
SELECT json_build_object(
  'count', (SELECT count(*) FROM found),
  'applications', (SELECT coalesce(json_agg(newest), '[]') FROM newest)
);
