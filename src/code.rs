//! The codes of errors.

use std::fmt;

/// Declares [`Code`] once: the variant, its stable name, its meaning.
macro_rules! codes {
    ($($variant:ident $text:literal $meaning:literal),* $(,)?) => {
        /// A stable, machine-readable reason. A code never changes its meaning; later versions may add codes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the documentation's table.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// Returns the code as it is written in JSON and in JavaScript.
            ///
            /// # Examples
            /// ```
            /// assert_eq!(billing_rules::Code::UnknownField.as_str(), "unknown_field");
            /// ```
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text),* }
            }

            /// Returns what the code means, in a sentence.
            ///
            /// # Examples
            /// ```
            /// assert_eq!(billing_rules::Code::SubscriptionEnded.meaning(), "the subscription has ended");
            /// ```
            pub const fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning),* }
            }
        }
    };
}

codes! {
    InvalidJson "invalid_json" "the input is not valid JSON",
    MissingField "missing_field" "a required field is absent or null",
    UnknownField "unknown_field" "the shape does not have this field; it is often a typing error in an optional field",
    DuplicateField "duplicate_field" "a JSON object contains a field twice",
    WrongType "wrong_type" "the value has another type than the shape requires, such as a Map, a class instance or a JS Date",
    NotAnInteger "not_an_integer" "the value is NaN, infinity or a fraction, but the field requires an integer",
    OutOfRange "out_of_range" "a number or a date is outside the allowed range",
    InvalidDate "invalid_date" "the value is not a day of the calendar written as YYYY-MM-DD",
    InvalidDecimal "invalid_decimal" "the value is not a plain decimal number, or has more decimals than the currency",
    InvalidString "invalid_string" "the string is empty, too long or contains characters that are not allowed",
    UnknownValue "unknown_value" "the value is none of the allowed values",
    UnknownCurrency "unknown_currency" "the value is not a current ISO 4217 code with minor units",
    UnknownFunction "unknown_function" "no function has this name",
    CurrencyMismatch "currency_mismatch" "the amounts have two currencies, but must have one",
    EndBeforeStart "end_before_start" "the end date is before the start",
    AnchorDayOnDayCycle "anchor_day_on_day_cycle" "an anchor day is given, but the cycle is in days or weeks",
    AnchorDayNotAllowed "anchor_day_not_allowed" "an anchor day is given, but the change or the resumption does not restart the schedule",
    Unbounded "unbounded" "the schedule is open-ended, and neither a last day nor a limit is given",
    TooMany "too_many" "there are more entries than allowed, such as more than 10 000 dates",
    OutsidePeriod "outside_period" "no period of the schedule contains the day",
    NoNextPayment "no_next_payment" "the change is for the next due date, but no payment follows",
    PaymentCountRequired "payment_count_required" "the change to another cycle needs a payment count, as the schedule has one",
    PaymentCountNotAllowed "payment_count_not_allowed" "a payment count is given, but the change keeps the cycle",
    SettleNotAllowed "settle_not_allowed" "the difference of a change to another cycle cannot be settled with the next payment",
    TrialNotAllowed "trial_not_allowed" "a trial is to be added, but the terms have one already",
    EventOutOfOrder "event_out_of_order" "the day is before that of the last event of the subscription",
    UnknownReference "unknown_reference" "no attempt of the subscription has this reference",
    NotDue "not_due" "the attempt is not offered on the day",
    PaymentInFlight "payment_in_flight" "an attempt is in flight; query its outcome and apply it first",
    PaymentOverdue "payment_overdue" "a payment is overdue and has to be settled first",
    AmountMismatch "amount_mismatch" "the reported amount differs from the payment's",
    DigestMismatch "digest_mismatch" "the digest differs from the current one: the quote that was shown has changed",
    SubscriptionEnded "subscription_ended" "the subscription has ended",
    CancellationPending "cancellation_pending" "the subscription ends with its period; withdraw the cancellation first",
    Committed "committed" "the minimum term or the notice lasts until a later day",
    SubscriptionPending "subscription_pending" "the subscription has not been active yet",
    SubscriptionPaused "subscription_paused" "a pause is running or planned; resume the subscription first",
    SubscriptionNotPaused "subscription_not_paused" "the subscription is not paused",
    NothingToWithdraw "nothing_to_withdraw" "there is nothing to withdraw",
    NoSchedule "no_schedule" "the operation needs a schedule, but the terms have none",
    ProviderManaged "provider_managed" "the operation is not possible because the provider runs the schedule",
    NotEnded "not_ended" "the event `finished` is applied, but the next action is not `finish`",
    InconsistentState "inconsistent_state" "no history leads to this stored subscription",
    AllWeightsZero "all_weights_zero" "no weight is above 0, so the amount cannot be split",
    AmountNotRepresentable "amount_not_representable" "the provider cannot represent the amount, such as a fraction of a whole peso",
    AmountOffGrid "amount_off_grid" "the amount is not a multiple of `roundTo`",
    UnsupportedCurrency "unsupported_currency" "the provider does not support the currency",
    UnsupportedCycle "unsupported_cycle" "the provider's own schedules do not support the cycle",
    InvalidCardNumber "invalid_card_number" "the length or the check digit of the card number is wrong",
    CardExpired "card_expired" "the card expires before the payment is due",
    SecurityCodeRequired "security_code_required" "the first payment needs the card's security code or cryptogram",
    CheckoutRequired "checkout_required" "only the cardholder can make the payment, on a page of the provider",
    TotalMismatch "total_mismatch" "the items do not add up to the amount",
    InvalidSignature "invalid_signature" "the signature does not match what it signs",
    EnvironmentMismatch "environment_mismatch" "an id or account is of the provider's test environment, but the live one is expected, or the reverse",
    IdReused "id_reused" "an earlier event with other content has the same id",
    DuplicateEntry "duplicate_entry" "an array contains an entry twice, but each must be unique",
    Internal "internal" "a fault of the library itself; please report it",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
