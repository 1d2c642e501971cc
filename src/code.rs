//! The codes of errors.

use std::fmt;

/// Declares [`Code`] once: the variant, its stable text, its meaning.
macro_rules! codes {
    ($($variant:ident $text:literal $meaning:literal),* $(,)?) => {
        /// A stable, machine-readable reason. The texts never change their meaning; new ones may come.
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
    InvalidJson "invalid_json" "the text is not JSON",
    MissingField "missing_field" "a required field is absent or null",
    UnknownField "unknown_field" "a field that the shape does not have, often a typing error in an optional one",
    DuplicateField "duplicate_field" "a field that stands twice in one JSON object",
    WrongType "wrong_type" "a value of another type than the shape asks for, such as a Map, a class instance or a JS Date",
    NotAnInteger "not_an_integer" "NaN, infinity or a number with a fraction where a whole number is meant",
    OutOfRange "out_of_range" "a number or a date outside the range that is possible there",
    InvalidDate "invalid_date" "not a day of the calendar written as YYYY-MM-DD",
    InvalidDecimal "invalid_decimal" "not a plain decimal number, or more decimals than the currency has",
    InvalidString "invalid_string" "a text that is empty, too long or has characters that are not possible there",
    UnknownValue "unknown_value" "none of the words that the field may hold",
    UnknownCurrency "unknown_currency" "not a current ISO 4217 code with minor units",
    UnknownFunction "unknown_function" "no function has this name",
    CurrencyMismatch "currency_mismatch" "amounts of two currencies where one is meant",
    EndBeforeStart "end_before_start" "the end date lies before the start",
    AnchorDayOnDayCycle "anchor_day_on_day_cycle" "an anchor day with a cycle of days or weeks, which has none",
    AnchorDayNotAllowed "anchor_day_not_allowed" "an anchor day with a change or a resumption that does not restart the schedule",
    Unbounded "unbounded" "a list without an end: the schedule is open-ended and neither a last day nor a limit is given",
    TooMany "too_many" "a list of more entries than are possible there, such as more than 10 000 dates",
    OutsidePeriod "outside_period" "no period of the schedule contains the day",
    NoNextPayment "no_next_payment" "a change for the next due date where no payment follows",
    PaymentCountRequired "payment_count_required" "another cycle for a schedule that counts its payments, without a count of its own",
    PaymentCountNotAllowed "payment_count_not_allowed" "a payment count with a change that keeps the cycle",
    SettleNotAllowed "settle_not_allowed" "the difference of a change to another cycle with the next payment",
    EventOutOfOrder "event_out_of_order" "a day before that of the last event of the subscription",
    UnknownReference "unknown_reference" "a reference that no attempt of the subscription has",
    NotDue "not_due" "an attempt that is not offered on the day",
    PaymentInFlight "payment_in_flight" "an attempt is out, and what became of it has to be learned first",
    PaymentOverdue "payment_overdue" "a payment is owed that has to be settled first",
    AmountMismatch "amount_mismatch" "an amount taken that is not the payment's",
    DigestMismatch "digest_mismatch" "a digest that is not that of what is computed now: what was shown has changed",
    SubscriptionEnded "subscription_ended" "the subscription has ended",
    CancellationPending "cancellation_pending" "the subscription ends with its period, and the cancellation has to be withdrawn first",
    SubscriptionPaused "subscription_paused" "the subscription is paused, and has to be resumed first",
    SubscriptionNotPaused "subscription_not_paused" "the subscription is not paused",
    NothingToWithdraw "nothing_to_withdraw" "there is no such thing to withdraw",
    NoSchedule "no_schedule" "something that needs a schedule, of terms without one",
    ProviderManaged "provider_managed" "something that is not possible where the provider schedules the payments",
    NotEnded "not_ended" "an end that is not the next action",
    InconsistentState "inconsistent_state" "a stored subscription that no history leads to",
    AllWeightsZero "all_weights_zero" "an amount to be split without a weight above 0",
    AmountNotRepresentable "amount_not_representable" "an amount that the provider cannot write, such as a fraction of a whole peso",
    AmountOffGrid "amount_off_grid" "an amount that is not a multiple of `roundTo`",
    UnsupportedCurrency "unsupported_currency" "a currency that the provider does not take",
    UnsupportedCycle "unsupported_cycle" "a cycle that the provider cannot schedule by itself",
    InvalidCardNumber "invalid_card_number" "a card number whose length or check digit is wrong",
    CardExpired "card_expired" "a card that expires before the payment is due",
    SecurityCodeRequired "security_code_required" "a first payment without the card's security code or cryptogram",
    CheckoutRequired "checkout_required" "a payment that only the cardholder can make, on a page of the provider's",
    TotalMismatch "total_mismatch" "items that do not add up to the amount",
    InvalidSignature "invalid_signature" "a signature that does not belong to what it signs",
    EnvironmentMismatch "environment_mismatch" "something of the provider's test environment where the live one is meant, or the reverse",
    IdReused "id_reused" "an id that an earlier event with other content has",
    DuplicateEntry "duplicate_entry" "an entry that stands twice in a list where each stands once",
    Internal "internal" "a fault of the library itself; please report it",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
