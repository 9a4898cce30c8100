-- Replace all applications with those of a CSV file on standard input.
BEGIN;
CREATE TABLE IF NOT EXISTS application (
  reference text PRIMARY KEY,
  address text NOT NULL CHECK (address <> ''),
  description text NOT NULL,
  decision text CHECK (decision IN ('granted', 'refused', 'withdrawn')),
  received date NOT NULL
);
TRUNCATE application;
\copy application FROM pstdin WITH (FORMAT csv, HEADER match)
COMMIT;
