//! The peers, each in a process of its own so that its CPU time can be read.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::Value;

use crate::intake::batch;

/// An axum server that reads JSON and answers JSON as large as our decisions.
pub(crate) fn echo() -> Result<()> {
    let answer: Value = serde_json::from_str(&std::env::args().nth(2).context("no answer given")?)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let handler = move |Json(request): Json<Value>| {
            let answer = answer.clone();
            async move { Json(if request.is_null() { request } else { answer }) }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        axum::serve(listener, Router::new().route("/echo", post(handler))).await?;
        Ok(())
    })
}

/// Eight threads that append batches to one file and sync each before the next.
pub(crate) fn append(arguments: &mut dyn Iterator<Item = String>) -> Result<()> {
    let file = arguments.next().context("no file given")?;
    let seconds: f64 = arguments.next().context("no time given")?.parse()?;
    println!("ready");
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let one = |thread: usize| -> Result<u64> {
        let mut file = OpenOptions::new().create(true).append(true).open(&file)?;
        let mut written = 0_u64;
        while Instant::now() < end {
            file.write_all(batch(thread, written as usize).as_bytes())?;
            file.sync_data()?;
            written += 1;
        }
        Ok(written)
    };
    let batches = std::thread::scope(|scope| {
        let one = &one;
        let running: Vec<_> = (0..8)
            .map(|thread| scope.spawn(move || one(thread)))
            .collect();
        let mut total = 0;
        for thread in running {
            total += thread
                .join()
                .map_err(|_| anyhow::anyhow!("a thread failed"))??;
        }
        anyhow::Ok(total)
    })?;
    let own = std::fs::read_to_string("/proc/self/stat")?;
    let (_, after_name) = own.rsplit_once(')').context("no stat")?;
    let mut ticks = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(str::parse::<f64>);
    let cpu = (ticks.next().context("no time")?? + ticks.next().context("no time")??) / 100.0;
    println!("{batches} {cpu}");
    Ok(())
}
