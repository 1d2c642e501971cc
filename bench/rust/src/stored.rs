//! A stored subscription of format 1 as serde derives it: strings stay strings, no value is checked.

use serde::{Deserialize, Serialize};

/// Structs with the keys of JSON. What is `optional` is left out where there is none.
macro_rules! shapes {
    ($($name:ident { $($field:ident: $type:ty),+ $(; optional $($more:ident: $other:ty),+)? })+) => {$(
        #[derive(Serialize, Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            $($field: $type,)+
            $($(#[serde(skip_serializing_if = "Option::is_none")] $more: Option<$other>,)+)?
        }
    )+};
}

shapes! {
    Money { amount: i64, currency: String }
    Schedule { start: String, cycle: String }
    Terms { price: Money, schedule: Schedule }
    Current { price: Money, schedule: Schedule, first_number: u32 }
    Period { start: String, end: String, last_day: String }
    PriceFrom { from: String, price: Money }
    Attempt { on: String, outcome: String, provider_reference: String; optional by_cardholder: bool }
    Record {
        number: u32, kind: String, due_date: String, amount: Money, amount_kind: String, status: String, attempts: Vec<Attempt>;
        optional period: Period, period_days: u32, prices: Vec<PriceFrom>, credited_price: Money, cap: Money
    }
    State { on: String, established: String, begun: bool, records: Vec<Record>; optional settled: String }
    Derived {
        format: u32, id: String, terms: Terms, status: String, current: Current, payments: u32, next_due_date: String,
        next_action_on: String, pending: Vec<String>, end_reason: (), balance: Money, overpayments: Vec<Money>, state: State
    }
}
