//! What the commands are, and their options.

const COMMANDS: &str = "\
cargo xtask build                     the npm package: pkg/dist, and the tarball to publish in target/pack; what they weigh
cargo xtask build --features trap     one with an export that traps, for the tests: target/trap-package
cargo xtask sizes                     what a wasm module weighs with each provider alone: a build each
cargo xtask bench                     measure against other libraries; writes docs/performance.md and its chart
cargo xtask bench --only PART         measure js, rust, cold, size or scale and print it; repeatable
cargo xtask bench --quick             a run that shows that the bench works; its figures say nothing
cargo xtask bench --write-states      write the stored subscriptions of bench/states anew
cargo xtask counts [--write]          instructions of ten operations, compared with bench/counts/table.txt
cargo xtask demo [--on DATE]          build, then examples/node: the billing run of a day and a year's billing
cargo xtask serve [--port N]          build, then serve the page in www/, at port 8080 if no other is given
cargo xtask test                      every check there is
cargo xtask test --list               the checks: number, name, the seconds that each may take, subject
cargo xtask test --from STEP          the checks from this one on, by number or name
cargo xtask test --only STEP...       these checks, by number or name
cargo xtask vectors                   whether tests/vectors are laid out one key a line; --write lays them out
cargo xtask vectors --against REV     every expected value that changed since a commit, by kind
cargo xtask vectors --answers REV     the same of the answers that the builds give
cargo xtask api [--write]             the public Rust API, compared with tests/public_api.txt; --write accepts it
cargo xtask words [--write]           the words that we do not write, by area; --write accepts lower counts
cargo xtask words --list AREA         where they are: in pages, comments, declarations or messages
cargo xtask format                    lay out all files, by rustfmt and prettier
cargo xtask dependencies [--accept]   licences and sources of all crates; the lists in xtask/dependencies; --accept writes them";

/// All commands.
pub fn all() -> &'static str {
    COMMANDS
}

/// The lines of one command, or all where it is none.
pub fn of(command: &str) -> String {
    let is_of = |line: &&str| line.split(' ').nth(2) == Some(command);
    let lines: Vec<&str> = COMMANDS.lines().filter(is_of).collect();
    if lines.is_empty() { COMMANDS.into() } else { lines.join("\n") }
}

/// Whether a command is asked for its usage.
pub fn is_asked(args: &[&str]) -> bool {
    args.iter().any(|arg| ["-h", "--help"].contains(arg))
}
