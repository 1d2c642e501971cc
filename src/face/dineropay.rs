//! DineroPay.

use super::{Function, operation};
use crate::json::{Node, Shape, Value};
use crate::providers::dineropay as provider;
use crate::providers::http::HttpResponse;

/// The row of a reader: an answer as it came, always read into something.
macro_rules! reader {
    ($name:literal, $run:path) => {
        Function { name: $name, parameters: &["response"], run: |node| read(node, $run) }
    };
}

fn read<T: Shape>(node: &Node<'_>, run: fn(&HttpResponse) -> T) -> Option<Value> {
    Some(run(&HttpResponse::read(node)?).write())
}

pub(super) const FUNCTIONS: &[Function] = &[
    operation!("dineropay.createSession", provider::create_session, provider::Session),
    operation!("dineropay.chargeRecurring", provider::charge_recurring, provider::RecurringCharge),
    operation!("dineropay.retryCharge", provider::retry_charge, provider::PaymentInput),
    operation!("dineropay.getStatus", provider::get_status, provider::StatusInput),
    operation!("dineropay.refund", provider::refund, provider::PaymentInput),
    operation!("dineropay.voidPayment", provider::void_payment, provider::PaymentInput),
    operation!("dineropay.capture", provider::capture, provider::PaymentInput),
    operation!("dineropay.createSchedule", provider::create_schedule, provider::NewSchedule),
    operation!("dineropay.pauseSchedule", provider::pause_schedule, provider::ScheduleInput),
    operation!("dineropay.runSchedule", provider::run_schedule, provider::ScheduleInput),
    operation!("dineropay.deleteSchedule", provider::delete_schedule, provider::ScheduleInput),
    operation!("dineropay.scheduleInfo", provider::schedule_info, provider::ScheduleInput),
    operation!("dineropay.deschedule", provider::deschedule, provider::ScheduleInput),
    operation!("dineropay.hash", provider::hash, provider::HashInput),
    operation!("dineropay.readCallback", provider::read_callback, provider::CallbackInput),
    operation!("dineropay.readReturn", provider::read_return, provider::ReturnInput),
    reader!("dineropay.readSession", provider::read_session),
    reader!("dineropay.readCharge", provider::read_charge),
    reader!("dineropay.readStatus", provider::read_status),
    reader!("dineropay.readRefund", provider::read_refund),
    reader!("dineropay.readVoid", provider::read_refund),
    reader!("dineropay.readSchedule", provider::read_schedule),
];
