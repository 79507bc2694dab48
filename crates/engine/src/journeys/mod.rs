//! What people and programs do with a workspace: one file each, readable top to bottom.

pub mod apply_slots;
pub mod audit_campaign;
pub mod back_up;
pub mod configure;
pub mod decide_variant;
pub mod examine;
pub mod explain_decision;
pub mod keep_audit;
pub mod learning;
pub mod list_markets;
pub mod list_slots;
pub mod log_in;
pub mod manage_keys;
pub mod manage_people;
pub mod overview;
pub mod quiet_mode;
pub mod read_audits;
pub mod read_calendar;
pub mod read_claims;
pub mod read_market;
pub mod read_trail;
pub mod record_events;
pub mod report;
pub mod restore;
pub mod review_proposal;
