use super::super::fixture::{Shop, account_key, plan};
use super::*;

/// Returns a shop in which every table that is frozen has a row.
fn shop() -> (Shop, Invoice) {
    let shop = Shop::new();
    let account = shop.account(1);
    let product = shop.product("AB04", ProductKind::Subscription);
    let (_, invoice) = shop.order(&account, &[&product]);
    shop.change(|tx| tx.keep_document(&invoice, b"%PDF".to_vec())).expect("a document");
    (shop, invoice)
}

#[test]
fn r13_what_is_issued_or_happened_is_never_altered_or_deleted() {
    let (shop, invoice) = shop();
    let intruder = shop.intruder();
    let frozen = [
        ("invoice", "reference = 'x'"),
        ("invoice_line", "quantity = 2"),
        ("document", "bytes = x'00'"),
        ("seller", "city = 'x'"),
        ("conditions", "printed_sv = 'x'"),
        ("operation", "actor = 'x'"),
        ("event", "kind = 'x'"),
        ("event_payload", "payload = 'x'"),
    ];
    for (table, change) in frozen {
        let count: i64 = intruder
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
            .expect("a count");
        assert!(count > 0, "{table} is empty");
        for sql in [format!("UPDATE {table} SET {change}"), format!("DELETE FROM {table}")] {
            let refused = intruder.execute(&sql, []).expect_err(&sql).to_string();
            assert!(refused.contains("never") || refused.contains("nothing else"), "{refused}");
        }
    }
    assert_eq!(shop.read(|tx| tx.invoice_by_id(invoice.id)), Ok(invoice));
}

#[test]
fn r13_numbers_have_no_gaps_after_rollbacks() {
    let shop = Shop::new();
    let account = shop.account(1);
    let product = shop.product("PRINT", ProductKind::Printed);
    let place = |tx: &Tx<'_>| tx.place_order(&account, &plan(tx, &account, &[&product])?);
    for expected in 1001..1004 {
        shop.rehearse(place).expect("a rehearsal");
        let refused: Result<(), StoreError> = shop.change(|tx| {
            place(tx)?;
            Err(StoreError::InUse("refused after all".to_owned()))
        });
        assert!(refused.is_err());
        let (order, invoice) = shop.change(place).expect("an order");
        assert_eq!((order.number, invoice.number.0), (expected, expected));
    }
    assert_eq!(shop.read(|tx| tx.next_invoice()), Ok(1004));
}

#[test]
fn an_invoice_is_read_back_as_it_was_issued() {
    let (shop, invoice) = shop();
    shop.change(|tx| {
        let account = tx.account(&account_key(1))?;
        let mut profile = account.profile.clone();
        profile.name = "Nytt namn AB".to_owned();
        tx.edit_account(&account, &profile)?;
        let (_, mut seller) = tx.seller()?;
        seller.city = "Uppsala".to_owned();
        tx.change_seller(&seller)?;
        let product = tx.product(&"AB04".parse().expect("a SKU"))?;
        tx.rename_product(&product, "Nytt", "New")
    })
    .expect("changes to all that it names");
    assert_eq!(shop.read(|tx| tx.invoice(invoice.number)), Ok(invoice));
}
