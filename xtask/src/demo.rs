//! What is started by hand: the examples in Node, and the page.

use anyhow::{Context, Result, bail};

use crate::{
    package::{self, Variant},
    sh, usage,
};

/// Builds the package and runs the examples of a day and of a year.
pub fn run(args: &[&str]) -> Result<()> {
    let on = option("demo", args, "--on")?;
    package::build(Variant::Release)?;
    let mut day = sh::cmd("node");
    day.arg("examples/node/billing-run.mjs");
    if let Some(on) = on {
        day.args(["--on", on]);
    }
    sh::run(&mut day)?;
    sh::run(sh::cmd("node").arg("examples/node/billing-year.mjs"))
}

/// Builds the package and serves the page until it is interrupted.
pub fn serve(args: &[&str]) -> Result<()> {
    let port = match option("serve", args, "--port")? {
        Some(port) => {
            port.parse::<u16>().ok().with_context(|| format!("expected a port from 0 to 65535, got `{port}`"))?
        }
        None => 8080,
    };
    package::build(Variant::Release)?;
    sh::run(sh::cmd("node").args(["www/serve.mjs", "--port", &port.to_string()]))
}

/// Returns the value of the one option that a command has, or nothing where it is not given. A `--` may precede it.
fn option<'a>(command: &str, args: &[&'a str], name: &str) -> Result<Option<&'a str>> {
    match args {
        ["--", rest @ ..] => option(command, rest, name),
        [] => Ok(None),
        [given, value] if *given == name => Ok(Some(value)),
        [given] if *given == name => bail!("{name} expects a value\n{}", usage::of(command)),
        _ => bail!("`{}` is no option of {command}\n{}", args.join(" "), usage::of(command)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_option_and_no_other() {
        assert_eq!(option("serve", &[], "--port").unwrap(), None);
        assert_eq!(option("serve", &["--port", "9000"], "--port").unwrap(), Some("9000"));
        assert_eq!(option("serve", &["--", "--port", "9000"], "--port").unwrap(), Some("9000"));
        for args in [&["--port"][..], &["--prot", "9000"], &["--port", "9000", "--open"], &["9000"]] {
            let error = option("serve", args, "--port").unwrap_err().to_string();
            assert!(error.contains(args[args.len() - 1]) && error.contains("cargo xtask serve [--port N]"), "{error}");
        }
    }

    #[test]
    fn a_port_that_is_none_is_refused_before_the_build() {
        for port in ["65536", "-1", "http", ""] {
            let error = serve(&["--port", port]).unwrap_err().to_string();
            assert_eq!(error, format!("expected a port from 0 to 65535, got `{port}`"));
        }
    }
}
