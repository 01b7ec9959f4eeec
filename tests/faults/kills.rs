//! SIGKILL at random moments, in the command and in the run that goes on after it.

use std::os::unix::process::ExitStatusExt;
use std::thread;
use std::time::{Duration, Instant};

use crate::chance::Chance;
use crate::requests::after;
use crate::scenario::{Ready, Scenario, chosen};
use crate::{figure, nothing_amiss, rounds};

/// How often each command is killed in the short form.
const SHORT: usize = 6;

/// Kills a run at a moment within its usual time; says whether it hit.
fn kill(ready: &Ready, shop: &crate::support::Shop, usual: Duration, chance: &mut Chance) -> bool {
    let mut child = shop.start(&mut ready.command(shop));
    thread::sleep(usual.mul_f64(chance.part()));
    // One that is done already cannot be killed, and need not be.
    let _ = child.kill();
    let status = child.wait().expect("it has ended");
    status.signal() == Some(9)
}

fn kills(scenario: &'static Scenario, chance: &mut Chance) -> (usize, Vec<String>) {
    let ready = Ready::new(scenario);
    let usual = (0..3)
        .map(|_| {
            let shop = ready.shop();
            let started = Instant::now();
            shop.finish(&mut ready.command(&shop));
            started.elapsed()
        })
        .min()
        .expect("three runs");
    let wanted = rounds().unwrap_or(SHORT);
    let (mut hit, mut told) = (0, Vec::new());
    let mut tried = 0;
    while hit < wanted && tried < 20 * wanted {
        tried += 1;
        let shop = ready.shop();
        if !kill(&ready, &shop, usual, chance) {
            continue;
        }
        hit += 1;
        if chance.percent(30) {
            hit += usize::from(kill(&ready, &shop, usual, chance));
        }
        let amiss = after(&ready, &shop, hit);
        if !amiss.is_empty() {
            told.push(format!("{}: kill {hit}: {}", scenario.name, amiss.join("\n")));
        }
    }
    (hit, told)
}

#[test]
fn whatever_moment_a_command_is_killed_at_running_again_ends_well() {
    let mut chance = Chance::of("kills");
    let mut told = Vec::new();
    for scenario in chosen() {
        let (count, amiss) = kills(scenario, &mut chance);
        figure(&format!("{count} kills in `{}`: {} amiss", scenario.name, amiss.len()));
        told.extend(amiss);
    }
    nothing_amiss(&told);
}
