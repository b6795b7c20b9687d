//! The proxy on ports that the system gives.

use super::*;

/// Long enough for any machine; a test that needs it has failed.
const PATIENCE: Duration = Duration::from_secs(30);
const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

/// A server that sends back what it is sent, and ends when its client does.
fn echo() -> SocketAddr {
    let listener = TcpListener::bind(ANY).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            thread::spawn(move || {
                _ = io::copy(&mut &stream, &mut &stream);
                _ = stream.shutdown(Shutdown::Write);
            });
        }
    });
    address
}

fn link() -> Link {
    Link::open(ANY, echo()).unwrap()
}

fn connect(link: &Link) -> TcpStream {
    let stream = TcpStream::connect_timeout(&link.address(), PATIENCE).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

fn round_trip(mut stream: &TcpStream, text: &[u8]) -> io::Result<()> {
    stream.write_all(text)?;
    let mut back = vec![0; text.len()];
    stream.read_exact(&mut back)?;
    assert_eq!(back, text);
    Ok(())
}

#[test]
fn bytes_pass_unchanged_and_so_does_the_end() {
    let link = link();
    let stream = connect(&link);
    let sent: Vec<u8> = (0..3_000_000_u32)
        .map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let mut back = Vec::new();
    thread::scope(|scope| {
        scope.spawn(|| {
            (&stream).write_all(&sent).unwrap();
            stream.shutdown(Shutdown::Write).unwrap();
        });
        (&stream).read_to_end(&mut back).unwrap();
    });
    assert!(back == sent, "{} bytes came back of {}", back.len(), sent.len());
}

#[test]
fn each_direction_has_its_own_delay() {
    let link = link();
    let stream = connect(&link);
    round_trip(&stream, b"ready").unwrap();
    let (to_broker, to_client) = (Duration::from_millis(60), Duration::from_millis(40));
    for delay in [
        Delay {
            to_broker,
            ..Delay::default()
        },
        Delay { to_broker, to_client },
    ] {
        link.delay(delay);
        let begun = Instant::now();
        round_trip(&stream, b"slow").unwrap();
        // At least so long: sleeping never ends early.
        assert!(begun.elapsed() >= delay.to_broker + delay.to_client, "{:?}", begun.elapsed());
    }
    assert_eq!(link.status(), (Mode::Open, Delay { to_broker, to_client }, 1));
}

#[test]
fn delayed_pieces_keep_their_order_when_the_delay_falls() {
    let link = link();
    let mut stream = connect(&link);
    link.delay(Delay {
        to_broker: Duration::from_millis(150),
        ..Delay::default()
    });
    stream.write_all(b"first").unwrap();
    // The first piece is read with the long delay before the second is sent without one.
    thread::sleep(Duration::from_millis(50));
    link.delay(Delay::default());
    stream.write_all(b"second").unwrap();
    let mut back = [0; 11];
    stream.read_exact(&mut back).unwrap();
    assert_eq!(&back, b"firstsecond");
}

#[test]
fn a_cut_closes_and_refuses_and_healing_lets_pass_again() {
    let link = link();
    let before = connect(&link);
    round_trip(&before, b"ready").unwrap();
    link.delay(Delay {
        to_broker: Duration::from_millis(1),
        ..Delay::default()
    });
    link.cut(false).unwrap();
    assert!(round_trip(&before, b"lost").is_err(), "the open connection still passes");
    let refused = TcpStream::connect_timeout(&link.address(), PATIENCE).unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
    assert_eq!(link.status().0, Mode::Refusing);
    link.cut(false).unwrap();
    link.heal().unwrap();
    link.heal().unwrap();
    let after = connect(&link);
    round_trip(&after, b"again").unwrap();
    assert_eq!(link.status(), (Mode::Open, Delay::default(), 1));
}

#[test]
fn a_swallowing_cut_accepts_and_passes_nothing_until_it_heals() {
    let link = link();
    let before = connect(&link);
    round_trip(&before, b"ready").unwrap();
    link.cut(true).unwrap();
    assert!(round_trip(&before, b"lost").is_err());
    let mut swallowed = connect(&link);
    swallowed.write_all(b"lost").unwrap();
    swallowed.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let nothing = swallowed.read(&mut [0; 1]).unwrap_err();
    assert!(
        matches!(nothing.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut),
        "{nothing}"
    );
    link.heal().unwrap();
    swallowed.set_read_timeout(Some(PATIENCE)).unwrap();
    // Closed, with or without a reset, and never answered.
    assert!(matches!(swallowed.read(&mut [0; 1]), Ok(0) | Err(_)));
    round_trip(&connect(&link), b"again").unwrap();
}

#[test]
fn a_broker_that_is_not_there_closes_the_connection() {
    // Port 1: nobody serves it, and no test is given it.
    let link = Link::open(ANY, SocketAddr::new(ANY.ip(), 1)).unwrap();
    let mut stream = connect(&link);
    assert!(matches!(stream.read(&mut [0; 1]), Ok(0) | Err(_)));
}
