//! What day it is. The library reads no clock; whoever hosts the service does, here.

use anyhow::{Context, Result};
use axum::http::HeaderMap;
use billing_rules::Date;
use jiff::Timestamp;

pub struct Days {
    /// Where the merchant bills.
    pub time_zone: String,
    /// The header that says the day instead of the clock.
    pub header: Option<String>,
}

impl Days {
    pub fn today(&self, headers: &HeaderMap) -> Result<Date> {
        let told = self.header.as_ref().and_then(|name| headers.get(name));
        match told {
            Some(day) => day.to_str()?.parse().context("the header does not say a day"),
            None => Ok(Timestamp::now().in_tz(&self.time_zone)?.date().to_string().parse()?),
        }
    }
}
