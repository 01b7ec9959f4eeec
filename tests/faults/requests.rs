//! The disk refuses: every request that a command makes of it fails, once and for good, with a full disk
//! and with a broken one, and in the end the process dies there.

use crate::chance::Chance;
use crate::content::findings_by;
use crate::disk::{Fault, fail, requests, watch};
use crate::scenario::{Again, Ready, Scenario, chosen, reads_well};
use crate::support::Shop;
use crate::{figure, nothing_amiss, rounds};

/// How many requests fail in the short form, for each fault of each command.
const SHORT: usize = 2;

/// Returns how many requests an undisturbed run makes.
fn count(ready: &Ready) -> usize {
    let shop = ready.shop();
    let log = shop.home().join("tmp/requests");
    let mut command = ready.command(&shop);
    // The log lies where it is looked at, and is not counted.
    let outcome = shop.finish(watch(&mut command, &shop).env("FAULT_LOG", &log));
    assert_eq!(outcome.status, ready.scenario.status, "{outcome}");
    requests(&std::fs::read(log).expect("the log"), false).len()
}

/// Runs a command whose `n`th request fares badly, and returns what is amiss.
fn disturb(ready: &Ready, n: usize, fault: Fault) -> Vec<String> {
    let shop = ready.shop();
    let outcome = shop.finish(fail(&mut ready.command(&shop), &shop, n, fault));
    let mut amiss = Vec::new();
    match (outcome.status, fault) {
        (-1, Fault::Kill) => {}
        (status, _) if status == ready.scenario.status => {
            let differences = ready.content(&shop).differences(&ready.after);
            if !differences.is_empty() {
                amiss.push(format!("{outcome}\nit is not done:\n{}", differences.join("\n")));
            }
        }
        (8, _) => amiss.extend(reads_well(&outcome).err()),
        (status, _) => amiss.push(format!("it ends with {status}\n{outcome}")),
    }
    amiss.extend(after(ready, &shop, n));
    amiss
}

/// Goes on after a fault, and returns what is amiss then; looks first, where the operator would, and in
/// one case of four besides.
pub fn after(ready: &Ready, shop: &Shop, n: usize) -> Vec<String> {
    let mut amiss = Vec::new();
    if (n.is_multiple_of(4) || ready.scenario.again != Again::Same) && ready.scenario.name != "init"
    {
        amiss.extend(findings_by(shop, ready.scenario.check));
    }
    amiss.extend(ready.go_on(shop));
    amiss
}

fn every_request(scenario: &'static Scenario, chance: &mut Chance) -> (usize, Vec<String>) {
    let ready = Ready::new(scenario);
    let count = count(&ready);
    let (mut tried, mut told) = (0, Vec::new());
    for fault in Fault::ALL {
        let chosen: Vec<usize> = match rounds() {
            Some(rounds) if rounds >= count => (1..=count).collect(),
            // As many as are asked for, spread over all of them.
            Some(rounds) => (0..rounds).map(|n| 1 + n * count / rounds).collect(),
            None => (0..SHORT).map(|_| 1 + chance.below(count)).collect(),
        };
        for n in chosen {
            tried += 1;
            let amiss = disturb(&ready, n, fault);
            if !amiss.is_empty() {
                told.push(format!(
                    "{}: request {n} of {count}, {fault:?}: {}",
                    scenario.name,
                    amiss.join("\n")
                ));
            }
        }
    }
    (tried, told)
}

#[test]
fn whatever_the_disk_refuses_nothing_is_lost_and_running_again_ends_well() {
    let mut chance = Chance::of("requests");
    let (mut tried, mut told) = (0, Vec::new());
    for scenario in chosen() {
        let (count, amiss) = every_request(scenario, &mut chance);
        figure(&format!(
            "{count} disk requests refused in `{}`: {} amiss",
            scenario.name,
            amiss.len()
        ));
        tried += count;
        told.extend(amiss);
    }
    figure(&format!("{tried} disk requests refused in all: {} amiss", told.len()));
    nothing_amiss(&told);
}
