//! Nexi's responses and webhooks, read leniently (R7.5).

pub(super) mod bulk;
pub(super) mod charge;
pub(super) mod error;
pub(super) mod payment;
pub(super) mod subscription;

pub use bulk::{BulkItem, BulkPage, BulkReply, read_bulk, read_bulk_page};
pub use charge::{Created, Receipt, read_cancel, read_charge, read_charge_status, read_created, read_refund};
pub use error::{ApiError, FieldError, read_error};
pub use payment::{PaymentCharge, PaymentDetails, PaymentRefund, PaymentState, read_payment};
pub use subscription::{CardOnFile, SubscriptionDetails, read_subscription};
