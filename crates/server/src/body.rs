//! Request bodies: bounded, unpacked, and refused in words.

use std::fmt;
use std::io::Read as _;
use std::marker::PhantomData;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use flate2::read::MultiGzDecoder;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// A JSON object; a list of the same fields in their order is none.
#[derive(Debug, Default)]
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = Object<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

/// Why a body is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadBody {
    pub(crate) status: StatusCode,
    pub(crate) message: String,
}

/// Unpacks a body when it says that it is packed, never beyond `most` bytes.
pub(crate) fn unpack(headers: &HeaderMap, body: Bytes, most: usize) -> Result<Bytes, BadBody> {
    let encoding = headers
        .get(header::CONTENT_ENCODING)
        .and_then(|value| value.to_str().ok());
    let packed = match encoding.map(str::trim) {
        None | Some("" | "identity") => false,
        Some(name)
            if ["gzip", "x-gzip"]
                .iter()
                .any(|own| name.eq_ignore_ascii_case(own)) =>
        {
            true
        }
        Some(other) => {
            let message = format!("content encoding \"{other}\" is not known: use gzip or none");
            return Err(BadBody {
                status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
                message,
            });
        }
    };
    if !packed {
        return if body.len() <= most {
            Ok(body)
        } else {
            Err(too_large(most))
        };
    }
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(&body[..])
        .take(limit)
        .read_to_end(&mut unpacked);
    match read {
        Ok(_) if most < unpacked.len() => Err(too_large(most)),
        Ok(_) => Ok(unpacked.into()),
        Err(error) => Err(BadBody {
            status: StatusCode::BAD_REQUEST,
            message: format!("the gzip body is damaged: {error}"),
        }),
    }
}

pub(crate) fn too_large(most: usize) -> BadBody {
    BadBody {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        message: format!("the body is larger than {most} bytes: send less at once"),
    }
}
