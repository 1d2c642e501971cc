//! `scale/spark`: the night of a whole book on a cluster of this machine. Spark has a Python of its own in the cache, and needs Java.

use std::{
    path::{Path, absolute},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{dependencies, examples, postgres, python, scale, sh, tools};

const BUILD: python::Lock = python::Lock { file: "scale/spark/build.txt", source: None };
const REQUIREMENTS: python::Lock = python::Lock { file: "scale/spark/requirements.txt", source: Some("pyspark") };

/// Where Debian and Fedora put PostgreSQL's driver for Java.
const DRIVERS: [&str; 2] = ["/usr/share/java/postgresql.jar", "/usr/share/java/postgresql-jdbc/postgresql.jar"];

/// Runs a night with all that goes wrong in one, on Spark, PostgreSQL and the workers of `examples/postgres`.
pub fn check() -> Result<()> {
    let mut python = python()?;
    dependencies::check_python(sh::cmd(python::environment(&[BUILD, REQUIREMENTS])?))?;
    let driver = driver()?;
    let project = absolute(examples::with_postgres()?)?;
    sh::run(
        python
            .args(["-m", "unittest", "discover", "--verbose", "--start-directory", "scale/spark/tests"])
            .env("BILLING_RULES_PROJECT", project)
            .env("BILLING_RULES_POSTGRES", postgres::address()?)
            .env("BILLING_RULES_JDBC", driver),
    )
}

/// Python with Spark and the wheel, for this machine alone.
pub fn python() -> Result<Command> {
    java()?;
    let python = python::environment(&[BUILD, REQUIREMENTS])?;
    let mut command = sh::cmd(&python);
    // Executors start Python as well, and have the modules of the jobs and of the tests from here.
    command
        .env("PYTHONPATH", std::env::join_paths([scale::wheel()?, absolute("scale/spark")?])?)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYSPARK_PYTHON", &python)
        .env("SPARK_LOCAL_IP", "127.0.0.1")
        .env("SPARK_LOCAL_HOSTNAME", "localhost");
    Ok(command)
}

fn java() -> Result<()> {
    let is_there = || sh::which("java").is_some() || std::env::var_os("JAVA_HOME").is_some();
    if !is_there() {
        if !tools::apt_is_possible() {
            bail!("Java is not there, and Spark runs on it: install Java 17 or newer");
        }
        tools::apt("Java", "openjdk-17-jre-headless")?;
    }
    Ok(())
}

fn driver() -> Result<&'static str> {
    let found = || DRIVERS.into_iter().find(|file| Path::new(file).is_file());
    if found().is_none() && tools::apt_is_possible() {
        tools::apt("PostgreSQL's driver for Java", "libpostgresql-jdbc-java")?;
    }
    found().with_context(|| format!("PostgreSQL's driver for Java is not there: install it as {}", DRIVERS[0]))
}
