//! Proration: the two lines of a change of plan.

use anyhow::{Result, ensure};
use billing_rules::{Cycle, Money, PlanChange, ProrateInput, Schedule, prorate as ours};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::measure::{Case, case};

/// A part of a price, rounded half up.
fn part(price: i64, days: i64, of: i64) -> Decimal {
    let exact = Decimal::from(price) * Decimal::from(days) / Decimal::from(of);
    exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
}

/// What the digest of the change in [`prorate`] is made of.
const AGREED: &str = "plan_change 1\nasOf 2025-04-11\neffective 2025-04-11\nprice 25000 BRL\nstart 2025-04-01\ncycle 1 months\n\
    firstNumber 1\ndueNow 10000 BRL\nnextPayment 2025-05-01 25000 BRL\nbalance 0 BRL\nsettle now\n";

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn prorate() -> Result<Vec<Case<'static>>> {
    let brl = "BRL".parse()?;
    let schedule = Schedule::new("2025-04-01".parse()?, Cycle::MONTHLY);
    let change = PlanChange::new(Money::new(25_000, brl)?, "2025-04-11".parse()?);
    let input = ProrateInput::new(schedule, Money::new(10_000, brl)?, change);
    let answer = ours(&input)?;
    ensure!(answer.charge.amount().to_string() == part(25_000, 20, 30).to_string(), "rust_decimal differs");
    ensure!(answer.digest == sha256(AGREED), "the digest is made of another text");

    let brl = "BRL".parse()?;
    let schedule = before::Schedule::new("2025-04-01".parse()?, before::Cycle::MONTHLY);
    let change = before::PlanChange::new(before::Money::new(25_000, brl)?, "2025-04-11".parse()?);
    let then = before::ProrateInput::new(schedule, before::Money::new(10_000, brl)?, change);
    Ok(vec![
        case("billing-rules", move |_| ours(&input)),
        case("before", move |_| before::prorate(&then)),
        case("SHA-256 of its digest", |_| Sha256::digest(AGREED.as_bytes())),
        case("rust_decimal", |index| {
            let more = (index & 63) as i64;
            (-part(10_000 + more, 20, 30), part(25_000 + more, 20, 30))
        }),
    ])
}

/// How many lines of many changes are not exact to the cent where rust_decimal rounds as it does by itself. The changes are those
/// that the JavaScript bench takes: a fixed series of numbers (Lehmer's).
pub fn natural() -> Result<Value> {
    let (mut lines, mut wrong, mut last) = (0, 0, 1_i64);
    let mut below = |limit| {
        last = last * 48_271 % 2_147_483_647;
        last % limit
    };
    for _ in 0..5000 {
        let of = 28 + below(4);
        let prices = [100 + below(99_900), 100 + below(99_900)];
        let days = 1 + below(of);
        for price in prices {
            let found = (Decimal::from(price) * Decimal::from(days) / Decimal::from(of)).round();
            let right = (2 * price * days + of) / (2 * of);
            lines += 1;
            wrong += usize::from(found != Decimal::from(right));
        }
    }
    Ok(json!([{ "peer": "rust_decimal", "lines": lines, "wrong": wrong }]))
}
