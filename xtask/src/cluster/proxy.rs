//! A network between clients and brokers that can be slow, and cut.
//!
//! ```text
//!  client ──► reader ──► queue, each piece with the time it is due ──► writer ──► broker
//!         ◄── writer ◄── queue                                     ◄── reader ◄──
//! ```
//!
//! A link is one listening port and the broker behind it. Bytes pass in order and unchanged; a cut closes what is open.

use std::collections::HashMap;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long the broker behind may take to accept.
const CONNECT: Duration = Duration::from_secs(5);
/// What is read at once.
const PIECE: usize = 16 * 1024;
/// How many pieces may be on their way in one direction.
const PIECES: usize = 256;

/// What becomes of connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// They pass.
    Open,
    /// They are refused: nobody listens.
    Refusing,
    /// They are accepted, and nothing passes.
    Swallowing,
}

/// How long bytes take, each way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Delay {
    pub(super) to_broker: Duration,
    pub(super) to_client: Duration,
}

/// A listening port and the broker behind it.
pub(super) struct Link {
    address: SocketAddr,
    /// One change at a time; also what listens.
    acceptor: Mutex<Option<Acceptor>>,
    shared: Arc<Shared>,
}

struct Shared {
    upstream: SocketAddr,
    /// In nanoseconds, read for each piece.
    to_broker: AtomicU64,
    to_client: AtomicU64,
    open: Mutex<Open>,
}

/// The connections, each with its ends, so that a cut can close them.
struct Open {
    mode: Mode,
    next: u64,
    ends: HashMap<u64, Vec<TcpStream>>,
}

struct Acceptor {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Link {
    /// Listens, and passes to the broker.
    pub(super) fn open(listen: SocketAddr, upstream: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(listen)?;
        let shared = Arc::new(Shared {
            upstream,
            to_broker: AtomicU64::new(0),
            to_client: AtomicU64::new(0),
            open: Mutex::new(Open {
                mode: Mode::Open,
                next: 0,
                ends: HashMap::new(),
            }),
        });
        Ok(Self {
            address: listener.local_addr()?,
            acceptor: Mutex::new(Some(Acceptor::start(listener, shared.clone())?)),
            shared,
        })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Makes bytes that come from now on take longer.
    pub(super) fn delay(&self, delay: Delay) {
        let nanos = |delay: Duration| u64::try_from(delay.as_nanos()).unwrap_or(u64::MAX);
        self.shared.to_broker.store(nanos(delay.to_broker), Ordering::Relaxed);
        self.shared.to_client.store(nanos(delay.to_client), Ordering::Relaxed);
    }

    /// Closes all connections and takes no more; when this returns, it is so.
    pub(super) fn cut(&self, swallow: bool) -> io::Result<()> {
        let mut acceptor = self.acceptor.lock().unwrap_or_else(PoisonError::into_inner);
        if swallow {
            self.listen(&mut acceptor)?;
            self.shared.change(Mode::Swallowing);
        } else {
            self.shared.change(Mode::Refusing);
            if let Some(listening) = acceptor.take() {
                listening.stop(self.address);
            }
        }
        Ok(())
    }

    /// As at the beginning: no cut, no delay. Connections that were swallowed are closed.
    pub(super) fn heal(&self) -> io::Result<()> {
        let mut acceptor = self.acceptor.lock().unwrap_or_else(PoisonError::into_inner);
        self.delay(Delay::default());
        if self.shared.lock().mode != Mode::Open {
            self.shared.change(Mode::Open);
            self.listen(&mut acceptor)?;
        }
        Ok(())
    }

    fn listen(&self, acceptor: &mut Option<Acceptor>) -> io::Result<()> {
        if acceptor.is_none() {
            *acceptor = Some(Acceptor::start(TcpListener::bind(self.address)?, self.shared.clone())?);
        }
        Ok(())
    }

    /// The mode, the delay, and how many connections are open.
    pub(super) fn status(&self) -> (Mode, Delay, usize) {
        let open = self.shared.lock();
        let delay = Delay {
            to_broker: Duration::from_nanos(self.shared.to_broker.load(Ordering::Relaxed)),
            to_client: Duration::from_nanos(self.shared.to_client.load(Ordering::Relaxed)),
        };
        (open.mode, delay, open.ends.len())
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // Refusing cannot fail.
        _ = self.cut(false);
    }
}

impl Acceptor {
    fn start(listener: TcpListener, shared: Arc<Shared>) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = thread::Builder::new().name("accept".to_owned()).spawn(move || {
            for client in listener.incoming() {
                if stopped.load(Ordering::Acquire) {
                    return;
                }
                match client {
                    Ok(client) => shared.clone().take(client),
                    // Out of descriptors, or the client is gone already: not at full speed again.
                    Err(_) => thread::sleep(Duration::from_millis(10)),
                }
            }
        })?;
        Ok(Self { stop, thread })
    }

    /// Ends the thread, and with it the listening.
    fn stop(self, address: SocketAddr) {
        self.stop.store(true, Ordering::Release);
        while !self.thread.is_finished() {
            // Wakes it; a full backlog does so by itself.
            _ = TcpStream::connect_timeout(&address, Duration::from_millis(100));
            thread::sleep(Duration::from_millis(1));
        }
        _ = self.thread.join();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the mode and closes all connections, in one step: none can slip through between.
    fn change(&self, mode: Mode) {
        let mut open = self.lock();
        open.mode = mode;
        for end in open.ends.drain().flat_map(|(_, ends)| ends) {
            _ = end.shutdown(Shutdown::Both);
        }
    }

    /// Takes a connection: registered at once, so that a cut finds it, then passed on by threads of its own.
    fn take(self: Arc<Self>, client: TcpStream) {
        let number = {
            let mut open = self.lock();
            let Ok(end) = client.try_clone() else { return };
            if open.mode == Mode::Refusing {
                return;
            }
            let number = open.next;
            open.next += 1;
            open.ends.insert(number, vec![end]);
            if open.mode == Mode::Swallowing {
                // Held open by its registered end, until it heals.
                return;
            }
            number
        };
        let spawned = thread::Builder::new().name("connection".to_owned()).spawn({
            let shared = self.clone();
            move || {
                // Whichever way it ends, both ends are closed with it.
                _ = shared.pass(number, client);
                shared.forget(number);
            }
        });
        if spawned.is_err() {
            self.forget(number);
        }
    }

    fn forget(&self, number: u64) {
        for end in self.lock().ends.remove(&number).into_iter().flatten() {
            _ = end.shutdown(Shutdown::Both);
        }
    }

    fn pass(self: &Arc<Self>, number: u64, client: TcpStream) -> io::Result<()> {
        let broker = TcpStream::connect_timeout(&self.upstream, CONNECT)?;
        for end in [&client, &broker] {
            end.set_nodelay(true)?;
        }
        match self.lock().ends.get_mut(&number) {
            Some(ends) => ends.push(broker.try_clone()?),
            // Cut meanwhile.
            None => return Ok(()),
        }
        thread::scope(|scope| -> io::Result<()> {
            let ways = [(&client, &broker, &self.to_broker), (&broker, &client, &self.to_client)];
            for (from, to, delay) in ways {
                let (sender, receiver) = sync_channel(PIECES);
                let named = |name: &str| thread::Builder::new().name(name.to_owned());
                let reading = named("read").spawn_scoped(scope, move || read(from, delay, &sender));
                let writing = reading.and_then(|_| named("write").spawn_scoped(scope, move || write(to, from, &receiver)));
                if let Err(error) = writing {
                    // Those that were started must end.
                    _ = client.shutdown(Shutdown::Both);
                    _ = broker.shutdown(Shutdown::Both);
                    return Err(error);
                }
            }
            Ok(())
        })
    }
}

/// Reads until the end, and says for each piece when it is due.
fn read(mut from: &TcpStream, delay: &AtomicU64, sender: &SyncSender<(Instant, Vec<u8>)>) {
    let mut buffer = vec![0; PIECE];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return,
            Ok(length) => {
                let due = Instant::now() + Duration::from_nanos(delay.load(Ordering::Relaxed));
                if sender.send((due, buffer[..length].to_vec())).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

/// Writes each piece when it is due; the end is passed on after the last.
fn write(mut to: &TcpStream, from: &TcpStream, receiver: &Receiver<(Instant, Vec<u8>)>) {
    for (due, piece) in receiver {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if to.write_all(&piece).is_err() {
            // Nobody takes it: the sender must learn of it, and the reader end.
            _ = from.shutdown(Shutdown::Both);
            return;
        }
    }
    _ = to.shutdown(Shutdown::Write);
}

#[cfg(test)]
mod tests;
