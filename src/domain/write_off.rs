//! What is written off of an invoice, and the VAT that goes with it.

use super::invoice::RateSum;
use super::ledger::{EntryKind, Standing};
use super::money::Money;

/// What is left to pay of an invoice, by what it is left of. Money settles the invoice itself first,
/// then fees, then interest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Of the invoice itself.
    pub capital: Money,
    /// Of reminder fees and compensation.
    pub fees: Money,
    pub interest: Money,
}

impl Left {
    pub fn of(standing: &Standing) -> Left {
        let capital = standing.capital_left();
        let claims = standing.left() - capital;
        let interest = claims.min(standing.sum_of(EntryKind::LateInterest));
        Left { capital, fees: claims - interest, interest }
    }

    pub fn sum(self) -> Money {
        self.capital + self.fees + self.interest
    }
}

/// Returns the net and the VAT in `capital`, by rate, which together come to it exactly.
///
/// `by_rate` is what the invoice charged, less what is credited; the capital left of it is a part of
/// each rate in proportion, since a payment names none. Shares are cut on the running sum, so that no
/// öre is lost or made, and each share's VAT is rounded half up.
pub fn by_rate(capital: Money, by_rate: &[RateSum]) -> Vec<RateSum> {
    let gross = |sum: &RateSum| sum.net + sum.vat;
    let whole: Money = by_rate.iter().map(gross).sum();
    let (mut running, mut taken) = (Money::ZERO, Money::ZERO);
    let mut parts = Vec::new();
    for sum in by_rate.iter().filter(|sum| gross(sum) > Money::ZERO) {
        running += gross(sum);
        let through = share(capital, running, whole);
        let part = through - taken;
        taken = through;
        let vat = share(part, sum.vat, gross(sum));
        if part > Money::ZERO {
            parts.push(RateSum { rate: sum.rate, net: part - vat, vat });
        }
    }
    parts
}

/// Returns `of` × `part` / `whole`, rounded half up.
fn share(of: Money, part: Money, whole: Money) -> Money {
    let (of, part, whole) = (i128::from(of.ore()), i128::from(part.ore()), i128::from(whole.ore()));
    let ore = (2 * of * part + whole) / (2 * whole);
    Money::from_ore(i64::try_from(ore).expect("a part is no more than its whole"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::money::VatRate;

    fn sums(nets: &[(i64, i64)]) -> Vec<RateSum> {
        let sum = |(percent, net): &(i64, i64)| {
            let rate = VatRate::new(*percent).expect("a rate");
            let net = Money::from_ore(*net);
            RateSum { rate, net, vat: rate.of(net) }
        };
        nets.iter().map(sum).collect()
    }

    #[test]
    fn a_whole_invoice_gives_back_just_the_vat_it_charged() {
        let charged = sums(&[(25, 29_997), (12, 1), (6, 100), (0, 4_000)]);
        let total = charged.iter().map(|sum| sum.net + sum.vat).sum();
        assert_eq!(by_rate(total, &charged), charged);
        assert_eq!(by_rate(Money::ZERO, &charged), []);
    }

    #[test]
    fn half_an_invoice_gives_back_half_of_each_rate() {
        let charged = sums(&[(25, 100_000), (6, 100_000)]);
        let half = by_rate(Money::from_ore(115_500), &charged);
        let ore: Vec<_> = half.iter().map(|sum| (sum.net.ore(), sum.vat.ore())).collect();
        assert_eq!(ore, [(50_000, 12_500), (50_000, 3_000)]);
    }

    proptest! {
        #[test]
        fn the_parts_come_to_the_capital_and_take_no_more_than_was_charged(
            nets in prop::collection::vec(0..10_000_000_i64, 4),
            thousandths in 0..=1_000_i64,
        ) {
            let percents = [25, 12, 6, 0];
            let charged = sums(&percents.into_iter().zip(nets).collect::<Vec<_>>());
            let total: Money = charged.iter().map(|sum| sum.net + sum.vat).sum();
            let capital = Money::from_ore(total.ore() * thousandths / 1_000);
            let parts = by_rate(capital, &charged);
            prop_assert_eq!(parts.iter().map(|part| part.net + part.vat).sum::<Money>(), capital);
            for part in parts {
                let from = charged.iter().find(|sum| sum.rate == part.rate).expect("charged");
                prop_assert!(part.net >= Money::ZERO && part.vat >= Money::ZERO);
                prop_assert!(part.vat <= from.vat);
                prop_assert!(part.net.ore() <= from.net.ore() + 1);
            }
        }
    }
}
