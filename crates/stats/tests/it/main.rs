//! Properties and calibration of the statistics.

mod calibration;
mod properties;
