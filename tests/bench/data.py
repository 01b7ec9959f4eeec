"""Invented organisations and subscriptions, the same for the same size: a fixed seed, no clock."""

import random

# The evening on which the bank's files are imported.
BANK_CLOCK = "2026-03-02T20:00:00Z"

COLUMNS = ["organisationsnummer", "namn", "e-post", "faktura-e-post", "adress", "postnummer", "ort", "medlem"]

FIRST = ["Bygg", "Norra", "Södra", "Mälardalens", "Nya", "Svenska", "Åkerö", "Östra", "Ängens", "Lilla",
         "Stora", "Hallands", "Skånska", "Bergs", "Ekens", "Linds", "Nordiska", "Västra", "Roslagens",
         "Hammar", "Kust", "Skogs", "Sjö", "Ström", "Dala", "Gästrike", "Väner", "Vätter", "Öresunds", "Fjäll"]
TRADE = ["Entreprenad", "Måleri", "Rör", "El", "Plåt", "Konsult", "Arkitekter", "Mark", "Betong", "Golv",
         "Glas", "Ventilation", "Fastigheter", "Projektledning", "Takläggarna", "Snickeri", "Kyla",
         "Anläggning", "Fasad", "Stål", "Hiss", "Akustik", "Geoteknik", "Installation", "Inredning"]
TOWNS = ["Stockholm", "Göteborg", "Malmö", "Uppsala", "Västerås", "Örebro", "Linköping", "Helsingborg",
         "Jönköping", "Norrköping", "Lund", "Umeå", "Gävle", "Borås", "Eskilstuna", "Halmstad", "Växjö",
         "Karlstad", "Sundsvall", "Östersund", "Luleå", "Trollhättan", "Kalmar", "Falun", "Åre"]
STREETS = ["Storgatan", "Kungsgatan", "Industrivägen", "Hamngatan", "Skolgatan", "Björkvägen", "Ängsgatan",
           "Östra Ringvägen", "Verkstadsgatan", "Mejerigatan", "Parkgatan", "Åkaregatan"]
PLAIN = str.maketrans("åäöÅÄÖ", "aaoAAO")


def check_digit(digits):
    """Returns the Luhn digit that belongs behind nine digits."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return -sum(value // 10 + value % 10 for value in doubled) % 10


def org_numbers():
    """Gives valid organisation numbers, each once, scattered over the whole range."""
    span = 799_999_999
    at = 123_456_789
    while True:
        at = (at + 494_263_589) % span
        body = str(200_000_000 + at)
        if body[2] >= "2":
            yield f"{body[:6]}-{body[6:]}{check_digit(body)}"


def organisations(count):
    """Gives rows in the order of COLUMNS."""
    chance = random.Random(1804)
    pick, below = chance.choice, chance.randrange
    for position, number in zip(range(count), org_numbers()):
        first, trade, town = pick(FIRST), pick(TRADE), pick(TOWNS)
        # An odd factor scatters the positions and keeps them apart.
        host = f"{first}{trade}-{position * 9_437_183 % (1 << 24):06x}".lower().translate(PLAIN)
        yield [
            number,
            f"{first} {trade} i {town} AB" if below(3) else f"{first} & {pick(TRADE)} AB",
            f"avtal@{host}.example",
            f"faktura@{host}.example",
            f"{pick(STREETS)} {1 + below(120)}",
            f"{100 + below(880)} {10 + below(80)}",
            town,
            "ja" if below(5) < 2 else "nej",
        ]


def write_csv(path, count):
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(COLUMNS) + "\n")
        for row in organisations(count):
            file.write(",".join(row) + "\n")


# The one thing here that writes to a store without shopctl: a hundred thousand orders would say the
# same and take an hour. Renewal dates lie in the 31 days before the day of the renewal.
SUBSCRIPTIONS = """
INSERT INTO subscription (number, account_id, product_id, anchor, term_months, notice_months,
    billed_through, invoice_email, reference)
SELECT 1000 + a.id, a.id, (SELECT id FROM product WHERE sku = 'AB04'),
    date('2026-01-01', '+' || (a.id * 7919 % 31) || ' days'), 12, 3,
    date('2027-01-01', '+' || (a.id * 7919 % 31) || ' days'),
    a.invoice_email, CASE WHEN a.id % 2 = 0 THEN 'Ref ' || a.id END
FROM account a;
UPDATE counters SET value = 1000 + (SELECT count(*) FROM subscription) WHERE name = 'subscription';
"""
RENEWAL_CLOCK = "2027-02-01T05:00:00Z"


def camt(path, count):
    """Writes a camt.054 of single payments."""
    chance = random.Random(54)
    with open(path, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n'
                   '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">\n<BkToCstmrDbtCdtNtfctn>\n'
                   "<GrpHdr><MsgId>BENCH</MsgId><CreDtTm>2026-03-02T18:00:00+01:00</CreDtTm></GrpHdr>\n"
                   "<Ntfctn>\n<Id>BENCH-1</Id>\n<Acct><Id><IBAN>SE3550000000054910000003</IBAN></Id>"
                   "<Ccy>SEK</Ccy></Acct>\n")
        for number, payer, name, ore in payments(chance, count):
            amount = f"{ore // 100}.{ore % 100:02}"
            file.write(f"""<Ntry>
<NtryRef>{number}</NtryRef>
<Amt Ccy="SEK">{amount}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-03-02</Dt></BookgDt>
<ValDt><Dt>2026-03-02</Dt></ValDt>
<AcctSvcrRef>BG{number:012}</AcctSvcrRef>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls>
<Refs><AcctSvcrRef>{number:012}</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
<Amt Ccy="SEK">{amount}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>{payer}</Id>
<SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></DbtrAcct>
<CdtrAcct><Id><Othr><Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct></RltdPties>
<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>{number}</Ref></CdtrRefInf></Strd></RmtInf>
</TxDtls></NtryDtls>
</Ntry>
""")
        file.write("</Ntfctn>\n</BkToCstmrDbtCdtNtfctn>\n</Document>\n")


def bgmax(path, count):
    """Writes a BgMax file of sections of a thousand payments each."""
    chance = random.Random(80)
    with open(path, "w", encoding="iso-8859-1", newline="") as file:
        def record(text):
            file.write(f"{text:<80}\r\n")
        record("01BGMAX               0120260302173035010331P")
        sections = total = inside = 0
        for number, payer, name, ore in payments(chance, count):
            if inside == 0:
                record("050009912346          SEK")
            record(f"20{payer:0>10}{number:>25}{ore:018}22{number:012}0")
            record(f"26{name[:35]}")
            inside += 1
            total += ore
            if inside == 1_000 or number == count:
                sections += 1
                record(f"15{0:035}20260302{sections:05}{total:018}SEK{inside:08}")
                total = inside = 0
        record(f"70{count:08}{0:08}{0:08}{sections:08}")


def payments(chance, count):
    """Gives number, bankgiro, name and öre of payments that no invoice expects."""
    for number in range(1, count + 1):
        payer = 1_000_000 + chance.randrange(8_999_999)
        name = f"{chance.choice(FIRST)} {chance.choice(TRADE)} i {chance.choice(TOWNS)} AB"
        yield number, payer, name, 10_000 + chance.randrange(1_000_000)
