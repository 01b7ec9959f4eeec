//! Keys and certificates that another program made. Skipped where it is not installed.

#![allow(clippy::print_stdout, reason = "a test says what it skipped")]

use std::fs;
use std::process::Command;

use super::super::certificate::Certificate;

#[test]
fn a_key_and_a_certificate_made_by_openssl_are_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem \
                     -out certificate.pem -days 365 -subj /C=SE/O=Standard/CN=Seal";
    let output = Command::new("openssl")
        .args(arguments.split_ascii_whitespace())
        .current_dir(folder.path())
        .output();
    if !output.is_ok_and(|output| output.status.success()) {
        println!("skipped: openssl is not installed");
        return;
    }
    let certificates = fs::read(folder.path().join("certificate.pem")).expect("a file");
    let key = fs::read_to_string(folder.path().join("key.pem")).expect("a file");
    let (key, certificate) = Certificate::read_own(&certificates, &key).expect("a pair");
    assert_eq!(certificate.subject(), "Seal");
    assert_eq!(key.public(), *certificate.key());
    assert_eq!(certificate.to_pem().as_bytes(), certificates);
}
