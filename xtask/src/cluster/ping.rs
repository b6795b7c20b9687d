//! Whether a broker answers: one request for metadata in Kafka's protocol, without a client.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// How long a broker of this machine may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// An answer is some hundred bytes; more is another protocol.
const LARGEST: u32 = 1 << 20;
const CORRELATION: i32 = 0x006b_6576;

/// How many brokers the one at this port of this machine sees, itself among them.
pub(super) fn brokers_seen_by(port: u16) -> io::Result<usize> {
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(&request())?;
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    if length > LARGEST {
        return Err(unexpected("its answer is too long"));
    }
    let mut answer = vec![0; length as usize];
    stream.read_exact(&mut answer)?;
    brokers_in(&answer).ok_or_else(|| unexpected("its answer is no metadata"))
}

fn unexpected(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{what}: is it a Kafka broker?"))
}

/// Metadata (3), version 1, of no topics.
fn request() -> Vec<u8> {
    let mut body = Vec::new();
    body.extend_from_slice(&3_i16.to_be_bytes());
    body.extend_from_slice(&1_i16.to_be_bytes());
    body.extend_from_slice(&CORRELATION.to_be_bytes());
    let client = b"xtask";
    body.extend_from_slice(&(client.len() as u16).to_be_bytes());
    body.extend_from_slice(client);
    body.extend_from_slice(&0_i32.to_be_bytes());
    let mut framed = (body.len() as u32).to_be_bytes().to_vec();
    framed.append(&mut body);
    framed
}

/// The number of brokers, which follows the correlation id.
fn brokers_in(answer: &[u8]) -> Option<usize> {
    let (correlation, rest) = answer.split_first_chunk()?;
    let (brokers, _) = rest.split_first_chunk()?;
    if i32::from_be_bytes(*correlation) != CORRELATION {
        return None;
    }
    usize::try_from(i32::from_be_bytes(*brokers)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// A broker that takes one request and gives one answer.
    fn answering(answer: Vec<u8>) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = vec![0; request().len()];
            stream.read_exact(&mut request).unwrap();
            stream.write_all(&answer).unwrap();
        });
        port
    }

    fn framed(body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32).to_be_bytes(), body].concat()
    }

    #[test]
    fn the_brokers_of_an_answer_are_counted() {
        let body = [CORRELATION.to_be_bytes(), 3_i32.to_be_bytes(), 0_i32.to_be_bytes()].concat();
        assert_eq!(brokers_seen_by(answering(framed(&body))).unwrap(), 3);
    }

    #[test]
    fn another_protocol_is_an_error() {
        for answer in [
            b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
            framed(&[0; 12]),
            framed(&[1]),
            Vec::new(),
        ] {
            brokers_seen_by(answering(answer)).unwrap_err();
        }
    }
}
