//! The vectors, for native and wasm tests.

macro_rules! vectors {
    ($($name:literal),* $(,)?) => {
        /// The files of `tests/vectors`, sorted by name.
        pub const VECTORS: [(&str, &str); [$($name),*].len()] = [$(($name, include_str!(concat!("../vectors/", $name)))),*];
    };
}

vectors! {
    "a55.json",
    "bad-input.json",
    "calendar-carbon.json",
    "calendar-chrono.json",
    "calendar-dateutil.json",
    "calendar-flexprice.json",
    "calendar-ice-cube.json",
    "calendar-issue-reports.json",
    "calendar-jiff.json",
    "calendar-killbill-bcd.json",
    "calendar-killbill-date-utils.json",
    "calendar-killbill-fixed-term.json",
    "calendar-killbill-intervals.json",
    "calendar-killbill-items.json",
    "calendar-lago-day-count.json",
    "calendar-lago-end-date.json",
    "calendar-lago-periods.json",
    "calendar-meteroid.json",
    "calendar-openmeter-add.json",
    "calendar-openmeter-recurrence.json",
    "calendar-rfc5545.json",
    "calendar-rules.json",
    "calendar-solidus.json",
    "calendar-stripe.json",
    "calendar-temporal.json",
    "calendar-threetenbp.json",
    "calendar-woocommerce-payment-count.json",
    "calendar-woocommerce-time.json",
    "indicator.json",
    "money.json",
    "proration.json",
}
