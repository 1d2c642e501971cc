//! The reminders that the card schemes require of a subscription (R8.4).

use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::payment::PaymentKind;
use crate::preview::PreviewOptions;
use crate::preview::reminders::{ReminderKind, SchemeReminder, is_long, is_long_trial};
use crate::subscription::action::Action;
use crate::subscription::days::next_action::seen_on;
use crate::subscription::owed::adjusting;
use crate::subscription::owed::guard;
use crate::subscription::quotes::ahead;
use crate::subscription::records::state::{Current, Subscription};

use super::phase::in_trial;

/// The maximum number of actions to follow.
const MOST: u32 = 20_000;

impl Subscription {
    /// Returns the reminders that the card schemes require, for payments due after a day, if every payment succeeds (R8.4): those of
    /// [`Terms::scheme_reminders`](crate::Terms::scheme_reminders), and those before the first payment after a plan change. The
    /// maximum number of payments is that of [`upcoming`](Self::upcoming).
    ///
    /// # Errors
    /// - `event_out_of_order` for a day before the last event.
    /// - `out_of_range` for a maximum of 0 or of more than 1000 payments, and for payments after 9999-12-31.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{
    ///     Cycle, Effective, Event, PlanChange, PreviewOptions, ReminderKind, Schedule, Subscription, Terms,
    /// };
    ///
    /// let day = "2026-01-01".parse()?;
    /// let terms = Terms::new("99.00 NOK".parse()?, Schedule::new(day, Cycle::MONTHLY));
    /// let paid = Subscription::new("sub-1", terms)?.apply(&Event::payment_succeeded("sub-1-1-0-1", day))?;
    ///
    /// // From 1 March on it costs 119.00.
    /// let change = PlanChange::new("119.00 NOK".parse()?, "2026-03-01".parse()?).with_effective(Effective::OnDate);
    /// let changing = paid.apply(&Event::plan_changed(&change, None, "2026-01-20".parse()?))?;
    /// let reminders = changing.scheme_reminders(&PreviewOptions::new("2026-01-20".parse()?))?;
    /// assert_eq!((reminders.len(), reminders[0].kind), (1, ReminderKind::PriceChange));
    /// assert_eq!(reminders[0].visa.map(|days| days.latest), Some("2026-02-22".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn scheme_reminders(&self, options: &PreviewOptions) -> Result<Vec<SchemeReminder>, Errors> {
        let most = usize::try_from(options.most()?).unwrap_or(usize::MAX);
        guard::not_before_last_event(self, options.on, "/options/on")?;
        let mut ahead = Ahead { life: self.clone(), before: None, from: options.on };
        let (mut found, mut day, mut listed) = (Vec::new(), options.on, 0usize);
        for _ in 0..MOST {
            let (due_date, reminder) = match ahead.follow(&mut day)? {
                Next::Payment { due_date, reminder } => (due_date, reminder),
                Next::Other => continue,
                Next::End => return Ok(found),
            };
            if listed == most || options.through.is_some_and(|through| through < due_date) {
                return Ok(found);
            }
            if due_date > options.on {
                listed = listed.saturating_add(1);
                found.extend(reminder);
            }
        }
        Err(Error::new(Code::TooMany, "/options", "expected at most 20000 actions").into())
    }
}

/// What follows next.
enum Next {
    /// A payment of the schedule, with its reminder.
    Payment { due_date: Date, reminder: Option<SchemeReminder> },
    /// A day without a payment, or a payment beside the schedule.
    Other,
    /// Nothing any more.
    End,
}

/// The payments from a day on.
struct Ahead {
    life: Subscription,
    /// Price and schedule of the payment before.
    before: Option<Current>,
    /// The first day for the next reminder.
    from: Date,
}

impl Ahead {
    /// Follows one action, and moves the day if it is to wait.
    fn follow(&mut self, day: &mut Date) -> Result<Next, Errors> {
        let (action, life) = seen_on(&self.life, *day)?;
        let current = life.current.clone();
        let Some(payment) = action.payment() else {
            let Action::Wait { until } = action else { return Ok(Next::End) };
            *day = until;
            self.before.get_or_insert(current);
            return Ok(Next::Other);
        };
        let due_date = payment.due_date;
        let next = if matches!(payment.kind, PaymentKind::Initial | PaymentKind::Recurring) {
            let reminder = self.reminder(payment.number, due_date, &life)?;
            self.from = self.from.max(due_date);
            Next::Payment { due_date, reminder }
        } else {
            Next::Other
        };
        ahead::follow(&mut self.life, &action, *day)?;
        if matches!(next, Next::Payment { .. }) {
            // A step is the price in effect once its payment has begun.
            self.before = Some(self.life.current.clone());
        }
        Ok(next)
    }

    /// Returns the reminder of a payment, of the subscription as it is on its day.
    fn reminder(&self, number: u32, due_date: Date, life: &Subscription) -> Result<Option<SchemeReminder>, Errors> {
        let current = &life.current;
        let Some(schedule) = current.schedule else { return Ok(None) };
        if let Some(start) = self.life.terms.trial_start
            && due_date == schedule.start()
            && due_date.plus_days(-1).is_some_and(|day| in_trial(&self.life, day))
        {
            let (kind, is_for_mastercard) = (ReminderKind::TrialEnd, is_long_trial(start, due_date));
            return Ok(Some(SchemeReminder::new(due_date, kind, is_for_mastercard, self.from.max(start))));
        }
        let is_long = is_long(&schedule);
        let is_next = adjusting::priced(life, current, schedule)?.begins_another_price(number)?;
        let is_other = self.before.as_ref().is_some_and(|before| {
            let cycle = before.schedule.map(|schedule| schedule.cycle().step());
            before.price != current.price || cycle != Some(schedule.cycle().step())
        });
        let (kind, is_for_mastercard) = match (is_other || is_next, is_long) {
            (true, _) => (ReminderKind::PriceChange, is_long),
            (false, true) => (ReminderKind::LongCycle, true),
            (false, false) => return Ok(None),
        };
        Ok(if number > 1 { Some(SchemeReminder::new(due_date, kind, is_for_mastercard, self.from)) } else { None })
    }
}
