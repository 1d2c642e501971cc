//! What the passing of days does by itself.

use super::availability::Availability;
use super::record::{PaymentKey, PaymentStatus, Record};
use super::state::{Status, Subscription};
use crate::date::Date;
use crate::error::Errors;
use crate::indicator::EstablishedBy;
use crate::payment::PaymentKind;
use crate::retry::OnExhausted;
use crate::terms::MissedPayments;

impl Subscription {
    /// The subscription as the days that have passed leave it. Each change of plan takes force on its own day, and a trial's
    /// verification falls away on its own, so it is the same whether somebody asked every day or not.
    pub(super) fn pass_to(&mut self, today: Date) -> Result<(), Errors> {
        let mut since = self.state.on;
        while let Some(day) = self.next_day(since, today)? {
            self.pass(day)?;
            since = Some(day);
        }
        // Service ends on its day, also while an attempt is out.
        let changes = self.attempt_out().is_some_and(|(record, ..)| record.kind == PaymentKind::PlanChange);
        if !changes && !self.status.is_final() && self.state.paused.is_none() {
            self.reach_end(today)?;
        }
        self.pass(today)
    }

    /// As [`pass_to`](Self::pass_to), of a copy.
    pub(super) fn as_of(&self, today: Date) -> Result<Box<Subscription>, Errors> {
        let mut now = Box::new(self.clone());
        now.pass_to(today)?;
        Ok(now)
    }

    /// Does what a day brings, one thing after the other until nothing is left.
    fn pass(&mut self, day: Date) -> Result<(), Errors> {
        while !self.status.is_final() && self.state.paused.is_none() && self.attempt_out().is_none() {
            let changed = self.reach_end(day)?
                || self.stop_others()
                || self.give_up(day)?
                || self.collect_last_debt()?
                || self.drop_unpaid_change(day)?
                || self.drop_verification(day)?
                || self.commit_change(day)?
                || self.drop_dueless()?
                || self.give_up_unattempted(day)?
                || self.skip_missed(day)?;
            if !changed {
                break;
            }
        }
        Ok(())
    }

    /// A payment whose attempts are used up is given up, where the policy keeps the subscription; one beside the schedule
    /// always is (R6.1, R5.11).
    fn give_up(&mut self, day: Date) -> Result<bool, Errors> {
        let keeps = self.policy_end() == OnExhausted::SkipPayment;
        let index = self.state.records.iter().position(|record| {
            let may = keeps || !(record.is_own() || self.is_initial(record));
            // A provider that schedules has no retry days of ours (R5.7).
            let awaited = record.is_own() && self.provider_schedules();
            let is_due = record.is_open() && record.due_date <= day;
            may && !awaited && is_due && matches!(self.availability(record, day), Availability::UsedUp)
        });
        let Some(record) = index.and_then(|index| self.state.records.get(index)) else { return Ok(false) };
        let fails = record.is_own() || self.is_initial(record);
        if let Some(record) = index.and_then(|index| self.state.records.get_mut(index)) {
            record.status = PaymentStatus::GivenUp;
        }
        if fails {
            self.status = Status::Error;
        }
        Ok(true)
    }

    /// A number of the schedule that nobody has ever attempted, and that has no record yet, is given up likewise (R4.3).
    fn give_up_unattempted(&mut self, day: Date) -> Result<bool, Errors> {
        if self.provider_schedules() || self.policy_end() != OnExhausted::SkipPayment {
            return Ok(false);
        }
        let own = self.next_own()?.filter(|own| own.due_date <= day && !self.has_record(own.key()));
        let Some(own) = own.filter(|own| matches!(self.availability(own, day), Availability::UsedUp)) else {
            return Ok(false);
        };
        self.settle_unpaid(own, PaymentStatus::GivenUp);
        self.status = Status::Error;
        Ok(true)
    }

    /// What was in flight on the day of the end, and was not made, is stopped (R5.9).
    fn stop_others(&mut self) -> bool {
        if self.state.over.is_none() {
            return false;
        }
        let others = |record: &&mut Record| record.is_open() && !record.outlives_service();
        let found = self.state.records.iter_mut().find(others);
        found.map(|record| record.status = PaymentStatus::Stopped).is_some()
    }

    /// Whether it is the verification that the subscription begins with.
    pub(super) fn is_initial(&self, record: &Record) -> bool {
        record.key() == PaymentKey::VERIFICATION
            && self.state.established == EstablishedBy::None
            && matches!(self.status, Status::Pending | Status::Error)
    }

    /// The start of the schedule, while a verification is open that falls away with it.
    pub(super) fn verification_falls_away(&self) -> Result<Option<Date>, Errors> {
        let open = |record: &Record| record.is_open() && record.key() == PaymentKey::VERIFICATION;
        if self.terms.trial_start.is_none() || !self.state.records.iter().any(open) {
            return Ok(None);
        }
        Ok(self.next_own()?.filter(|own| own.number == 1).map(|own| own.due_date))
    }

    /// A verification that is not completed by the start falls away, unless it stands in for a first payment of zero (R2.9).
    fn drop_verification(&mut self, day: Date) -> Result<bool, Errors> {
        let Some(own) = self.next_own()?.filter(|own| own.number == 1 && own.due_date <= day) else { return Ok(false) };
        if self.terms.trial_start.is_none() || self.open_verification(&own)?.is_some() && own.amount.amount() == 0 {
            return Ok(false);
        }
        let open = |record: &&mut Record| record.is_open() && record.key() == PaymentKey::VERIFICATION;
        let verification = self.state.records.iter_mut().find(open);
        Ok(verification.map(|record| record.status = PaymentStatus::Dropped).is_some())
    }

    /// Of payments that were never attempted, only the latest is due (R5.8).
    fn skip_missed(&mut self, day: Date) -> Result<bool, Errors> {
        let skips = self.skips_missed() && self.unpaid_change().is_none();
        let Some(own) = self.next_own()?.filter(|own| skips && !own.was_attempted()) else { return Ok(false) };
        let later = self.scheduled(own.number.saturating_add(1))?;
        if !self.has_begun() || later.is_none_or(|later| later.start > day) {
            return Ok(false);
        }
        self.settle_unpaid(own, PaymentStatus::Skipped);
        Ok(true)
    }

    /// Whether the provider makes the payments from here on: the cardholder has completed something there (R5.7).
    pub(super) fn provider_schedules(&self) -> bool {
        self.terms.is_internal() && self.state.established != EstablishedBy::None
    }

    /// Whether a payment that was missed makes way for the next one.
    pub(super) fn skips_missed(&self) -> bool {
        self.terms.missed_payments == Some(MissedPayments::Latest) && !self.terms.is_internal()
    }

    /// Settles a number of the schedule without a payment.
    pub(super) fn settle_unpaid(&mut self, record: Record, status: PaymentStatus) {
        self.own_record(record).status = status;
    }

    /// The record of a number, put among the others if it was never begun.
    pub(super) fn own_record(&mut self, fresh: Record) -> &mut Record {
        let same = |record: &Record| record.key() == fresh.key();
        let index = self.state.records.iter().position(same).unwrap_or_else(|| {
            self.state.records.push(fresh.clone());
            self.state.records.len().saturating_sub(1)
        });
        // The index is that of the record found or pushed.
        #[expect(clippy::indexing_slicing, reason = "the index was found in this very list")]
        &mut self.state.records[index]
    }
}
