//! What Nexi answered and reports, read with tolerance (R7.5).

mod bulk;
mod charge;
mod error;
mod payment;
mod subscription;
mod webhook;

pub use bulk::{BulkItem, BulkPage, BulkReply, read_bulk, read_bulk_page};
pub use charge::{Created, Receipt, read_cancel, read_charge, read_charge_status, read_created, read_refund};
pub use error::{ApiError, FieldError, read_error};
pub use payment::{PaymentCharge, PaymentDetails, PaymentRefund, PaymentState, read_payment};
pub use subscription::{CardOnFile, SubscriptionDetails, read_subscription};
pub use webhook::{Webhook, WebhookInput, read_webhook};
