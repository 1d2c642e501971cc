//! Dates, money, proration, indicators and retries.

use super::{Function, nullable, scheduled_window, two};
use crate::date::Date;
use crate::indicator::{IndicatorInput, indicator};
use crate::json::{MAX_SAFE, Object, Shape, Value};
use crate::money::{Currency, Money};
use crate::price::{PeriodPriceInput, period_price};
use crate::proration::{ProrateInput, prorate};
use crate::retry::{PlanRetryInput, plan_retry};
use crate::schedule::Schedule;

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "nextDueDate",
        parameters: &["schedule", "after"],
        run: |node| {
            let (schedule, after) = two::<Schedule, Date>(node, "schedule", "after")?;
            node.answer(schedule.next_due_date(after)).map(nullable)
        },
    },
    Function {
        name: "dueDates",
        parameters: &["schedule", "window"],
        run: |node| {
            let (schedule, window) = scheduled_window(node)?;
            let dates = node.answer(schedule.due_dates_in(&window))?;
            Some(Value::Dates(dates.iter().map(|date| date.iso()).collect()))
        },
    },
    Function {
        name: "period",
        parameters: &["schedule", "number"],
        run: |node| {
            let (schedule, number) = two::<Schedule, u32>(node, "schedule", "number")?;
            node.answer(schedule.period(number)).map(nullable)
        },
    },
    Function {
        name: "periodOn",
        parameters: &["schedule", "date"],
        run: |node| {
            let (schedule, date) = two::<Schedule, Date>(node, "schedule", "date")?;
            node.answer(schedule.period_on(date)).map(nullable)
        },
    },
    Function {
        name: "periods",
        parameters: &["schedule", "window"],
        run: |node| {
            let (schedule, window) = scheduled_window(node)?;
            node.answer(schedule.periods_in(&window)).map(|periods| periods.write())
        },
    },
    Function {
        name: "lastPayment",
        parameters: &["schedule"],
        run: |node| node.answer(Schedule::read(node)?.last_payment()).map(nullable),
    },
    Function {
        name: "allocate",
        parameters: &["total", "weights"],
        run: |node| {
            let fields = node.object(&["total", "weights"])?;
            let total = fields.required::<Money>("total");
            let weights = fields.required_with("weights", |node| {
                node.list_with(10_000, |node| node.integer(0, MAX_SAFE).map(i64::unsigned_abs))
            });
            node.answer(total?.allocate(&weights?)).map(|parts| parts.write())
        },
    },
    Function {
        name: "periodPrice",
        parameters: &["input"],
        run: |node| node.answer(period_price(&PeriodPriceInput::read(node)?)).map(nullable),
    },
    Function {
        name: "parseDecimal",
        parameters: &["text", "currency"],
        run: |node| {
            let (text, currency) = two::<String, Currency>(node, "text", "currency")?;
            node.answer(Money::parse_decimal(&text, currency).map_err(|error| error.under("/text")))
                .map(|money| money.write())
        },
    },
    Function {
        name: "formatDecimal",
        parameters: &["money"],
        run: |node| Money::read(node).map(|money| Value::Text(money.to_decimal())),
    },
    Function {
        name: "currencyInfo",
        parameters: &["code"],
        run: |node| {
            let currency = Currency::read(node)?;
            let mut object = Object::default();
            object.set("code", Value::text(currency.code()));
            object.set("exponent", Value::Integer(currency.exponent().into()));
            Some(object.done())
        },
    },
    Function {
        name: "prorate",
        parameters: &["input"],
        run: |node| node.answer(prorate(&ProrateInput::read(node)?)).map(|proration| proration.write()),
    },
    Function {
        name: "indicator",
        parameters: &["input"],
        run: |node| Some(indicator(&IndicatorInput::read(node)?).write()),
    },
    Function {
        name: "planRetry",
        parameters: &["input"],
        run: |node| node.answer(plan_retry(&PlanRetryInput::read(node)?)).map(|plan| plan.write()),
    },
];
