//! 64 KiB of bytes, and 64 KiB of text, with two short strings before them.

use serde::{Deserialize, Serialize};

use super::{Shape, rsgen};
use crate::events::bench::{bytes, text};

/// How large the payload is.
const SIZE: usize = 64 << 10;

/// 64 KiB of bytes.
pub enum Bytes {}

impl Shape for Bytes {
    type Event = bytes::Upload;
    type Peer = Upload;
    type PeerRef = UploadRef<'static>;
    type Generated = rsgen::bytes::Upload;

    const NAME: &'static str = "64 KiB of bytes";
    const SCHEMA: &'static str = "bytes";

    fn event() -> bytes::Upload {
        bytes::Upload {
            id: "upload-2026-000123".to_owned(),
            media_type: "application/octet-stream".to_owned(),
            // Every byte there is, and no period of two.
            content: (0..SIZE).map(|place| (place * 31 + place / 257) as u8).collect(),
        }
    }
}

/// 64 KiB of text.
pub enum Text {}

impl Shape for Text {
    type Event = text::Document;
    type Peer = Document;
    type PeerRef = DocumentRef<'static>;
    type Generated = rsgen::text::Document;

    const NAME: &'static str = "64 KiB of text";
    const SCHEMA: &'static str = "text";

    fn event() -> text::Document {
        // One character beyond ASCII in each sentence.
        let sentence = "The job was queued, started on gpu-node-17 and paid at the café. ";
        let mut body = sentence.repeat(SIZE / sentence.len());
        body.push_str(&".".repeat(SIZE - body.len()));
        text::Document {
            id: "document-2026-000123".to_owned(),
            title: "What became of a job".to_owned(),
            body,
        }
    }
}

/// The same for serde's codecs, which take bytes for a list of numbers unless they are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Upload {
    pub id: String,
    pub media_type: String,
    #[serde(with = "serde_bytes")]
    pub content: Vec<u8>,
}

/// The same, borrowed from the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub struct UploadRef<'a> {
    pub id: &'a str,
    pub media_type: &'a str,
    #[serde(with = "serde_bytes")]
    pub content: &'a [u8],
}

/// The same for serde's codecs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Document {
    pub id: String,
    pub title: String,
    pub body: String,
}

/// The same, borrowed from the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub struct DocumentRef<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub body: &'a str,
}
