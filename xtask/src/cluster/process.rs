//! Processes that outlive us, known again by their recorded id and an argument that only they have.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use rustix::process::{Pid, Signal, kill_process};

/// A process by its pid file and by the argument that tells it from any other of the same number.
#[derive(Debug, Clone)]
pub(super) struct Recorded {
    /// What it is, for messages.
    pub(super) name: String,
    /// Holds the process's id.
    pub(super) file: PathBuf,
    /// One of the process's arguments, whole.
    pub(super) argument: PathBuf,
}

impl Recorded {
    /// The process's id, where it runs and is ours. A file that says otherwise is stale.
    pub(super) fn running(&self) -> Result<Option<i32>> {
        let text = match fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| self.file.display().to_string()),
        };
        // Zero and below would name groups of processes.
        let Some(pid) = text.trim().parse::<i32>().ok().filter(|pid| *pid > 0) else {
            return Ok(None);
        };
        Ok(has_argument(pid, &self.argument)?.then_some(pid))
    }

    /// Starts it in a group of its own, so that Ctrl-C in our terminal does not reach it, with its output in a file.
    pub(super) fn start(&self, command: &mut Command, log: &Path) -> Result<Child> {
        use std::os::unix::process::CommandExt as _;
        let output = fs::File::create(log).with_context(|| log.display().to_string())?;
        let errors = output.try_clone().with_context(|| log.display().to_string())?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .process_group(0)
            .spawn()
            .with_context(|| format!("{} cannot be started", self.name))?;
        if let Err(error) = fs::write(&self.file, child.id().to_string()) {
            // Unrecorded it could never be ended.
            _ = child.kill();
            _ = child.wait();
            return Err(error).with_context(|| self.file.display().to_string());
        }
        self.await_arguments(&mut child)?;
        Ok(child)
    }

    /// The system may show a process's arguments a moment after it was started; without them it would seem to have ended.
    fn await_arguments(&self, child: &mut Child) -> Result<()> {
        const PATIENCE: Duration = Duration::from_secs(5);
        let end = Instant::now() + PATIENCE;
        while self.running()?.is_none() && Instant::now() < end {
            if child.try_wait().with_context(|| self.name.clone())?.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Ends it: asked first, killed where it does not end within the patience. `false` where it did not run.
    pub(super) fn stop(&self, patience: Duration) -> Result<bool> {
        /// How long a killed process may take to be gone.
        const AFTER_KILL: Duration = Duration::from_secs(10);
        let Some(pid) = self.running()? else {
            remove(&self.file)?;
            return Ok(false);
        };
        self.signal(pid, Signal::TERM)?;
        if !self.is_gone_within(patience)? {
            eprintln!("{} (pid {pid}) did not end within {patience:?}: it is killed", self.name);
            self.signal(pid, Signal::KILL)?;
            if !self.is_gone_within(AFTER_KILL)? {
                bail!("{} (pid {pid}) cannot be ended: see what holds it, as in `ps -p {pid}`", self.name);
            }
        }
        remove(&self.file)?;
        Ok(true)
    }

    fn signal(&self, number: i32, signal: Signal) -> Result<()> {
        let pid = Pid::from_raw(number).ok_or_else(|| anyhow!("{number} is no process id"))?;
        match kill_process(pid, signal) {
            // It ended meanwhile.
            Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
            Err(error) => Err(error).with_context(|| format!("{} (pid {number}) cannot be signalled", self.name)),
        }
    }

    fn is_gone_within(&self, patience: Duration) -> Result<bool> {
        let end = Instant::now() + patience;
        while self.running()?.is_some() {
            if Instant::now() >= end {
                return Ok(false);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(true)
    }
}

fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).with_context(|| file.display().to_string()),
        _ => Ok(()),
    }
}

/// Whether a process runs that has this argument. One that has ended but was not waited for has none.
fn has_argument(pid: i32, argument: &Path) -> Result<bool> {
    use std::os::unix::ffi::OsStrExt as _;
    let wanted = argument.as_os_str().as_bytes();
    if Path::new("/proc/self/cmdline").exists() {
        return match fs::read(format!("/proc/{pid}/cmdline")) {
            Ok(line) => Ok(line.split(|byte| *byte == 0).any(|found| found == wanted)),
            Err(_) => Ok(false),
        };
    }
    // Systems without /proc: arguments are joined by spaces there.
    let output = Command::new("ps")
        .args(["-ww", "-o", "args=", "-p", &pid.to_string()])
        .output()
        .context("`ps` tells which process a recorded id belongs to, and cannot be run")?;
    Ok(output.stdout.windows(wanted.len()).any(|found| found == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    fn recorded(folder: &Path) -> Recorded {
        Recorded {
            name: "a sleeper".to_owned(),
            file: folder.join("pid"),
            argument: folder.join("known-by-this"),
        }
    }

    fn sleeper(recorded: &Recorded, script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]).arg(&recorded.argument);
        command
    }

    #[test]
    fn a_started_process_is_known_again_and_ended() {
        let folder = tempfile::tempdir().unwrap();
        let recorded = recorded(folder.path());
        assert_eq!(recorded.running().unwrap(), None);
        let mut child = recorded
            .start(
                &mut sleeper(&recorded, "while true; do sleep 0.1; done"),
                &folder.path().join("log"),
            )
            .unwrap();
        assert_eq!(recorded.running().unwrap(), Some(i32::try_from(child.id()).unwrap()));
        assert!(recorded.stop(PATIENCE).unwrap());
        assert!(!recorded.file.exists());
        assert!(!child.wait().unwrap().success());
        assert!(!recorded.stop(PATIENCE).unwrap());
    }

    #[test]
    fn a_process_that_ignores_the_request_is_killed() {
        use std::os::unix::process::ExitStatusExt as _;
        let folder = tempfile::tempdir().unwrap();
        let recorded = recorded(folder.path());
        let log = folder.path().join("log");
        let script = "trap '' TERM; echo deaf; while true; do sleep 0.1; done";
        let mut child = recorded.start(&mut sleeper(&recorded, script), &log).unwrap();
        let end = Instant::now() + PATIENCE;
        while !fs::read_to_string(&log).unwrap().contains("deaf") {
            assert!(Instant::now() < end, "the shell does not start");
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(recorded.stop(Duration::from_millis(300)).unwrap());
        assert_eq!(child.wait().unwrap().signal(), Some(9));
    }

    #[test]
    fn a_stale_file_is_removed_and_the_stranger_of_that_number_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let recorded = recorded(folder.path());
        let mut stranger = Command::new("sleep").arg("600").spawn().unwrap();
        for stale in [stranger.id().to_string(), "0".to_owned(), "-1".to_owned(), "no number".to_owned()] {
            fs::write(&recorded.file, &stale).unwrap();
            assert_eq!(recorded.running().unwrap(), None, "{stale}");
            assert!(!recorded.stop(PATIENCE).unwrap(), "{stale}");
            assert!(!recorded.file.exists(), "{stale}");
        }
        assert!(stranger.try_wait().unwrap().is_none());
        stranger.kill().unwrap();
        stranger.wait().unwrap();
    }
}
