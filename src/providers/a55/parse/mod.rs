//! A55's responses, read leniently (R7.5).

pub(super) mod api_error;
pub(super) mod change;
pub(super) mod charge;
pub(super) mod compare;
pub(super) mod list;
pub(super) mod pages;
pub(super) mod status;
pub(super) mod subscription;
pub(super) mod token;
