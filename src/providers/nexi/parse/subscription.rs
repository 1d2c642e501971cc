//! An agreement at Nexi.

use super::ApiError;
use crate::date::Date;
use crate::indicator::Timing;
use crate::json::object;
use crate::providers::credential::StoredCredential;
use crate::providers::http::HttpResponse;
use crate::providers::lenient::Answer;
use crate::providers::nexi::account::Agreement;

/// The card or method that was used, as far as Nexi shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardOnFile {
    /// `CARD`, `INVOICE`, `A2A`, `INSTALLMENT`, `WALLET`, `PREPAID-INVOICE`, or a value that Nexi adds.
    pub payment_type: Option<String>,
    /// `Visa`, `MasterCard` or another.
    pub payment_method: Option<String>,
    /// The card's number, masked.
    pub masked_pan: Option<String>,
    /// The month of expiry. The card is valid until its end.
    pub expiry_month: Option<u32>,
    /// The year of expiry, four digits.
    pub expiry_year: Option<u32>,
}

object!(CardOnFile {
    payment_type: nullable "paymentType",
    payment_method: nullable "paymentMethod",
    masked_pan: nullable "maskedPan",
    expiry_month: nullable "expiryMonth",
    expiry_year: nullable "expiryYear",
});

impl CardOnFile {
    /// Reads `paymentType`, `paymentMethod` and `cardDetails`; `None` if all are absent.
    pub(crate) fn of(details: &Answer) -> Option<Self> {
        let card = details.get("cardDetails");
        let number = |answer: &Answer| answer.text().and_then(|digits| digits.parse::<u32>().ok());
        // Payments write MMYY, webhooks two separate fields.
        let (month, year) = match card.get("expiryDate").text().and_then(|date| date.split_at_checked(2)) {
            Some((month, year)) => (month.parse().ok(), year.parse().ok()),
            None => (number(card.get("expiryMonth")), number(card.get("expiryYear"))),
        };
        let found = Self {
            payment_type: details.get("paymentType").string(),
            payment_method: details.get("paymentMethod").string(),
            masked_pan: card.either(&["maskedPan", "truncatedPan"]).string(),
            expiry_month: month.filter(|month| (1..=12).contains(month)),
            expiry_year: year
                .filter(|year| *year < 10_000)
                .map(|year: u32| if year < 100 { year.saturating_add(2_000) } else { year }),
        };
        let nothing =
            Self { payment_type: None, payment_method: None, masked_pan: None, expiry_month: None, expiry_year: None };
        (found != nothing).then_some(found)
    }
}

/// An agreement at Nexi.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionDetails {
    /// The agreement.
    pub agreement: Agreement,
    /// The credential to charge it.
    pub credential: StoredCredential,
    /// The minimum number of days between charges of a scheduled one (formerly `frequency`).
    pub interval: Option<u32>,
    /// The last day on which it can be charged, of a scheduled one.
    pub end_date: Option<Date>,
    /// The card or method that it charges.
    pub paid_with: Option<CardOnFile>,
    /// The error of a failed import from another platform.
    pub import_error: Option<ApiError>,
}

object!(SubscriptionDetails {
    agreement: required "agreement",
    credential: required "credential",
    interval: nullable "interval",
    end_date: nullable "endDate",
    paid_with: nullable "paidWith",
    import_error: nullable "importError",
});

/// Reads an agreement; `None` if the response is not one.
pub fn read_subscription(response: &HttpResponse) -> Option<SubscriptionDetails> {
    if response.status != 200 {
        return None;
    }
    let body = Answer::parse(&response.body)?;
    let agreement = match body.get("unscheduledSubscriptionId").text() {
        Some(id) => Agreement::of(Timing::Unscheduled, id),
        None => Agreement::of(Timing::Scheduled, body.get("subscriptionId").text()?),
    };
    let import = body.get("importError");
    let part = |name: &str| import.get(name).string();
    let import_error = ApiError {
        code: part("importStepsResponseCode"),
        name: None,
        source: part("importStepsResponseSource"),
        message: part("importStepsResponseText"),
        fields: Vec::new(),
    };
    let interval = body.either(&["interval", "frequency"]).integer();
    Some(SubscriptionDetails {
        credential: agreement.credential()?,
        interval: interval.and_then(|days| days.try_into().ok()),
        end_date: body.get("endDate").date(),
        paid_with: CardOnFile::of(body.get("paymentDetails")),
        import_error: (import_error.code.is_some() || import_error.message.is_some()).then_some(import_error),
        agreement,
    })
}
