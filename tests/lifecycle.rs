//! Lives of subscriptions, told day by day.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where its data is broken")]

use billing_rules::{
    Action, ChargeStatus, Cycle, Date, Decline, EstablishedBy, Event, FirstPeriod, Imported, Indicator, Money,
    OnExhausted, OverpaymentReason, Payment, PaymentKind, PlanChange, Recurrence, ReplacedBy, Resumption, Retry,
    RetryPolicy, Schedule, Status, Subscription, Terms, Unit, When, from_json, to_json,
};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn brl(amount: i64) -> Money {
    Money::new(amount, "BRL".parse().unwrap()).unwrap()
}

fn monthly(count: u32) -> Terms {
    let schedule = Schedule::new(date("2025-01-31"), Cycle::MONTHLY).with_payment_count(count).unwrap();
    Terms::new(brl(10_000), schedule)
}

/// 100.00 on the first of each month, from April.
fn april() -> Terms {
    Terms::new(brl(10_000), Schedule::new(date("2025-04-01"), Cycle::MONTHLY))
}

/// A subscription that is stored and read again at every step, as a backend would.
struct Life(Subscription);

impl Life {
    fn new(terms: Terms) -> Self {
        Self(Subscription::new("sub-1", terms).unwrap())
    }

    fn action(&self, on: &str) -> Action {
        self.0.next_action(date(on)).unwrap()
    }

    fn offered(&self, on: &str) -> Payment {
        match self.action(on) {
            Action::Checkout { payment, .. } | Action::Charge { payment } | Action::Record { payment } => *payment,
            other => panic!("nothing is offered on {on}: {other:?}"),
        }
    }

    fn apply(&mut self, event: Event) -> &mut Self {
        let next = self.0.apply(&event).unwrap();
        self.0 = from_json(&to_json(&next)).unwrap();
        assert_eq!(self.0, next);
        self
    }

    fn refused(&self, event: Event) -> String {
        self.0.apply(&event).unwrap_err().first().code().to_string()
    }

    fn start(&mut self, reference: &str, on: &str) -> &mut Self {
        self.apply(Event::AttemptStarted { reference: reference.into(), on: date(on) })
    }

    fn pay(&mut self, on: &str) -> &mut Self {
        let reference = self.offered(on).reference;
        self.start(&reference, on).apply(succeeded(&reference, on, Some(&format!("charge of {reference}"))))
    }

    /// Asks what a change of plan costs, and carries it out as it was shown.
    fn change(&mut self, to: Money, on: &str) -> &mut Self {
        self.change_as(PlanChange::new(to, date(on)), on)
    }

    fn change_as(&mut self, change: PlanChange, on: &str) -> &mut Self {
        let event = self.0.quote_plan_change(&change, date(on)).unwrap().event;
        self.apply(event)
    }

    fn decline(&mut self, on: &str) -> &mut Self {
        let reference = self.offered(on).reference;
        self.start(&reference, on).apply(declined(&reference, on, None))
    }
}

fn succeeded(reference: &str, on: &str, provider_reference: Option<&str>) -> Event {
    let provider_reference = provider_reference.map(String::from);
    Event::PaymentSucceeded { reference: reference.into(), on: date(on), provider_reference, amount: None }
}

fn declined(reference: &str, on: &str, decline: Option<Decline>) -> Event {
    Event::PaymentDeclined { reference: reference.into(), on: date(on), decline }
}

fn wait(until: &str) -> Action {
    Action::Wait { until: date(until) }
}

fn finish(status: Status, on: &str) -> Action {
    Action::Finish { status, on: date(on), balance: brl(0) }
}

#[test]
fn three_payments_and_the_end() {
    let mut life = Life::new(monthly(3));
    assert_eq!((life.0.status(), life.0.payments()), (Status::Pending, 0));
    assert_eq!(life.action("2025-01-30"), wait("2025-01-31"));
    let first = life.offered("2025-01-31");
    assert_eq!((first.reference.as_str(), first.indicator), ("sub-1-1-0-1", Some(Indicator::C1)));
    assert!(matches!(life.action("2025-01-31"), Action::Checkout { .. }));
    life.pay("2025-01-31");
    assert_eq!(
        (life.0.status(), life.0.payments(), life.0.next_due_date()),
        (Status::Active, 1, Some(date("2025-02-28")))
    );
    assert_eq!(life.action("2025-01-31"), wait("2025-02-28"));
    let second = life.offered("2025-02-28");
    assert_eq!((second.reference.as_str(), second.indicator), ("sub-1-2-0-1", Some(Indicator::M1)));
    assert!(matches!(life.action("2025-02-28"), Action::Charge { .. }));
    life.pay("2025-02-28").pay("2025-03-31");
    // The last period is served to its end.
    assert_eq!(life.action("2025-03-31"), wait("2025-04-30"));
    assert_eq!(life.action("2025-04-30"), finish(Status::Expired, "2025-04-30"));
    assert_eq!(life.refused(Event::Finished { on: date("2025-04-29"), status: Status::Expired }), "not_ended");
    life.apply(Event::Finished { on: date("2025-04-30"), status: Status::Expired });
    assert_eq!((life.0.status(), life.0.next_due_date()), (Status::Expired, None));
    assert_eq!(life.action("2025-05-01"), Action::None { status: Status::Expired });
}

#[test]
fn a_declined_payment_is_retried_and_recovers() {
    let mut life = Life::new(monthly(3));
    life.pay("2025-01-31").decline("2025-02-28");
    assert_eq!(life.0.status(), Status::Error);
    assert_eq!(life.action("2025-02-28"), wait("2025-03-01"));
    let retry = life.offered("2025-03-01");
    assert_eq!((retry.reference.as_str(), retry.attempt, retry.due_date), ("sub-1-2-0-2", 2, date("2025-02-28")));
    assert_eq!(retry.mastercard_code.map(|code| code.as_str()), Some("M208"));
    life.decline("2025-03-01");
    assert_eq!(life.action("2025-03-01"), wait("2025-03-03"));
    life.pay("2025-03-05");
    assert_eq!((life.0.status(), life.0.payments()), (Status::Active, 2));
    // The schedule has not moved.
    assert_eq!(life.action("2025-03-05"), wait("2025-03-31"));
}

#[test]
fn used_up_retries_end_as_the_policy_says() {
    for (on_exhausted, end) in [
        (OnExhausted::Expire, finish(Status::Expired, "2025-03-02")),
        (OnExhausted::Cancel, finish(Status::Cancelled, "2025-03-02")),
        (OnExhausted::SkipPayment, wait("2025-03-31")),
    ] {
        let mut terms = monthly(3);
        terms.retry = Some(RetryPolicy::new(vec![2]).with_on_exhausted(on_exhausted));
        let mut life = Life::new(terms);
        life.pay("2025-01-31").decline("2025-02-28").decline("2025-03-02");
        assert_eq!(life.action("2025-03-02"), end, "{on_exhausted:?}");
    }
}

#[test]
fn a_given_up_payment_counts_and_can_still_be_paid() {
    let mut terms = monthly(3);
    terms.retry = Some(RetryPolicy::new(vec![]).with_on_exhausted(OnExhausted::SkipPayment));
    let mut life = Life::new(terms);
    life.pay("2025-01-31").decline("2025-02-28");
    assert_eq!((life.0.status(), life.0.payments()), (Status::Error, 2));
    assert_eq!(life.action("2025-03-01"), wait("2025-03-31"));
    // Money taken wins, also late.
    life.apply(succeeded("sub-1-2-0-1", "2025-03-05", Some("late")));
    assert_eq!((life.0.status(), life.0.payments(), life.0.overpayments().len()), (Status::Active, 2, 0));
    life.pay("2025-03-31");
    assert_eq!(life.action("2025-04-30"), finish(Status::Expired, "2025-04-30"));
}

#[test]
fn while_an_attempt_is_out_nothing_else_is_sent() {
    let mut life = Life::new(monthly(3));
    life.pay("2025-01-31");
    let charge = life.offered("2025-02-28");
    life.start(&charge.reference, "2025-02-28");
    for day in ["2025-02-28", "2025-03-31", "2025-06-30"] {
        assert_eq!(life.action(day), Action::Resolve { payment: charge.clone().into() });
    }
    // Recorded again after a crash: no change.
    let before = life.0.clone();
    life.start(&charge.reference, "2025-02-28");
    assert_eq!(life.0, before);
    let cancel =
        |when| Event::Cancelled { on: date("2025-03-01"), when, early: None, final_payment: None, digest: None };
    assert_eq!(life.refused(cancel(None)), "payment_in_flight");
    life.apply(Event::PaymentPending { reference: charge.reference.clone(), on: date("2025-03-01") });
    assert!(matches!(life.action("2025-03-02"), Action::Resolve { .. }));
    // Refused before any charge: the same attempt is made again, under the same reference.
    life.apply(Event::PaymentNotMade { reference: charge.reference.clone(), on: date("2025-03-02") });
    assert_eq!(life.offered("2025-03-02").reference, charge.reference);
    life.pay("2025-03-02");
    assert_eq!(life.0.payments(), 2);
}

#[test]
fn money_that_is_not_owed_is_an_overpayment() {
    let mut life = Life::new(monthly(3));
    life.pay("2025-01-31").decline("2025-02-28").pay("2025-03-01");
    // The first attempt turns out to have been charged after all.
    life.apply(succeeded("sub-1-2-0-1", "2025-03-02", Some("ch-1")));
    // Told again, it changes nothing; under another reference of the provider, it is another charge.
    life.apply(succeeded("sub-1-2-0-1", "2025-03-03", Some("ch-1")));
    life.apply(succeeded("sub-1-2-0-1", "2025-03-03", None));
    life.apply(succeeded("sub-1-2-0-2", "2025-03-03", Some("ch-2")));
    life.apply(succeeded("sub-1-2-0-2", "2025-03-03", Some("ch-2")));
    let told: Vec<_> =
        life.0.overpayments().iter().map(|s| (s.provider_reference.as_deref(), s.reason, s.amount)).collect();
    let twice = OverpaymentReason::PaidTwice;
    assert_eq!(told, [(Some("ch-1"), twice, brl(10_000)), (Some("ch-2"), twice, brl(10_000))]);
    assert_eq!((life.0.payments(), life.0.status()), (2, Status::Active));
    // A decline after a success changes nothing.
    life.apply(declined("sub-1-2-0-2", "2025-03-04", None));
    assert_eq!(life.0.status(), Status::Active);
    assert_eq!(life.refused(succeeded("sub-1-9-0-1", "2025-03-04", None)), "unknown_reference");
    assert_eq!(life.refused(succeeded("sub-1-2-0-1", "2025-03-03", None)), "event_out_of_order");
}

#[test]
fn a_success_after_the_end_is_an_overpayment() {
    let mut life = Life::new(monthly(3));
    life.pay("2025-01-31").decline("2025-02-28");
    life.apply(Event::Cancelled { on: date("2025-03-01"), when: None, early: None, final_payment: None, digest: None });
    life.apply(succeeded("sub-1-2-0-1", "2025-03-02", Some("ch-1")));
    assert_eq!(life.0.status(), Status::Cancelled);
    assert_eq!(life.0.overpayments().iter().map(|s| s.reason).collect::<Vec<_>>(), [OverpaymentReason::PaidAfterEnd]);
    assert_eq!(
        life.refused(Event::Cancelled {
            on: date("2025-03-02"),
            when: None,
            early: None,
            final_payment: None,
            digest: None
        }),
        "subscription_ended"
    );
}

#[test]
fn cancelled_with_the_period_it_is_served_to_its_end() {
    let mut life = Life::new(monthly(3));
    life.pay("2025-01-31");
    life.apply(Event::Cancelled {
        on: date("2025-02-10"),
        when: Some(When::PeriodEnd),
        early: None,
        final_payment: None,
        digest: None,
    });
    assert_eq!((life.0.status(), life.action("2025-02-10")), (Status::Active, wait("2025-02-28")));
    assert_eq!(life.action("2025-02-28"), finish(Status::Cancelled, "2025-02-28"));
}

#[test]
fn a_first_payment_is_never_charged_without_the_cardholder() {
    let mut life = Life::new(monthly(3));
    life.decline("2025-01-31");
    assert_eq!(life.0.status(), Status::Error);
    // No retry days: a new checkout at once, until the policy's last day.
    assert!(matches!(life.action("2025-01-31"), Action::Checkout { .. }));
    assert!(matches!(life.action("2025-02-07"), Action::Checkout { .. }));
    assert_eq!(life.action("2025-02-08"), finish(Status::Expired, "2025-02-08"));
    life.pay("2025-02-03");
    assert_eq!((life.0.status(), life.0.payments()), (Status::Active, 1));

    // Never paid and never tried, it is over with its first period.
    let pending = Life::new(monthly(3));
    assert!(matches!(pending.action("2025-02-27"), Action::Checkout { .. }));
    assert_eq!(pending.action("2025-02-28"), finish(Status::Cancelled, "2025-02-28"));
}

#[test]
fn a_hard_decline_binds_the_card() {
    let mut life = Life::new(monthly(4));
    life.pay("2025-01-31");
    let reference = life.offered("2025-02-28").reference;
    let stolen = Decline::new(Retry::Never).with_code("43").with_scheme("visa").with_reason("stolen card");
    life.start(&reference, "2025-02-28").apply(declined(&reference, "2025-02-28", Some(stolen)));
    let checkout = life.action("2025-02-28");
    assert!(
        matches!(&checkout, Action::Checkout { payment, .. } if payment.indicator == Some(Indicator::C1)),
        "{checkout:?}"
    );
    life.pay("2025-03-02");
    // Paid with another card, the next one is the merchant's again.
    assert!(matches!(life.action("2025-03-31"), Action::Charge { .. }));
}

fn visa(code: &str) -> Option<Decline> {
    Some(Decline::new(Retry::Allowed).with_code(code).with_scheme("visa").with_reason("declined"))
}

#[test]
fn a_checkout_says_why() {
    let why = |life: &Life, on: &str| match life.action(on) {
        Action::Checkout { reason, .. } => reason,
        other => panic!("{other:?}"),
    };
    let mut terms = monthly(4);
    terms.trial_start = Some(date("2025-01-01"));
    assert_eq!(why(&Life::new(terms), "2025-01-01"), "the cardholder has to verify the card");
    let mut life = Life::new(monthly(4));
    assert_eq!(why(&life, "2025-01-31"), "the cardholder has not completed a payment with this card yet");
    life.pay("2025-01-31");
    life.apply(Event::UnscheduledCharge {
        id: "top-up".into(),
        amount: brl(500),
        note: None,
        customer_present: Some(true),
        on: date("2025-02-01"),
    });
    assert_eq!(why(&life, "2025-02-01"), "the cardholder is present to pay");
    life.pay("2025-02-01");
    for (code, reason) in [
        ("04", "the card cannot be charged any more: the cardholder has to pay or provide another card"),
        ("R1", "the cardholder has revoked the charges and has to agree to them again"),
    ] {
        let mut life = Life(life.0.clone());
        let reference = life.offered("2025-02-28").reference;
        life.start(&reference, "2025-02-28").apply(declined(&reference, "2025-02-28", visa(code)));
        assert_eq!(why(&life, "2025-02-28"), reason);
    }
}

#[test]
fn a_card_stays_bound_by_what_came_after_the_checkout_that_succeeds_late() {
    let mut life = Life::new(monthly(4));
    life.pay("2025-01-31");
    let mut attempt = |code: Option<&str>| {
        let reference = life.offered("2025-02-28").reference;
        life.start(&reference, "2025-02-28");
        life.apply(declined(&reference, "2025-02-28", code.and_then(visa)));
        reference
    };
    // A stolen card; the cardholder brings another, in vain, and then one that is stolen as well.
    let (_, second, _) = (attempt(Some("43")), attempt(None), attempt(Some("43")));
    life.apply(succeeded(&second, "2025-03-01", None));
    assert!(matches!(life.action("2025-03-31"), Action::Checkout { .. }));
}

#[test]
fn a_verification_falls_away_with_the_start_also_when_nobody_asks_then() {
    let mut terms = Terms::new(brl(10_000), Schedule::new(date("2025-02-01"), Cycle::MONTHLY));
    terms.trial_start = Some(date("2025-01-20"));
    terms.retry = Some(RetryPolicy::new(vec![1, 3, 5, 7]).with_on_exhausted(OnExhausted::SkipPayment));
    let mut life = Life::new(terms);
    life.decline("2025-01-25");
    life.apply(Event::UnscheduledCharge {
        id: "top-up".into(),
        amount: brl(500),
        note: None,
        customer_present: None,
        on: date("2025-01-26"),
    });
    // Its success comes days after the start: the card is verified, but the first payment is still owed.
    life.apply(succeeded("sub-1-0-0-1", "2025-02-10", None));
    assert_eq!(life.0.status(), Status::Error);
    assert!(matches!(life.action("2025-02-10"), Action::Charge { payment } if payment.number == 1));
}

#[test]
fn what_is_stored_stays_small() {
    let daily = Schedule::new(date("2025-01-01"), Cycle::new(1, Unit::Day).unwrap());
    let mut life = Life::new(Terms::new(brl(10_000), daily));
    for day in daily.due_dates().take(60) {
        life.pay(&day.to_string());
    }
    let text = to_json(&life.0);
    assert_eq!(text.matches(r#""lines""#).count(), 0, "{text}");
    // The periods and prices of the running payment and of the one before it.
    assert_eq!((text.matches(r#""period""#).count(), text.matches(r#""prices""#).count()), (2, 2));
    assert!(text.len() < 60 * 260, "{} bytes", text.len());
}

#[test]
fn a_first_payment_of_zero_asks_for_a_verification() {
    let schedule = Schedule::new(date("2025-01-22"), Cycle::MONTHLY).with_anchor_day(1).unwrap();
    let mut terms = Terms::new(brl(3_100), schedule.with_payment_count(3).unwrap());
    terms.first_period = Some(FirstPeriod::Free);
    let mut life = Life::new(terms);
    let verification = life.offered("2025-01-22");
    assert_eq!((verification.kind, verification.number), (PaymentKind::Verification, 0));
    assert_eq!((verification.amount, verification.indicator), (brl(0), Some(Indicator::C1)));
    // Its success settles payment 1 as well, and the card can be charged.
    life.pay("2025-01-22");
    assert_eq!((life.0.payments(), life.0.status()), (1, Status::Active));
    assert!(matches!(life.action("2025-02-01"), Action::Charge { .. }));
    life.pay("2025-02-01").pay("2025-03-01");
    assert_eq!(life.action("2025-04-01"), finish(Status::Expired, "2025-04-01"));
}

#[test]
fn zero_payments_are_recorded_and_establish_nothing() {
    let mut terms = monthly(3);
    terms.price = brl(0).into();
    let mut life = Life::new(terms);
    let Action::Record { payment } = life.action("2025-01-31") else { panic!("{:?}", life.action("2025-01-31")) };
    assert_eq!((payment.amount, payment.indicator), (brl(0), None));
    life.apply(succeeded(&payment.reference, "2025-01-31", None));
    life.apply(succeeded(&payment.reference, "2025-01-31", None));
    assert_eq!((life.0.payments(), life.0.status()), (1, Status::Active));
    // The first payment above zero is a checkout.
    life.change(brl(3_100), "2025-02-10").pay("2025-02-10");
    assert!(matches!(life.action("2025-02-28"), Action::Charge { .. }));
}

#[test]
fn missed_payments_are_each_due_the_oldest_first() {
    let mut life = Life::new(monthly(4));
    life.pay("2025-01-31");
    for number in 2..=4 {
        let payment = life.offered("2025-05-15");
        assert_eq!((payment.number, payment.attempt), (number, 1));
        life.pay("2025-05-15");
    }
    assert_eq!(life.action("2025-05-31"), finish(Status::Expired, "2025-05-31"));
}

#[test]
fn an_imported_subscription_goes_on_where_it_was() {
    let imported = Imported::new(2, EstablishedBy::Payment);
    let life = Life(Subscription::import("sub-1", monthly(3), imported).unwrap());
    assert_eq!(
        (life.0.status(), life.0.payments(), life.0.next_due_date()),
        (Status::Active, 2, Some(date("2025-03-31")))
    );
    let payment = life.offered("2025-03-31");
    assert_eq!((payment.reference.as_str(), payment.indicator), ("sub-1-3-0-1", Some(Indicator::M1)));

    let all = Life(Subscription::import("sub-1", monthly(3), Imported::new(3, EstablishedBy::Payment)).unwrap());
    assert_eq!(all.action("2025-04-29"), wait("2025-04-30"));
    let too_many = Subscription::import("sub-1", monthly(3), Imported::new(4, EstablishedBy::Payment)).unwrap_err();
    assert_eq!(too_many.first().path(), "/input/imported/payments");
}

#[test]
fn a_stored_value_that_was_tampered_with_is_refused() {
    let mut life = Life::new(monthly(3));
    life.pay("2025-01-31");
    let text = to_json(&life.0);
    for (from, to) in [
        (r#""payments":1"#, r#""payments":2"#),
        (r#""nextDueDate":"2025-02-28""#, r#""nextDueDate":"2025-03-31""#),
        (r#""outcome":"succeeded""#, r#""outcome":"declined""#),
        (r#""records":["#, r#""imported":1,"records":["#),
        (r#""format":1"#, r#""format":2"#),
        (r#""number":1"#, r#""number":5"#),
    ] {
        assert!(text.contains(from), "{from} in {text}");
        assert!(from_json::<Subscription>(&text.replace(from, to)).is_err(), "{to}");
    }
}

#[test]
fn a_year_run_ahead_is_what_following_the_actions_gives() {
    use billing_rules::{Failure, Script};
    let schedule = Schedule::new(date("2025-01-31"), Cycle::MONTHLY).with_payment_count(12).unwrap();
    let failures = [Failure::new(3, 1), Failure::new(3, 2), Failure::new(7, 1)];
    let script = Script::new(date("2025-01-01"), date("2026-12-31")).with_failures(failures);
    let subscription = Subscription::new("sub-1", Terms::new(brl(10_000), schedule)).unwrap();
    let run = subscription.simulate(&script).unwrap();
    assert_eq!((run.subscription.status(), run.subscription.payments()), (Status::Expired, 12));
    let paid: Vec<String> = run
        .timeline
        .iter()
        .filter(|moment| matches!(moment.event, Some(Event::PaymentSucceeded { .. })))
        .map(|moment| moment.on.to_string())
        .collect();
    // March is due on the 31st, declined on it and a day later, and paid three days after the first decline.
    assert_eq!(paid[..4], ["2025-01-31", "2025-02-28", "2025-04-03", "2025-04-30"]);
    assert_eq!(run.timeline.last().map(|moment| moment.on), Some(date("2026-01-31")));
}

#[test]
fn an_upgrade_is_paid_before_it_takes_force() {
    let mut life = Life::new(april());
    life.pay("2025-04-01");
    // 20 of 30 days: 66.67 back, 166.67 for the rest.
    let shown =
        life.0.quote_plan_change(&PlanChange::new(brl(25_000), date("2025-04-11")), date("2025-04-11")).unwrap();
    assert_eq!((shown.proration.credit, shown.proration.charge), (brl(-6_667), brl(16_667)));
    life.apply(shown.event.clone());
    assert_eq!(life.0.current().price, brl(10_000).into());
    let difference = life.offered("2025-04-11");
    assert_eq!((difference.reference.as_str(), difference.amount), ("sub-1-1-1-1", brl(10_000)));
    life.pay("2025-04-11");
    assert_eq!((life.0.current().price.clone(), life.0.payments()), (brl(25_000).into(), 1));
    assert_eq!(life.offered("2025-05-01").amount, brl(25_000));
    // What was shown is not what it costs by now.
    assert_eq!(life.refused(shown.event), "digest_mismatch");
}

#[test]
fn an_upgrade_that_is_declined_leaves_everything_as_it_was() {
    let mut life = Life::new(april());
    life.pay("2025-04-01").change(brl(4_000), "2025-04-05").change(brl(25_000), "2025-04-11").decline("2025-04-11");
    assert_eq!((life.0.status(), life.0.current().price.clone()), (Status::Active, brl(10_000).into()));
    assert_eq!(life.action("2025-04-12"), wait("2025-05-01"));
    // Told after all that it was charged: to be refunded.
    life.apply(succeeded("sub-1-1-1-1", "2025-04-13", Some("ch-1")));
    assert_eq!(life.0.overpayments().iter().map(|s| s.reason).collect::<Vec<_>>(), [OverpaymentReason::Dropped]);
    // The downgrade asked for before takes force with the next payment.
    assert_eq!(life.offered("2025-05-01").amount, brl(4_000));
}

#[test]
fn from_months_to_years_in_the_middle_of_a_month() {
    let mut life = Life::new(april());
    life.pay("2025-04-01");
    let mut yearly = PlanChange::new(brl(100_000), date("2025-04-11"));
    yearly.cycle = Some(Cycle::YEARLY);
    life.change_as(yearly, "2025-04-11");
    assert_eq!(life.offered("2025-04-11").amount, brl(93_333));
    life.pay("2025-04-11");
    // Number 2 is settled with it, and the next is a year away.
    assert_eq!((life.0.payments(), life.0.next_due_date()), (2, Some(date("2026-04-11"))));
    assert_eq!(life.offered("2026-04-11").reference, "sub-1-3-0-1");
}

#[test]
fn a_change_while_a_payment_fails_reprices_it() {
    let mut life = Life::new(april());
    life.pay("2025-04-01").decline("2025-05-01").change(brl(25_000), "2025-05-02");
    // A day at 100.00 and thirty at 250.00, of 31.
    let retry = life.offered("2025-05-02");
    assert_eq!((retry.reference.as_str(), retry.amount), ("sub-1-2-0-2", brl(323 + 24_194)));
    life.pay("2025-05-02");
    assert_eq!((life.0.status(), life.0.balance()), (Status::Active, brl(0)));
}

#[test]
fn a_trial_becomes_a_subscription() {
    let mut terms = april();
    terms.trial_start = Some(date("2025-03-18"));
    let mut life = Life::new(terms.clone());
    assert!(matches!(life.action("2025-03-18"), Action::Checkout { .. }));
    life.pay("2025-03-18");
    assert_eq!((life.0.status(), life.action("2025-03-18")), (Status::Active, wait("2025-04-01")));
    assert!(matches!(life.action("2025-04-01"), Action::Charge { .. }));

    // Cancelled, it goes on to its end.
    life.apply(Event::Cancelled {
        on: date("2025-03-20"),
        when: Some(When::PeriodEnd),
        early: None,
        final_payment: None,
        digest: None,
    });
    assert_eq!(life.action("2025-04-01"), finish(Status::Cancelled, "2025-04-01"));
    life.apply(Event::CancellationWithdrawn { on: date("2025-03-21") }).pay("2025-04-01");
    assert_eq!(life.0.payments(), 1);

    // Never verified, payment 1 is the cardholder's to make.
    let unverified = Life::new(terms);
    assert_eq!(unverified.offered("2025-04-01").kind, PaymentKind::Initial);
}

#[test]
fn a_pause_skips_payments_or_moves_them() {
    let mut kept = Life::new(april());
    kept.pay("2025-04-01").apply(Event::paused(date("2025-04-11")));
    assert_eq!(kept.action("2025-05-01"), Action::None { status: Status::Active });
    let mut shifted = Life(kept.0.clone());
    kept.apply(Event::Resumed { schedule: Some(Resumption::Keep), anchor_day: None, on: date("2025-05-21") });
    assert_eq!((kept.0.payments(), kept.action("2025-05-21")), (2, wait("2025-06-01")));
    // Forty days later than the 1st of May.
    shifted.apply(Event::Resumed { schedule: Some(Resumption::Shift), anchor_day: None, on: date("2025-05-21") });
    assert_eq!((shifted.0.payments(), shifted.action("2025-05-21")), (1, wait("2025-06-10")));
    // 9 of 30 days are left: the forty of the pause are none of either.
    assert_eq!(shifted.0.quote_cancellation(date("2025-06-01"), Default::default()).unwrap().unused, brl(3_000));
}

#[test]
fn top_ups_without_a_schedule() {
    let mut life = Life(Subscription::new("sub-1", Terms::unscheduled(brl(0))).unwrap());
    let top_up = |amount, on: &str| Event::UnscheduledCharge {
        id: on.into(),
        amount: brl(amount),
        note: None,
        customer_present: None,
        on: date(on),
    };
    assert_eq!(life.action("2025-04-01"), Action::None { status: Status::Pending });
    life.apply(top_up(500, "2025-04-01"));
    assert!(matches!(life.action("2025-04-01"), Action::Checkout { .. }));
    life.pay("2025-04-01").apply(top_up(700, "2025-04-09"));
    assert!(matches!(life.action("2025-04-09"), Action::Charge { .. }));
    // Declined again and again it is given up, and the subscription stays.
    for day in ["2025-04-09", "2025-04-10", "2025-04-12", "2025-04-14", "2025-04-16"] {
        life.decline(day);
    }
    assert_eq!(life.action("2025-04-16"), Action::None { status: Status::Active });
}

#[test]
fn the_provider_charges_by_itself() {
    let mut terms = april();
    terms.recurrence = Some(Recurrence::Internal);
    let mut life = Life::new(terms);
    life.pay("2025-04-01");
    assert!(matches!(life.action("2025-05-01"), Action::AwaitProvider { payment } if payment.indicator.is_none()));
    let charge = |reference: &str, on, status| Event::ProviderCharge {
        provider_reference: reference.into(),
        status,
        amount: None,
        decline: None,
        on: date(on),
    };
    life.apply(charge("ch-2", "2025-05-01", ChargeStatus::Declined));
    assert_eq!(life.0.status(), Status::Error);
    life.apply(charge("ch-3", "2025-05-04", ChargeStatus::Succeeded));
    life.apply(charge("ch-3", "2025-05-04", ChargeStatus::Succeeded));
    assert_eq!((life.0.status(), life.0.payments(), life.0.overpayments().len()), (Status::Active, 2, 0));
    assert_eq!(life.refused(Event::paused(date("2025-05-05"))), "provider_managed");
    life.apply(Event::Finished { on: date("2025-05-10"), status: Status::Expired });
    assert_eq!(life.0.status(), Status::Expired);
}

#[test]
fn another_card_goes_on_or_begins_anew() {
    for (by, goes_on) in [(ReplacedBy::Verification, true), (ReplacedBy::Updater, true), (ReplacedBy::Payment, false)] {
        let mut life = Life::new(april());
        life.pay("2025-04-01").apply(Event::CardReplaced { by, on: date("2025-04-11") });
        assert_eq!(matches!(life.action("2025-05-01"), Action::Charge { .. }), goes_on, "{by:?}");
    }
}
