//! DineroPay.

use super::{Function, operation, reader};
use crate::providers::dineropay;
use crate::providers::http::HttpResponse;

pub(super) const FUNCTIONS: &[Function] = &[
    operation!("dineropay.createSession", dineropay::create_session, dineropay::Session),
    operation!("dineropay.chargeRecurring", dineropay::charge_recurring, dineropay::RecurringCharge),
    operation!("dineropay.retryCharge", dineropay::retry_charge, dineropay::PaymentInput),
    operation!("dineropay.getStatus", dineropay::get_status, dineropay::StatusInput),
    operation!("dineropay.refund", dineropay::refund, dineropay::PaymentInput),
    operation!("dineropay.voidPayment", dineropay::void_payment, dineropay::PaymentInput),
    operation!("dineropay.capture", dineropay::capture, dineropay::PaymentInput),
    operation!("dineropay.createSchedule", dineropay::create_schedule, dineropay::NewSchedule),
    operation!("dineropay.pauseSchedule", dineropay::pause_schedule, dineropay::ScheduleInput),
    operation!("dineropay.runSchedule", dineropay::run_schedule, dineropay::ScheduleInput),
    operation!("dineropay.deleteSchedule", dineropay::delete_schedule, dineropay::ScheduleInput),
    operation!("dineropay.scheduleInfo", dineropay::schedule_info, dineropay::ScheduleInput),
    operation!("dineropay.deschedule", dineropay::deschedule, dineropay::ScheduleInput),
    operation!("dineropay.hash", dineropay::hash, dineropay::HashInput),
    operation!("dineropay.readCallback", dineropay::read_callback, dineropay::CallbackInput),
    operation!("dineropay.readReturn", dineropay::read_return, dineropay::ReturnInput),
    reader!("dineropay.readSession", dineropay::read_session, HttpResponse),
    reader!("dineropay.readCharge", dineropay::read_charge, HttpResponse),
    reader!("dineropay.readStatus", dineropay::read_status, HttpResponse),
    reader!("dineropay.readRefund", dineropay::read_refund, HttpResponse),
    reader!("dineropay.readVoid", dineropay::read_refund, HttpResponse),
    reader!("dineropay.readSchedule", dineropay::read_schedule, HttpResponse),
];
