"""The floors that are programs of their own: run as `python floors.py NAME ARGUMENTS`.

    renew BEFORE AFTER        write into the store BEFORE what renewal wrote into its copy AFTER
    page FONTS PAGES          set a page by Typst that many times; print milliseconds of CPU a page
    page-cold FONTS           set it once
    agreement FONTS FOLDER    set the agreement and the stamp that licence copies are measured with
    smtp PORT FOLDER          send every .eml of a folder over one connection
    argon2 RUNS               check a password by the reference implementation; print milliseconds of CPU each
    sink                      take mails at a free port, which is printed, until stdin closes
    expat FILE                read an XML document by expat, an entry at a time, and count the entries
    lines FILE                read a file of records line by line, decode and cut each, and count the payments
"""

import os
import socket
import sqlite3
import statistics
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "page.typ")
STANDARDS = ["a-3a", "ua-1"]

# How many renewals are read ahead, outside the time taken.
CHUNK = 2000


def renew(before, after):
    """Writes row by row, in one transaction, in the order in which shopctl does; prints CPU seconds.

    Only the writing is timed, commit and closing included: the rows are at hand, as large as they
    were, and so are their hashes.
    """
    source = sqlite3.connect(f"file:{after}?mode=ro", uri=True)
    target = sqlite3.connect(before, isolation_level=None)
    target.execute("PRAGMA foreign_keys = ON")
    target.execute("PRAGMA synchronous = FULL")

    def columns(table):
        return [row[1] for row in source.execute(f"PRAGMA table_info({table})")]

    def insert(table):
        names = columns(table)
        return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"

    def rows(table, key, known):
        """Reads the rows of a table that are new, by their key, a thousand at a time."""
        names = ", ".join(f"t.{name}" for name in columns(table))
        return source.execute(f"SELECT {names} FROM {table} t WHERE t.{key} > ? ORDER BY t.{key}", [known])

    def newest(table, key):
        return target.execute(f"SELECT coalesce(max({key}), 0) FROM {table}").fetchone()[0]

    last_invoice, last_seq = newest("invoice", "id"), newest("event", "seq")
    last_mail, last_operation = newest("outbox", "id"), newest("operation", "id")
    invoices = rows("invoice", "id", last_invoice)
    lines = rows("invoice_line", "invoice_id", last_invoice)
    terms = source.execute(
        "SELECT t.subscription_id, t.start_on, t.end_on, t.invoice_id, i.number FROM invoice i"
        " JOIN invoice_line l ON l.invoice_id = i.id"
        " JOIN term t ON t.subscription_id = l.subscription_id AND t.start_on = l.period_start"
        " WHERE i.id > ? ORDER BY i.id", [last_invoice])
    mails = rows("outbox", "id", last_mail)
    events = rows("event", "seq", last_seq)
    payloads = rows("event_payload", "seq", last_seq)
    operations = rows("operation", "id", last_operation).fetchall()
    first_event, first_payload = events.fetchone(), payloads.fetchone()
    into = {table: insert(table) for table in
            ["operation", "invoice", "invoice_line", "term", "outbox", "event", "event_payload"]}

    spent = 0.0
    execute = target.execute
    started = time.process_time()
    execute("BEGIN IMMEDIATE")
    execute(into["operation"], operations[0])
    execute(into["event"], first_event)
    execute(into["event_payload"], first_payload)
    spent += time.process_time() - started
    while chunk := invoices.fetchmany(CHUNK):
        count = len(chunk)
        chunk = list(zip(chunk, lines.fetchmany(count), terms.fetchmany(count), mails.fetchmany(count)))
        trail = list(zip(events.fetchmany(3 * count), payloads.fetchmany(3 * count)))
        started = time.process_time()
        at = 0
        for invoice, line, term, mail in chunk:
            subscription, start, end, invoice_id, number = term
            execute("UPDATE subscription SET billed_through = ?, failures = 0, failure = NULL"
                    " WHERE id = ? AND billed_through = ?", (end, subscription, start))
            execute("UPDATE counters SET value = ? WHERE name = 'invoice'", (number,))
            execute(into["invoice"], invoice)
            execute(into["invoice_line"], line)
            execute(into["event"], trail[at][0])
            execute(into["event_payload"], trail[at][1])
            execute(into["term"], (subscription, start, end, invoice_id))
            execute(into["event"], trail[at + 1][0])
            execute(into["event_payload"], trail[at + 1][1])
            execute(into["outbox"], mail)
            execute(into["event"], trail[at + 2][0])
            execute(into["event_payload"], trail[at + 2][1])
            at += 3
        spent += time.process_time() - started
    # What is recorded of the run as a whole.
    rest = list(zip(events, payloads))
    started = time.process_time()
    for event, payload in rest:
        execute(into["event"], event)
        execute(into["event_payload"], payload)
    execute("COMMIT")
    target.close()
    print(spent + time.process_time() - started)


def facts(number):
    """Returns what differs from page to page."""
    return {
        "number": str(number), "name": f"Södra Takläggarna i Umeå {number} AB", "org-number": "556036-0793",
        "street": f"Östra Ringvägen {number % 100}", "postal-code": "123 45", "city": "Umeå",
        "subscription": str(number), "ocr": f"{number}63",
    }


def page(fonts, count):
    import typst

    compiler = typst.Compiler(PAGE, font_paths=[fonts])
    for number in range(1000, 1020):
        compiler.compile(format="pdf", sys_inputs=facts(number), pdf_standards=STANDARDS)
    started = time.process_time()
    for number in range(2000, 2000 + int(count)):
        compiler.compile(format="pdf", sys_inputs=facts(number), pdf_standards=STANDARDS)
    print(1000 * (time.process_time() - started) / int(count))


def page_cold(fonts):
    import typst

    typst.compile(PAGE, font_paths=[fonts], sys_inputs=facts(1001), pdf_standards=STANDARDS)


def agreement(fonts, folder):
    import typst

    for name in ["agreement", "stamp"]:
        typst.compile(os.path.join(HERE, f"{name}.typ"), output=os.path.join(folder, f"{name}.pdf"),
                      font_paths=[fonts])


def smtp(port, folder):
    import smtplib

    names = sorted(name for name in os.listdir(folder) if name.endswith(".eml"))
    with smtplib.SMTP("127.0.0.1", int(port)) as server:
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                message = file.read()
            server.sendmail("kontoret@forening.example", ["faktura@kund.example"], message)


def sink():
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    threading.Thread(target=accept, args=[listener], daemon=True).start()
    sys.stdin.read()


def accept(listener):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=converse, args=[connection], daemon=True).start()


def converse(connection):
    """Says yes to everything; keeps nothing."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(b"220 sink.example ESMTP\r\n")
    buffer = b""
    while True:
        while b"\r\n" not in buffer:
            piece = connection.recv(1 << 16)
            if not piece:
                return
            buffer += piece
        command, buffer = buffer.split(b"\r\n", 1)
        verb = command[:4].upper()
        if verb == b"EHLO":
            connection.sendall(b"250-sink.example\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n")
        elif verb == b"DATA":
            connection.sendall(b"354 go on\r\n")
            while not buffer.endswith(b"\r\n.\r\n"):
                piece = connection.recv(1 << 20)
                if not piece:
                    return
                buffer += piece
            buffer = b""
            connection.sendall(b"250 taken\r\n")
        elif verb == b"QUIT":
            connection.sendall(b"221 bye\r\n")
            connection.close()
            return
        else:
            connection.sendall(b"250 yes\r\n")


def expat(path):
    from xml.etree.ElementTree import iterparse
    count = 0
    for _, element in iterparse(path):
        if element.tag.endswith("}Ntry"):
            count += 1
            element.clear()
        elif element.tag.endswith("}Ntfctn"):
            element.clear()
    print(count)


def lines(path):
    count = total = 0
    with open(path, encoding="iso-8859-1", newline="") as file:
        for line in file:
            if line[:2] == "20":
                count += 1
                total += int(line[37:55])
                _ = line[2:12], line[12:37].strip(), line[57:69]
    print(count, total)


def argon2(runs):
    """Verifies a password at the cost that shopctl begins with."""
    from argon2 import PasswordHasher
    hasher = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
    kept = hasher.hash("lyktstolpe hallon sextant")
    times = []
    for _ in range(int(runs)):
        started = time.process_time()
        hasher.verify(kept, "lyktstolpe hallon sextant")
        times.append(time.process_time() - started)
    print(1000 * statistics.median(times))


if __name__ == "__main__":
    programs = {"renew": renew, "page": page, "page-cold": page_cold, "agreement": agreement, "smtp": smtp, "sink": sink,
                "expat": expat, "lines": lines, "argon2": argon2}
    programs[sys.argv[1]](*sys.argv[2:])
