CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  version INTEGER NOT NULL,
  next_action_on TEXT GENERATED ALWAYS AS (json_extract(text, '$.nextActionOn'))
);

CREATE INDEX due ON subscriptions (next_action_on) WHERE next_action_on IS NOT NULL;

CREATE TABLE payments (
  reference TEXT PRIMARY KEY,
  subscription TEXT NOT NULL,
  payment TEXT,
  succeeded TEXT,
  declined TEXT
);

CREATE INDEX payments_of ON payments (subscription);
