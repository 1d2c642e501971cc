//! Every public function as JSON in and JSON out, by its name: the one table behind all foreign doors.

use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::indicator::{IndicatorInput, indicator};
use crate::json::{Key, MAX_SAFE, Node, Object, Shape, Value, parse, read_with, text};
use crate::money::{Currency, Money};
use crate::price::{PeriodPriceInput, period_price};
use crate::proration::{ProrateInput, prorate};
use crate::providers::outcome::{Outcome, outcome_event};
use crate::providers::{a55, http::HttpRequest, redact};
use crate::retry::{PlanRetryInput, plan_retry};
use crate::schedule::{Schedule, Window};
use crate::subscription::{
    Adopted, Event, Payment, Script, Subscription, Terms, apply_event, create_subscription, next_action, simulate,
};

/// A function with the names of its parameters. What is optional may be left out at the end.
struct Function {
    name: &'static str,
    parameters: &'static [&'static str],
    run: fn(&Node<'_>) -> Option<Value>,
}

const FUNCTIONS: &[Function] = &[
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
    Function {
        name: "createSubscription",
        parameters: &["input"],
        run: |node| {
            let fields = node.object(&["id", "terms", "adopted"])?;
            let id = fields.required::<String>("id");
            let terms = fields.required::<Terms>("terms");
            let adopted = fields.optional::<Adopted>("adopted");
            node.answer(create_subscription(&id?, terms?, adopted?)).map(|subscription| subscription.write())
        },
    },
    Function {
        name: "nextAction",
        parameters: &["subscription", "today"],
        run: |node| {
            let (subscription, today) = two::<Subscription, Date>(node, "subscription", "today")?;
            node.answer(next_action(&subscription, today)).map(|action| action.write())
        },
    },
    Function {
        name: "applyEvent",
        parameters: &["subscription", "event"],
        run: |node| {
            let (subscription, event) = two::<Subscription, Event>(node, "subscription", "event")?;
            node.answer(apply_event(&subscription, &event)).map(|subscription| subscription.write())
        },
    },
    Function {
        name: "outcomeEvent",
        parameters: &["payment", "outcome", "on"],
        run: |node| {
            let fields = node.object(&["payment", "outcome", "on"])?;
            let payment = fields.required::<Payment>("payment");
            let outcome = fields.required::<Outcome>("outcome");
            let on = fields.required::<Date>("on");
            Some(nullable(outcome_event(&payment?, &outcome?, on?)))
        },
    },
    Function {
        name: "simulate",
        parameters: &["subscription", "script"],
        run: |node| {
            let (subscription, script) = two::<Subscription, Script>(node, "subscription", "script")?;
            node.answer(simulate(&subscription, &script)).map(|simulation| simulation.write())
        },
    },
    Function { name: "redact", parameters: &["request"], run: |node| Some(redact(&HttpRequest::read(node)?).write()) },
    Function {
        name: "a55.createCharge",
        parameters: &["input"],
        run: |node| node.answer(a55::create_charge(&a55::Charge::read(node)?)).map(|request| request.write()),
    },
];

/// Calls a function by its JavaScript name, its arguments as a JSON list; the answer is JSON text.
///
/// This is the door that JavaScript uses, open to any other host, with the same strictness and the same errors. Where the
/// function has several parameters, the first token of an error's path is the parameter's name.
///
/// # Errors
/// `unknown_function`, `invalid_json`, and what the function itself refuses.
///
/// ```
/// let answer = billing_rules::call("nextDueDate", r#"[{"start":"2025-01-31","cycle":"monthly"},"2025-01-31"]"#)?;
/// assert_eq!(answer, r#""2025-02-28""#);
/// # Ok::<(), billing_rules::Errors>(())
/// ```
pub fn call(name: &str, arguments: &str) -> Result<String, Errors> {
    match parse(arguments)? {
        Value::List(arguments) => call_with(name, arguments).map(|answer| text(&answer)),
        _ => Err(Error::new(Code::WrongType, "", "expected the arguments as a list").into()),
    }
}

/// As [`call`], between trees.
pub(crate) fn call_with(name: &str, arguments: Vec<Value>) -> Result<Value, Errors> {
    let Some(function) = FUNCTIONS.iter().find(|function| function.name == name) else {
        return Err(Error::new(Code::UnknownFunction, "", "there is no function of this name").into());
    };
    let mut arguments = arguments.into_iter();
    let input = match function.parameters {
        [_] => arguments.next().unwrap_or(Value::Null),
        parameters => {
            let named = parameters.iter().map(|name| (Key::Borrowed(*name), arguments.next().unwrap_or(Value::Null)));
            Value::Object(named.collect())
        }
    };
    if arguments.next().is_some() {
        return Err(Error::new(Code::TooMany, "", "more arguments than the function has parameters").into());
    }
    read_with(&input, function.run)
}

fn two<A: Shape, B: Shape>(node: &Node<'_>, first: &'static str, second: &'static str) -> Option<(A, B)> {
    let fields = node.object(&[first, second])?;
    let (first, second) = (fields.required(first), fields.required(second));
    Some((first?, second?))
}

fn scheduled_window(node: &Node<'_>) -> Option<(Schedule, Window)> {
    let fields = node.object(&["schedule", "window"])?;
    let (schedule, window) = (fields.required("schedule"), fields.optional::<Window>("window"));
    Some((schedule?, window?.unwrap_or_default()))
}

fn nullable<T: Shape>(value: Option<T>) -> Value {
    value.map_or(Value::Null, |value| value.write())
}
