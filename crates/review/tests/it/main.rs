//! What may be served, who decides it, and what the trail keeps.

mod oversight;
mod trail;
