//! Audits files for markets.
