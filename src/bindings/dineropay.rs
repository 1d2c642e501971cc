//! DineroPay.

use super::{Function, function, sure};
use crate::providers::dineropay;
use crate::providers::http::{ChargeReply, HttpResponse};

pub(super) const FUNCTIONS: &[Function] = &[
    function!("dineropay.createSession", input: dineropay::Session => dineropay::create_session(&input)),
    function!("dineropay.chargeRecurring", input: dineropay::RecurringCharge => dineropay::charge_recurring(&input)),
    function!("dineropay.retryCharge", input: dineropay::PaymentInput => dineropay::retry_charge(&input)),
    function!("dineropay.getStatus", input: dineropay::StatusInput => dineropay::get_status(&input)),
    function!("dineropay.refund", input: dineropay::PaymentInput => dineropay::refund(&input)),
    function!("dineropay.voidPayment", input: dineropay::PaymentInput => dineropay::void_payment(&input)),
    function!("dineropay.capture", input: dineropay::PaymentInput => dineropay::capture(&input)),
    function!("dineropay.createSchedule", input: dineropay::NewSchedule => dineropay::create_schedule(&input)),
    function!("dineropay.pauseSchedule", input: dineropay::ScheduleInput => dineropay::pause_schedule(&input)),
    function!("dineropay.runSchedule", input: dineropay::ScheduleInput => dineropay::run_schedule(&input)),
    function!("dineropay.deleteSchedule", input: dineropay::ScheduleInput => dineropay::delete_schedule(&input)),
    function!("dineropay.scheduleInfo", input: dineropay::ScheduleInput => dineropay::schedule_info(&input)),
    function!("dineropay.deschedule", input: dineropay::ScheduleInput => dineropay::deschedule(&input)),
    function!("dineropay.hash", input: dineropay::HashInput => dineropay::hash(&input)),
    function!("dineropay.readCallback", input: dineropay::CallbackInput => dineropay::read_callback(&input)),
    function!("dineropay.readReturn", input: dineropay::ReturnInput => dineropay::read_return(&input)),
    function!("dineropay.readSession", input: HttpResponse => sure(dineropay::read_session(&input))),
    function!("dineropay.readCharge", input: ChargeReply => sure(dineropay::read_charge(&input))),
    function!("dineropay.readStatus", input: dineropay::OrderStatus => sure(dineropay::read_status(&input))),
    function!("dineropay.readRefund", input: HttpResponse => sure(dineropay::read_refund(&input))),
    function!("dineropay.readVoid", input: HttpResponse => sure(dineropay::read_refund(&input))),
    function!("dineropay.readSchedule", input: HttpResponse => sure(dineropay::read_schedule(&input))),
];
