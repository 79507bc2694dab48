//! A closed loop of requests over connections that stay open; loopback only.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

/// Makes the bytes of a POST.
pub(crate) fn post(path: &str, key: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Sends requests on several connections for a time; returns how many were answered 200.
pub(crate) fn run(
    address: &str,
    connections: usize,
    time: Duration,
    request: impl Fn(usize, usize) -> Vec<u8> + Sync,
) -> Result<u64> {
    ensure!(
        address.starts_with("127.0.0.1:"),
        "load goes to the loopback address only"
    );
    let end = Instant::now() + time;
    let one = |connection: usize| -> Result<u64> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let mut answered = 0;
        let mut buffer = Vec::with_capacity(8_192);
        while Instant::now() < end {
            stream.write_all(&request(connection, answered as usize))?;
            answer(&mut stream, &mut buffer)?;
            answered += 1;
        }
        Ok(answered)
    };
    std::thread::scope(|scope| {
        let one = &one;
        let running: Vec<_> = (0..connections)
            .map(|number| scope.spawn(move || one(number)))
            .collect();
        let mut total = 0;
        for thread in running {
            total += thread
                .join()
                .map_err(|_| anyhow::anyhow!("a connection failed"))??;
        }
        Ok(total)
    })
}

/// Sends one request and returns the answer's body.
pub(crate) fn once(address: &str, request: &[u8]) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(request)?;
    let mut buffer = Vec::new();
    let body = answer(&mut stream, &mut buffer)?;
    Ok(String::from_utf8_lossy(buffer.get(body..).unwrap_or_default()).into_owned())
}

/// Reads one answer; returns where its body begins in the buffer.
fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<usize> {
    buffer.clear();
    let mut chunk = [0; 4_096];
    loop {
        let read = stream.read(&mut chunk)?;
        ensure!(read != 0, "the server closed the connection");
        buffer.extend_from_slice(chunk.get(..read).unwrap_or_default());
        let Some(head) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        let text =
            String::from_utf8_lossy(buffer.get(..head).unwrap_or_default()).to_ascii_lowercase();
        ensure!(
            text.starts_with("http/1.1 200"),
            "not answered with 200: {text}"
        );
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.context("no length")?.trim().parse()?;
        if head + 4 + length <= buffer.len() {
            return Ok(head + 4);
        }
    }
}
