-- A subscription as billing-rules has it, and the day on which the night has to look at it. Without a day it waits: for its outcome while
-- an attempt is in the outbox, or for an event.
CREATE TABLE subscriptions (
  id text PRIMARY KEY,
  state jsonb NOT NULL,
  next_action_on date,
  version integer NOT NULL DEFAULT 1, -- for writers that compare it instead of locking the row
  customer jsonb -- what your provider wants to know of who pays
);

-- All that a night reads: the rows that are not due are not in its way.
CREATE INDEX subscriptions_due ON subscriptions (next_action_on) WHERE next_action_on IS NOT NULL;

-- An attempt at a payment, with its lines, as it was when it began. Receipts and accounts read these rows.
CREATE TABLE payments (
  reference text PRIMARY KEY,
  subscription text NOT NULL REFERENCES subscriptions,
  ordinal bigint GENERATED ALWAYS AS IDENTITY,
  payment jsonb,
  started_at timestamptz NOT NULL DEFAULT now(),
  succeeded_on date,
  provider_reference text,
  declined_on date,
  decline jsonb
);

CREATE INDEX payments_of ON payments (subscription);

-- The attempts whose outcome is not known. One that nobody has sent has no `sent_at`. One that is not `started` is only what an engine has
-- decided over the whole book: a worker decides again before it starts it.
CREATE TABLE outbox (
  reference text PRIMARY KEY,
  subscription text NOT NULL REFERENCES subscriptions,
  started boolean NOT NULL DEFAULT true,
  payment_reference text GENERATED ALWAYS AS (CASE WHEN started THEN reference END) STORED REFERENCES payments,
  sent_at timestamptz,
  page jsonb, -- of a checkout: its address, and what the provider needs to close it
  card bytea -- of a checkout: the card that will be charged again if it succeeds, encrypted
);

CREATE INDEX outbox_decided ON outbox (reference) WHERE NOT started;
CREATE INDEX outbox_unsent ON outbox (reference) WHERE started AND sent_at IS NULL;
CREATE INDEX outbox_sent ON outbox (sent_at);
CREATE INDEX outbox_of ON outbox (subscription);

-- What the provider gave to charge a card again, encrypted. Keep this table where few can read it.
CREATE TABLE credentials (
  subscription text PRIMARY KEY REFERENCES subscriptions,
  credential bytea NOT NULL
);

-- Money to give back. Your id names a refund, so that a second request with it refunds nothing.
CREATE TABLE refunds (
  id text PRIMARY KEY,
  subscription text NOT NULL REFERENCES subscriptions,
  reference text,
  provider_reference text,
  amount jsonb NOT NULL,
  overpayment boolean NOT NULL DEFAULT false, -- it was charged but not owed
  sent_at timestamptz,
  result text CHECK (result IN ('done', 'refused')) -- none: not sent, or nobody knows
);

CREATE INDEX refunds_unsent ON refunds (id) WHERE sent_at IS NULL;

-- The webhooks that were applied, by a digest of what came.
CREATE TABLE webhooks (
  digest bytea PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT now()
);
