//! The payment that the cardholder makes, and with it the agreement.

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
    /// Pays: the amount, above 0, is taken at once. The default.
    #[default]
    Payment,
    /// Reserves the amount, which the merchant charges or cancels later. Not up to one major unit: that would be a
    /// registration in disguise.
    Reservation,
    /// Registers the card without money: the amount is 0, and so is that of each item.
    Verification,
    /// The same with one minor unit, for issuers that refuse 0. It is reserved only: cancel it afterwards. One source.
    OneMinorUnit,
}

words!(Purpose {
    Payment "payment", Reservation "reservation", Verification "verification", OneMinorUnit "one_minor_unit",
});

/// A scheduled agreement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scheduled {
    /// The agreement whose card is replaced; none to make a new one.
    pub id: Option<String>,
    /// The last day on which it may be charged. Needed for a new one; Nexi names no latest, in practice five years work.
    pub end_date: Option<Date>,
    /// The day of the request, after which the end date lies. Needed with an end date or an interval.
    pub today: Option<Date>,
    /// The fewest days from one charge to the next, counted by Nexi from the latest charge. Default 0: any. Any other needs
    /// the terms, which must not come into its way, and the word that there are no plan changes.
    pub interval: Option<u32>,
    /// The terms of the subscription, against which interval and end date are checked.
    pub terms: Option<Terms>,
    /// Whether the plan may be changed, by which a charge falls between two due dates. Default: it may.
    pub plan_changes: Option<bool>,
}

/// The agreement that a checkout makes, or whose card it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewAgreement {
    /// For amounts and days as they come.
    Unscheduled {
        /// The agreement whose card is replaced; none to make a new one.
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
                to.text_field("kind", Timing::Unscheduled.as_str());
                to.optional("id", id);
            }
            Self::Scheduled(scheduled) => {
                to.text_field("kind", Timing::Scheduled.as_str());
                scheduled.write_fields(to);
            }
        }
        to.end_object();
    }
}

serde_by_shape!(NewAgreement);

/// A payment by the cardholder that makes an agreement, or gives one another card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePayment {
    /// The merchant.
    pub account: Account,
    /// The payment's reference, which becomes the order's: 1 to 128 ASCII characters, none of `< > ' " & \`.
    pub reference: String,
    /// What is paid for. Also a verification needs items.
    pub order: Order,
    /// Whether the cardholder pays or registers a card; default: pays.
    pub purpose: Option<Purpose>,
    /// The agreement.
    pub agreement: NewAgreement,
    /// The page.
    pub checkout: Checkout,
    /// The payment methods offered, by Nexi's names (`Card`); default all that the merchant has. Not every method can be
    /// charged again: cards can.
    pub payment_methods: Option<Vec<String>>,
    /// What Nexi is to report.
    pub web_hooks: Option<Vec<WebHook>>,
    /// Another reference of the merchant's, up to 36 characters.
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

/// Builds the request that creates a payment for the cardholder to make: `POST /v1/payments`.
///
/// Nexi does not deduplicate it; a payment that nobody makes takes no money, and
/// [`terminate_payment`](super::super::terminate_payment) closes it. The agreement's id is not in the answer but in the payment,
/// once it is made: see [`read_payment`](super::super::read_payment).
///
/// # Errors
/// All that Nexi would refuse as far as it is documented, each with its path (R7.2). `out_of_range` also for a low amount
/// that would only register a card: the schemes fine that (two sources).
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
    /// Checks the amount against what the payment is for.
    fn check_amount(&self, purpose: Purpose, problems: &mut Problems) {
        let amount = self.order.amount;
        let major_unit = 10i64.saturating_pow(amount.currency().exponent().into());
        let refused = match purpose {
            Purpose::Payment if amount.amount() <= 0 => {
                "expected an amount above 0: a card is registered by a `verification`"
            }
            Purpose::Reservation if amount.amount() <= major_unit => {
                "a low amount that is reserved only registers the card, and the schemes fine that: use a `verification`"
            }
            Purpose::Verification if amount.amount() != 0 => {
                "a card is registered with the amount 0: the schemes fine registrations with a low amount"
            }
            Purpose::OneMinorUnit if amount.amount() != 1 => {
                "expected 1, one minor unit: the schemes fine registrations with a low amount"
            }
            _ => "",
        };
        if !refused.is_empty() {
            problems.push(Code::OutOfRange, "/order/amount/amount", refused);
        }
        let each_zero = self.order.items.iter().all(|item| item.gross.amount() == 0);
        if purpose == Purpose::Verification && amount.amount() == 0 && !each_zero {
            let message = "expected the amount 0 of each item";
            problems.push(Code::OutOfRange, "/order/items", message);
        }
    }
}

impl NewAgreement {
    /// The member of the body that asks for the agreement.
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
                // The day is the last, whole: the moment goes as its last second.
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
                problems.push(Code::MissingField, END, "`endDate` is missing");
            }
            (end, None) if end.is_some() || self.interval.is_some_and(|days| days > 0) => {
                let message = "`today` is missing, from which the end date and the interval count";
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
            let message = ["the last payment and its retries need it until `", &until.iso(), "`"].concat();
            problems.push(Code::OutOfRange, END, message);
        }
        self.check_interval(purpose, problems);
    }

    fn check_interval(&self, purpose: Purpose, problems: &mut Problems) {
        const INTERVAL: &str = "/agreement/interval";
        let Some(interval) = self.interval.filter(|days| *days > 0) else { return };
        if self.plan_changes != Some(false) {
            let message =
                "an interval above 0 refuses the charge of a plan change: say `planChanges: false` if there is none";
            problems.push(Code::OutOfRange, INTERVAL, message);
        }
        let Some(terms) = &self.terms else {
            let message = "`terms` is missing, which an interval above 0 must not come in the way of";
            problems.push(Code::MissingField, "/agreement/terms", message);
            return;
        };
        let longest = longest_interval(terms);
        if interval > longest {
            let message = [
                "expected at most ",
                &digits(longest),
                ", the shortest time between due dates less the last retry day: nexi counts from the latest charge",
            ];
            problems.push(Code::OutOfRange, INTERVAL, message.concat());
        }
        // Nexi counts from the day on which the agreement is made, too.
        let pays = matches!(purpose, Purpose::Payment | Purpose::Reservation);
        let counts = pays || self.id.is_none();
        if !counts || interval > longest {
            return;
        }
        let Some(today) = self.today else { return };
        let after = if pays { Some(today) } else { today.plus_days(-1) };
        let next = after.zip(terms.schedule).and_then(|(after, schedule)| schedule.next_due_date(after).ok().flatten());
        if let Some(next) = next.filter(|next| today.days_until(*next) < interval.into()) {
            let message = ["the payment of `", &next.iso(), "` falls due sooner after today"].concat();
            problems.push(Code::OutOfRange, INTERVAL, message);
        }
    }
}
