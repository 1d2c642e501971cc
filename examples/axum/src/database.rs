//! Subscriptions in PostgreSQL, in the tables of `examples/postgres/schema.sql`, which programs in JavaScript may use at
//! the same time.
//!
//! One connection serves all requests, each by one statement. A pool, which also connects again, is
//! `deadpool-postgres`.

use anyhow::Result;
use billing_rules::{Subscription, from_json, to_json};
use serde_json::Value;
use tokio::runtime::Handle;
use tokio_postgres::{Client, NoTls};

use crate::store::{Id, Store, Stored};

const READ: &str = "SELECT state::text, version FROM subscriptions WHERE id = $1";

/// The rows as the service answers them.
const PAYMENTS: &str = "
    SELECT json_build_object(
        'reference', reference,
        'payment', payment,
        'succeeded', CASE WHEN succeeded_on IS NOT NULL
            THEN json_build_object('on', succeeded_on, 'providerReference', provider_reference) END,
        'declined', CASE WHEN declined_on IS NOT NULL
            THEN json_build_object('on', declined_on, 'decline', decline) END
    )::text
    FROM payments WHERE subscription = $1 ORDER BY ordinal";

const INSERT: &str = "
    INSERT INTO subscriptions (id, state, next_action_on)
    SELECT $1, state, (state ->> 'nextActionOn')::date FROM (SELECT $2::text::jsonb) AS new(state)
    ON CONFLICT DO NOTHING";

/// The row of the payment is written only if the version is replaced. An outcome stays as it was first reported.
const UPDATE: &str = "
    WITH written AS (
        UPDATE subscriptions
        SET state = new.state, version = version + 1, next_action_on = (new.state ->> 'nextActionOn')::date
        FROM (SELECT $2::text::jsonb) AS new(state)
        WHERE id = $1 AND version = $3
        RETURNING id
    ), paid AS (
        INSERT INTO payments
            (reference, subscription, payment, succeeded_on, provider_reference, declined_on, decline)
        SELECT reference, id, payment, (succeeded ->> 'on')::date, succeeded ->> 'providerReference',
            (declined ->> 'on')::date, declined -> 'decline'
        FROM written, jsonb_to_record($4::text::jsonb)
            AS payment(reference text, payment jsonb, succeeded jsonb, declined jsonb)
        WHERE reference IS NOT NULL
        ON CONFLICT (reference) DO UPDATE SET
            payment = coalesce(excluded.payment, payments.payment),
            succeeded_on = coalesce(payments.succeeded_on, excluded.succeeded_on),
            provider_reference = CASE WHEN payments.succeeded_on IS NULL
                THEN excluded.provider_reference ELSE payments.provider_reference END,
            declined_on = coalesce(payments.declined_on, excluded.declined_on),
            decline = CASE WHEN payments.declined_on IS NULL THEN excluded.decline ELSE payments.decline END
    )
    SELECT FROM written";

pub struct Database {
    client: Client,
    runtime: Handle,
}

impl Database {
    pub async fn connect(address: &str) -> Result<Self> {
        let (client, connection) = tokio_postgres::connect(address, NoTls).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("the database: {error}");
            }
        });
        Ok(Self { client, runtime: Handle::current() })
    }
}

impl Store for Database {
    fn read(&self, Id(id): &Id) -> Result<Option<Stored>> {
        let Some(row) = self.runtime.block_on(self.client.query_opt(READ, &[id]))? else { return Ok(None) };
        // PostgreSQL sorts the keys of a jsonb. The library writes them in its own order.
        let subscription: Subscription = from_json(row.try_get(0)?)?;
        let version: i32 = row.try_get(1)?;
        Ok(Some(Stored { text: to_json(&subscription), version: version.try_into()? }))
    }

    fn payments(&self, Id(id): &Id) -> Result<Vec<Value>> {
        let rows = self.runtime.block_on(self.client.query(PAYMENTS, &[id]))?;
        rows.iter().map(|row| Ok(serde_json::from_str(row.try_get(0)?)?)).collect()
    }

    fn write(&self, Id(id): &Id, text: &str, version: u64, payment: Option<&Value>) -> Result<bool> {
        if version == 0 {
            return Ok(self.runtime.block_on(self.client.execute(INSERT, &[id, &text]))? == 1);
        }
        let payment = payment.map(Value::to_string);
        let version = i32::try_from(version)?;
        let written = self.runtime.block_on(self.client.query(UPDATE, &[id, &text, &version, &payment]))?;
        Ok(written.len() == 1)
    }
}
