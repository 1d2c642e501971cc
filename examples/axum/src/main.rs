//! The billing service of `examples/service` in Rust: the same routes and answers over the same files, so that both may
//! work on one folder at the same time.
//!
//!     cargo run --package billing-service
//!
//! Settings in the environment: PORT; FOLDER for the subscriptions, or DATABASE_URL for a PostgreSQL with the tables of
//! `examples/postgres/schema.sql`; PLANS, a price list other than that of the examples; TIME_ZONE, where the merchant
//! bills; and DAY_HEADER, a header that says the day instead of the clock: only behind a backend that sets it itself.

mod database;
mod day;
mod files;
mod http;
mod payments;
mod service;
mod store;

use std::{env, fs, sync::Arc};

use anyhow::{Context, Result};
use tokio::net::TcpListener;

use crate::{database::Database, day::Days, files::Files, service::Service, store::Store};

#[tokio::main]
async fn main() -> Result<()> {
    let plans = match env::var("PLANS") {
        Ok(file) => fs::read_to_string(&file).with_context(|| format!("cannot read {file}"))?,
        Err(_) => include_str!("../../service/plans.json").to_owned(),
    };
    let plans = serde_json::from_str(&plans).context("the price list is not JSON")?;
    let store: Box<dyn Store> = match env::var("DATABASE_URL") {
        Ok(address) => Box::new(Database::connect(&address).await.context("cannot connect to the database")?),
        Err(_) => Box::new(Files::new(env::var("FOLDER").unwrap_or_else(|_| "subscriptions".into()))),
    };
    let days =
        Days { time_zone: env::var("TIME_ZONE").unwrap_or_else(|_| "UTC".into()), header: env::var("DAY_HEADER").ok() };

    let port = env::var("PORT").unwrap_or_else(|_| "8080".into()).parse().context("PORT is no port")?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("Listening on http://{}/", listener.local_addr()?);
    axum::serve(listener, http::router(Arc::new(Service { store, plans }), Arc::new(days))).await?;
    Ok(())
}
