//! A55.

use super::{Function, operation};
use crate::providers::a55;

pub(super) const FUNCTIONS: &[Function] = &[operation!("a55.createCharge", a55::create_charge, a55::Charge)];
