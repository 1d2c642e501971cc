//! A PostgreSQL for the tests: one cluster for all steps, in a folder of its own, which ends with this program.
//!
//! A small script keeps the server. It waits for the end of its input, which is a pipe from here, then stops the server and removes the
//! folder. The system closes the pipe however this program ends, so an interrupted run leaves nothing behind either.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::Mutex,
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{sh, tools};

/// The one that runs, once a step has needed it.
static CLUSTER: Mutex<Option<Cluster>> = Mutex::new(None);

/// Who owns the databases: there is no password, and nobody but this machine is listened to.
const OWNER: &str = "billing";

/// The longest that a start may last. A busy machine of two cores needs a few seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// `$1` is the folder of the programs, `$2` that of the cluster, `$3` the port. Nothing survives a test, so nothing waits for a disk.
const KEEPER: &str = r#"
trap '' HUP INT TERM
export LC_ALL=C
cd "$2"
"$1/postgres" -D "$2/data" -k "$2" -p "$3" -c listen_addresses=127.0.0.1 -c shared_buffers=128MB \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off >"$2/log" 2>&1 </dev/null &
read -r _
kill -QUIT $! 2>/dev/null
wait
rm -rf "$2"
"#;

/// Where Debian, Red Hat and Homebrew put the programs; `*` is a version.
const PLACES: [&str; 4] = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
];

/// What Debian does when it installs PostgreSQL.
const DEBIAN_SETTINGS: &str = "/etc/postgresql-common/createcluster.conf";

/// Returns the address of the cluster, which is started where none runs yet.
pub fn address() -> Result<String> {
    let mut running = CLUSTER.lock().ok().context("another thread has failed to start PostgreSQL")?;
    if let Some(cluster) = &*running {
        return Ok(cluster.address());
    }
    let cluster = Cluster::start(free_port()?)?;
    println!("PostgreSQL from {} listens at port {}; fsync is off", cluster.programs.display(), cluster.port);
    Ok(running.insert(cluster).address())
}

/// Stops the cluster, if one runs, and removes all that it has stored.
pub fn stop() {
    if let Ok(mut running) = CLUSTER.lock() {
        *running = None;
    }
}

struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    keeper: Child,
    /// Closed, it ends the keeper.
    pipe: Option<ChildStdin>,
}

impl Cluster {
    fn start(port: u16) -> Result<Self> {
        let programs = programs()?;
        let user = User::find()?;
        let folder = folder(port);
        fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let mut keeper = user.command("sh");
        let arguments = [programs.as_os_str(), folder.as_os_str(), port.to_string().as_ref()].map(ToOwned::to_owned);
        keeper.args(["-c", KEEPER, "keeper"]).args(arguments).stdin(Stdio::piped());
        // From here on the folder is removed whatever happens.
        let cluster = user.own(&folder).and_then(|()| init(&user, &programs, &folder)).and_then(|()| {
            let mut keeper = apart(&mut keeper).spawn().context("cannot start `sh`")?;
            let pipe = keeper.stdin.take();
            Ok(Self { programs, folder: folder.clone(), port, keeper, pipe })
        });
        let mut cluster = cluster.inspect_err(|_| _ = fs::remove_dir_all(&folder))?;
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    fn address(&self) -> String {
        format!("postgres://{OWNER}@127.0.0.1:{}/postgres", self.port)
    }

    /// Waits for the line by which the server says that it serves.
    fn wait_until_ready(&mut self) -> Result<()> {
        let start = Instant::now();
        loop {
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            if log.contains("ready to accept connections") {
                return Ok(());
            }
            if log.contains("FATAL") || start.elapsed() > PATIENCE || self.keeper.try_wait()?.is_some() {
                bail!("PostgreSQL does not start:\n{log}");
            }
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.pipe = None;
        _ = self.keeper.wait();
    }
}

/// The folder of a cluster, which every user may enter. A socket is in it, whose path has a hundred characters at most.
fn folder(port: u16) -> PathBuf {
    PathBuf::from(format!("/tmp/billing-rules-postgres-{port}"))
}

/// Makes the files of a cluster.
fn init(user: &User, programs: &Path, folder: &Path) -> Result<()> {
    let mut command = user.command(programs.join("initdb"));
    command.current_dir(folder).args([
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
        "--username",
        OWNER,
    ]);
    sh::output(command.arg("--pgdata").arg(folder.join("data")))?;
    Ok(())
}

/// A port that nobody listens at.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).context("there is no free port")?.local_addr()?.port())
}

/// Returns the folder of PostgreSQL's programs, which are installed where that is possible and they are missing.
fn programs() -> Result<PathBuf> {
    if let Some(found) = installed() {
        return Ok(found);
    }
    if tools::apt_is_possible() {
        keep_debian_from_a_cluster()?;
        tools::apt("PostgreSQL", "postgresql")?;
    }
    installed().context("PostgreSQL is not there: install it, or add the folder of its `initdb` and `postgres` to PATH")
}

/// Debian makes and starts a cluster with the installation, unless its settings say otherwise.
fn keep_debian_from_a_cluster() -> Result<()> {
    let settings = fs::read_to_string(DEBIAN_SETTINGS).unwrap_or_default();
    if settings.lines().any(|line| line.starts_with("create_main_cluster")) {
        return Ok(());
    }
    sh::write(DEBIAN_SETTINGS, settings + "create_main_cluster = false\n")
}

/// Looks in PATH, then for the newest version at the usual places.
fn installed() -> Option<PathBuf> {
    let has_all = |folder: &PathBuf| ["initdb", "postgres"].iter().all(|name| folder.join(name).is_file());
    let in_path = sh::which("initdb").and_then(|file| fs::canonicalize(file).ok()?.parent().map(Path::to_owned));
    let found = || PLACES.iter().flat_map(|place| versions(place)).find(has_all);
    in_path.filter(has_all).or_else(found)
}

/// The folders that a place with one `*` names, the newest version first.
fn versions(place: &str) -> Vec<PathBuf> {
    let Some((before, after)) = place.split_once('*') else { return Vec::new() };
    let Some((parent, prefix)) = before.rsplit_once('/') else { return Vec::new() };
    let names =
        fs::read_dir(parent).into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let version = |name: String| name.strip_prefix(prefix)?.parse::<u32>().ok();
    let mut found: Vec<u32> = names.filter_map(version).collect();
    found.sort_unstable();
    found.iter().rev().map(|version| PathBuf::from(format!("{before}{version}{after}"))).collect()
}

/// Who runs the server: the user who runs us. PostgreSQL refuses root, whose place its own user takes, or nobody.
struct User {
    ids: Option<(u32, u32)>,
}

impl User {
    fn find() -> Result<Self> {
        if id(&["--user"])? != 0 {
            return Ok(Self { ids: None });
        }
        let ids = |name| Some((id(&["--user", name]).ok()?, id(&["--group", name]).ok()?));
        let found =
            ids("postgres").or_else(|| ids("nobody")).context("there is no user but root to run PostgreSQL as")?;
        Ok(Self { ids: Some(found) })
    }

    /// A program that this user runs.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = sh::cmd(program);
        #[cfg(unix)]
        if let Some((user, group)) = self.ids {
            use std::os::unix::process::CommandExt;
            command.uid(user).gid(group);
        }
        command
    }

    /// Gives a folder to this user.
    fn own(&self, folder: &Path) -> Result<()> {
        #[cfg(unix)]
        if let Some((user, group)) = self.ids {
            std::os::unix::fs::chown(folder, Some(user), Some(group))?;
        }
        Ok(())
    }
}

fn id(args: &[&str]) -> Result<u32> {
    let id = sh::cmd("id").args(args).stderr(Stdio::null()).output().context("cannot start `id`")?;
    String::from_utf8(id.stdout)?.trim().parse().with_context(|| format!("there is no `id {}`", args.join(" ")))
}

/// Keeps Ctrl-C from a program: the terminal sends it to the whole group of the one in front.
fn apart(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_comes_first() {
        let folder = std::env::temp_dir().join(format!("billing-rules-versions-{}", std::process::id()));
        for name in ["pg-9", "pg-15", "pg-common", "15"] {
            fs::create_dir_all(folder.join(name)).unwrap();
        }
        let place = folder.join("pg-*/bin");
        assert_eq!(versions(place.to_str().unwrap()), ["pg-15", "pg-9"].map(|name| folder.join(name).join("bin")));
        fs::remove_dir_all(&folder).unwrap();
        assert!(versions(place.to_str().unwrap()).is_empty());
    }

    #[test]
    fn a_cluster_answers_and_leaves_nothing() {
        let port = free_port().unwrap();
        let mut cluster = Cluster::start(port).unwrap();
        let ask = |query: &str| {
            let mut psql = sh::cmd(cluster.programs.join("psql"));
            sh::output(psql.args(["--no-align", "--tuples-only", "--command", query, &cluster.address()])).unwrap()
        };
        assert_eq!(ask("select 6 * 7").trim(), "42");
        assert_eq!(ask("show fsync").trim(), "off");
        // As the system does when this program is killed.
        cluster.pipe = None;
        cluster.keeper.wait().unwrap();
        assert!(!folder(port).exists());
    }

    #[test]
    fn a_start_that_fails_says_why_and_leaves_nothing() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let Err(error) = Cluster::start(port) else { panic!("two listen at one port") };
        assert!(error.to_string().contains("Address already in use"), "{error}");
        assert!(!folder(port).exists());
    }
}
