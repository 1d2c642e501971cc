//! The payment by the cardholder, and the agreement that it creates.

use super::advice::{longest_interval, needed_until};
use super::checkout::{Checkout, WebHook, notifications};
use super::order::Order;
use crate::date::Date;
use crate::digits::digits;
use crate::error::{Code, Errors, Problems};
use crate::indicator::Timing;
use crate::json::{Keys, Node, Object, Shape, Value, Writer, keys, object, serde_by_shape, words};
use crate::providers::http::HttpRequest;
use crate::providers::nexi::account::{Account, headers, id_field};
use crate::providers::nexi::checks;
use crate::providers::validate::text;
use crate::terms::Terms;

/// What the cardholder does at the checkout besides agreeing to later charges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Purpose {
    /// Pays: the amount, above 0, is captured immediately. The default.
    #[default]
    Payment,
    /// Reserves the amount, which the merchant charges or cancels later. The amount must be above one major unit: less
    /// would be a disguised registration.
    Reservation,
    /// Registers the card without a charge: the amount is 0, and so is that of each item.
    Verification,
    /// Registers the card with one minor unit, for issuers that reject 0. It is only reserved: cancel it afterwards.
    /// One source.
    OneMinorUnit,
}

words!(Purpose {
    Payment "payment", Reservation "reservation", Verification "verification", OneMinorUnit "one_minor_unit",
});

/// A scheduled agreement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scheduled {
    /// The agreement whose card is replaced; omit it to create a new one.
    pub id: Option<String>,
    /// The last day on which it may be charged. Required for a new one. Nexi documents no maximum; in practice five
    /// years work.
    pub end_date: Option<Date>,
    /// The day of the request; the end date must be after it. Required with an end date or an interval.
    pub today: Option<Date>,
    /// The minimum number of days between charges, which Nexi counts from the latest charge. Default 0: any. Another
    /// value requires the terms, which must be compatible with it, and `plan_changes: false`.
    pub interval: Option<u32>,
    /// The terms of the subscription, against which interval and end date are checked.
    pub terms: Option<Terms>,
    /// Whether the plan may be changed, which adds a charge between two due dates. Default true.
    pub plan_changes: Option<bool>,
}

/// The agreement that a checkout creates, or whose card it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewAgreement {
    /// For any amounts on any days.
    Unscheduled {
        /// The agreement whose card is replaced; omit it to create a new one.
        id: Option<String>,
    },
    /// For amounts at an interval.
    Scheduled(Box<Scheduled>),
}

object!(Scheduled by "kind" {
    id: optional "id",
    end_date: optional "endDate",
    today: optional "today",
    interval: optional "interval",
    terms: optional "terms",
    plan_changes: optional "planChanges",
});

const UNSCHEDULED: Keys = keys!("id");

impl Shape for NewAgreement {
    fn read(node: &Node<'_>) -> Self {
        let (kind, node) = node.tag("kind", Timing::WORDS);
        match Timing::ALL.get(kind) {
            Some(Timing::Scheduled) => Self::Scheduled(Box::new(Shape::read(&node))),
            _ => Self::Unscheduled { id: node.object_by("kind", UNSCHEDULED, |fields| fields.optional("id")) },
        }
    }

    fn write(&self, to: &mut Writer) {
        to.begin_object();
        match self {
            Self::Unscheduled { id } => {
                to.word_field("kind", Timing::Unscheduled.as_str());
                to.optional("id", id);
            }
            Self::Scheduled(scheduled) => {
                to.word_field("kind", Timing::Scheduled.as_str());
                scheduled.write_fields(to);
            }
        }
        to.end_object();
    }
}

serde_by_shape!(NewAgreement);

/// A payment by the cardholder that creates an agreement or replaces its card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePayment {
    /// The merchant.
    pub account: Account,
    /// The payment's reference, which becomes the order's: 1 to 128 ASCII characters, none of `< > ' " & \`.
    pub reference: String,
    /// The order. A verification needs items too.
    pub order: Order,
    /// Whether the cardholder pays or registers a card; default pays.
    pub purpose: Option<Purpose>,
    /// The agreement.
    pub agreement: NewAgreement,
    /// The checkout page.
    pub checkout: Checkout,
    /// The payment methods offered, by Nexi's names (`Card`); default all that the merchant has. Not every method can
    /// be charged again: cards can.
    pub payment_methods: Option<Vec<String>>,
    /// The events that Nexi reports.
    pub web_hooks: Option<Vec<WebHook>>,
    /// A second reference of the merchant's, up to 36 characters.
    pub my_reference: Option<String>,
}

object!(CreatePayment {
    account: required "account",
    reference: required "reference",
    order: required "order",
    purpose: optional "purpose",
    agreement: required "agreement",
    checkout: required "checkout",
    payment_methods: optional "paymentMethods",
    web_hooks: optional "webHooks",
    my_reference: optional "myReference",
});

/// Builds the request that creates a payment for the cardholder: `POST /v1/payments`.
///
/// Nexi does not deduplicate it. A payment that nobody completes charges nothing, and
/// [`terminate_payment`](super::super::terminate_payment) closes it. The agreement's id is not in the response but in
/// the payment, once it is completed: see [`read_payment`](super::super::read_payment).
///
/// # Errors
/// Everything that Nexi would reject, as far as it is documented, each with its path (R7.2). `out_of_range` also for a
/// low amount that would only register a card: the schemes fine that (two sources).
pub fn create_payment(input: &CreatePayment) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    input.account.check(&mut problems);
    checks::reference(&input.reference, "/reference", &mut problems);
    let purpose = input.purpose.unwrap_or_default();
    let mut body = Object::default();
    body.set("order", input.order.body(&input.reference, "/order", &mut problems));
    input.check_amount(purpose, &mut problems);
    body.set("checkout", input.checkout.body(purpose == Purpose::Payment, input.account.is_test(), &mut problems));
    body.optional("merchantNumber", &input.account.merchant_number);
    notifications(input.web_hooks.as_ref(), &input.account, &mut body, &mut problems);
    let (name, agreement) = input.agreement.body(purpose, &mut problems);
    body.set(name, agreement);
    if let Some(methods) = &input.payment_methods {
        for (index, method) in methods.iter().enumerate() {
            text(method, &["/paymentMethods/", &digits(index)].concat(), &mut problems);
        }
        let enabled = |method: &String| {
            let mut object = Object::default();
            object.required("name", method);
            object.set("enabled", Value::Bool(true));
            object
        };
        body.set("paymentMethodsConfiguration", crate::providers::nexi::account::list(methods.iter().map(enabled)));
    }
    checks::optional(input.my_reference.as_ref(), "/myReference", checks::SHORT, checks::STRICT, &mut problems);
    body.optional("myReference", &input.my_reference);
    problems.finish(Some(input.account.post(&["payments"], headers(), body)))
}

impl CreatePayment {
    /// Checks the amount against the purpose of the payment.
    fn check_amount(&self, purpose: Purpose, problems: &mut Problems) {
        let amount = self.order.amount;
        let major_unit = 10i64.saturating_pow(amount.currency().exponent().into());
        let refused = match purpose {
            Purpose::Payment if amount.amount() <= 0 => {
                "expected an amount above 0; use a `verification` to register a card"
            }
            Purpose::Reservation if amount.amount() <= major_unit => {
                "expected an amount above one major unit: the schemes fine registrations with a low amount; use a `verification`"
            }
            Purpose::Verification if amount.amount() != 0 => {
                "expected the amount 0: the schemes fine registrations with a low amount"
            }
            Purpose::OneMinorUnit if amount.amount() != 1 => {
                "expected the amount 1, one minor unit: the schemes fine registrations with a low amount"
            }
            _ => "",
        };
        if !refused.is_empty() {
            problems.push(Code::OutOfRange, "/order/amount/amount", refused);
        }
        let each_zero = self.order.items.iter().all(|item| item.gross.amount() == 0);
        if purpose == Purpose::Verification && amount.amount() == 0 && !each_zero {
            let message = "expected the amount 0 for each item";
            problems.push(Code::OutOfRange, "/order/items", message);
        }
    }
}

impl NewAgreement {
    /// Returns the member of the body that requests the agreement.
    fn body(&self, purpose: Purpose, problems: &mut Problems) -> (&'static str, Value) {
        let mut body = Object::default();
        match self {
            Self::Unscheduled { id: Some(id) } => {
                checks::id(id, "/agreement/id", problems);
                body.required(id_field(Timing::Unscheduled), id);
                ("unscheduledSubscription", body.finish())
            }
            Self::Unscheduled { id: None } => {
                body.set("create", Value::Bool(true));
                ("unscheduledSubscription", body.finish())
            }
            Self::Scheduled(scheduled) => {
                scheduled.check(purpose, problems);
                body.optional(id_field(Timing::Scheduled), &scheduled.id);
                // The end date is included completely, so the time sent is its last second.
                let end = scheduled.end_date.map(|date| [&date.iso(), "T23:59:59+00:00"].concat());
                body.optional("endDate", &end);
                let interval = scheduled.interval.or(scheduled.id.is_none().then_some(0));
                body.optional("interval", &interval);
                ("subscription", body.finish())
            }
        }
    }
}

impl Scheduled {
    fn check(&self, purpose: Purpose, problems: &mut Problems) {
        const END: &str = "/agreement/endDate";
        if let Some(id) = &self.id {
            checks::id(id, "/agreement/id", problems);
        }
        match (self.end_date, self.today) {
            (None, _) if self.id.is_none() => {
                problems.push(Code::MissingField, END, "expected `endDate`");
            }
            (end, None) if end.is_some() || self.interval.is_some_and(|days| days > 0) => {
                let message = "expected `today`, from which the end date and the interval count";
                problems.push(Code::MissingField, "/agreement/today", message);
            }
            (Some(end), Some(today)) if end <= today => {
                problems.push(Code::OutOfRange, END, "expected a day after today");
            }
            _ => {}
        }
        let until =
            |terms| problems.check(needed_until(terms).map_err(|error| error.prefixed("/agreement/terms"))).flatten();
        if let (Some(until), Some(end)) = (self.terms.as_ref().and_then(until), self.end_date)
            && end < until
        {
            let message =
                ["expected an end date of `", &until.iso(), "` or later, for the last payment and its retries"]
                    .concat();
            problems.push(Code::OutOfRange, END, message);
        }
        self.check_interval(purpose, problems);
    }

    fn check_interval(&self, purpose: Purpose, problems: &mut Problems) {
        const INTERVAL: &str = "/agreement/interval";
        let Some(interval) = self.interval.filter(|days| *days > 0) else { return };
        if self.plan_changes != Some(false) {
            let message = "cannot use an interval above 0 because it rejects the charge of a plan change; set `planChanges: false` if there is none";
            problems.push(Code::OutOfRange, INTERVAL, message);
        }
        let Some(terms) = &self.terms else {
            let message = "expected `terms`, which an interval above 0 is checked against";
            problems.push(Code::MissingField, "/agreement/terms", message);
            return;
        };
        let longest = longest_interval(terms);
        if interval > longest {
            let message = [
                "expected at most ",
                &digits(longest),
                ", the shortest time between due dates minus the last retry day: nexi counts from the latest charge",
            ];
            problems.push(Code::OutOfRange, INTERVAL, message.concat());
        }
        // Nexi also counts from the day on which the agreement is created.
        let pays = matches!(purpose, Purpose::Payment | Purpose::Reservation);
        let counts = pays || self.id.is_none();
        if !counts || interval > longest {
            return;
        }
        let Some(today) = self.today else { return };
        let after = if pays { Some(today) } else { today.plus_days(-1) };
        let next = after.zip(terms.schedule).and_then(|(after, schedule)| schedule.next_due_date(after).ok().flatten());
        if let Some(next) = next.filter(|next| today.days_until(*next) < interval.into()) {
            let message =
                ["expected an interval that ends before the next payment, due on `", &next.iso(), "`"].concat();
            problems.push(Code::OutOfRange, INTERVAL, message);
        }
    }
}
