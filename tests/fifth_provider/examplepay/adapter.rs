//! Examplepay behind the one API.

use super::account::{Account, Credential};
use super::checks::{self, CURRENCIES};
use super::{parse, request};
use crate::error::{Errors, Problems};
use crate::indicator::Recurrence;
use crate::json::{Function, object};
use crate::payment::Payment;
use crate::provider::Provider;
use crate::providers::capabilities::{
    AskedBy, Capabilities, CheckoutBy, DeduplicatedBy, IndicatorBy, KeptAs, RetriedBy, VerificationBy, WrittenAs,
    currencies,
};
use crate::providers::credential::StoredCredential;
use crate::providers::http::{ChargeReply, HttpRequest};
use crate::providers::outcome::Outcome;
use crate::providers::unified::adapter::{Adapter, StatusAnswer, by_merchant};
use crate::providers::validate;

/// A payment at Examplepay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterCharge {
    /// The payment.
    pub payment: Payment,
    /// The merchant.
    pub account: Account,
    /// The stored card.
    pub credential: StoredCredential,
}

object!(AdapterCharge by "provider" {
    payment: required "payment",
    account: required "account",
    credential: required "credential",
});

/// An attempt at Examplepay to be asked about, by its reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterStatus {
    /// The merchant.
    pub account: Account,
    /// The payment's reference.
    pub reference: String,
}

object!(AdapterStatus by "provider" { account: required "account", reference: required "reference" });

/// Examplepay behind the one API.
pub(crate) struct ExamplePay;

impl Adapter for ExamplePay {
    type Charge = AdapterCharge;
    type Status = AdapterStatus;
    const PROVIDER: Provider = Provider::ExamplePay;
    const FUNCTIONS: &'static [Function] = super::FUNCTIONS;
    const SECRET_FIELDS: &'static [&'static str] = super::SECRET_FIELDS;

    fn charge_request(input: &AdapterCharge) -> Result<HttpRequest, Errors> {
        let Payment { amount, reference, .. } = &input.payment;
        let mut problems = Problems::of_input();
        problems.check(by_merchant(&input.payment, "examplepay's own page", None));
        checks::account(&input.account, &mut problems);
        checks::amount(*amount, &mut problems);
        let credential: Option<&Credential> = problems.check(input.credential.of("/credential"));
        if let Some(credential) = credential {
            validate::graphic(credential.token.expose(), "/credential/token", &mut problems);
        }
        let credential = problems.finish(credential)?;
        Ok(request::charge(&input.account, credential, reference, *amount))
    }

    fn status_request(input: &AdapterStatus) -> Result<HttpRequest, Errors> {
        let mut problems = Problems::of_input();
        checks::account(&input.account, &mut problems);
        validate::text(&input.reference, "/reference", &mut problems);
        problems.finish(Some(()))?;
        Ok(request::find_charge(&input.account, &input.reference))
    }

    fn read_charge(reply: &ChargeReply) -> Outcome {
        Outcome::told(reply, parse::charged)
    }

    fn read_status(answer: &StatusAnswer<'_>) -> Outcome {
        let found = parse::found(&answer.response, answer.reference, answer.request_is_over);
        found.after(answer.response.retry_after.as_ref())
    }

    fn capabilities() -> Capabilities {
        Capabilities {
            provider: Self::PROVIDER,
            recurrence: vec![Recurrence::External],
            internal: None,
            kept_as: KeptAs::Token,
            checkout: CheckoutBy::Page,
            indicator: IndicatorBy::Request,
            mastercard_code: false,
            verification: VerificationBy::None,
            deduplication: DeduplicatedBy::IdempotencyKey,
            deduplication_hours: None,
            status: AskedBy::Reference,
            bulk: false,
            retries: RetriedBy::Merchant,
            currencies: Some(currencies(&CURRENCIES)),
            amounts: WrittenAs::MinorUnits,
            largest_amount: None,
            whole_units: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::call;

    /// By the names that every host calls, with nothing of this folder named elsewhere than in the four lines.
    #[test]
    fn the_one_api_reaches_a_fifth_provider() {
        let charge = r#"[{"provider":"examplepay","payment":PAYMENT,"account":{"merchantId":"m-1"},
            "credential":{"provider":"examplepay","token":"t-1"}}]"#;
        let payment = r#"{"kind":"recurring","reference":"sub-1-2-0-1","number":2,"extra":0,"attempt":1,"dueDate":"2026-01-01",
            "amount":{"amount":1900,"currency":"NOK"},"amountKind":"fixed","indicator":"M1","lines":[]}"#;
        let request = call("chargeRequest", &charge.replace("PAYMENT", payment)).unwrap();
        assert!(request.contains(r#""url":"https://api.examplepay.example/v1/charges""#), "{request}");
        assert!(request.contains(r#"\"amount\":1900"#) && request.contains("sub-1-2-0-1"), "{request}");
        let masked = call("redact", &["[", &request, "]"].concat()).unwrap();
        assert!(!masked.contains("t-1"), "{masked}");

        let foreign = charge.replace("PAYMENT", payment).replace(r#""provider":"examplepay","token":"t-1""#, OTHER);
        let errors = call("chargeRequest", &foreign).unwrap_err();
        assert_eq!(
            (errors.first().code().as_str(), errors.first().path()),
            ("unknown_value", "/input/credential/provider")
        );

        let answer = r#"[{"provider":"examplepay","status":200,"body":"{\"id\":\"c-1\",\"status\":\"paid\"}"}]"#;
        assert!(call("readCharge", answer).unwrap().contains(r#""status":"succeeded","providerReference":"c-1""#));
        let absent = r#"[{"provider":"examplepay","status":404,"body":"","reference":"r","requestIsOver":true}]"#;
        assert!(call("readStatus", absent).unwrap().contains("not_made"));
        assert!(call("capabilities", r#"["examplepay"]"#).unwrap().contains(r#""keptAs":"token""#));
        let webhook = r#"[{"secret":"s","signature":"0","body":"{}"}]"#;
        assert_eq!(call("examplepay.readWebhook", webhook).unwrap_err().first().code().as_str(), "invalid_signature");
    }

    const OTHER: &str = r#""provider":"nexi","kind":"scheduled","id":"00000000000000000000000000000000""#;
}
