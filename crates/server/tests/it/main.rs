//! The doors, in process: what they let in, what they give out, and in which form.

mod events;
mod ofrep;
mod oversight;
mod pages;
mod people;
mod world;
