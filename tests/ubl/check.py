#!/usr/bin/env python3
"""Runs the schema of UBL 2.1 and the rules of EN 16931 and of Peppol over e-invoices.

    tests/ubl/check.py RULES FOLDER

None of the *.xml in FOLDER may break a rule, not even one that only warns. Then some of them are spoilt
in several ways, and each way must be found: a checker that cannot fail proves nothing. Exits 1 where
either does not hold.

RULES is a folder with `ubl-2.1-xsd` and `peppol-rules` in it: the schemas of OASIS, and the rules as
compiled XSLT 2. Needs lxml and saxonche; tests/ubl/run brings both.
"""

import re
import sys
import tempfile
from pathlib import Path

from lxml import etree
from saxonche import PySaxonProcessor

FAILED = re.compile(r'<svrl:failed-assert\b([^>]*)>', re.S)
ATTRIBUTE = re.compile(r'\b(id|flag)="([^"]*)"')
STYLESHEETS = ("CEN-EN16931-UBL.xslt", "PEPPOL-EN16931-UBL.xslt")
ROOTS = {
    "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice": "Invoice",
    "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote": "CreditNote",
}

# What is spoilt, and the rule that must find it.
SPOILS = [
    (r"<cbc:BuyerReference>[^<]*</cbc:BuyerReference>", "", "PEPPOL-EN16931-R003"),
    (r'(<cbc:EndpointID schemeID="0007">\d{9})\d', r"\1x", "PEPPOL-COMMON-R049"),
    (r"Godkänd för F-skatt", "F-skatt", "SE-R-005"),
    (r"<cbc:PayableAmount([^>]*)>[^<]*<", r"<cbc:PayableAmount\1>1.00<", "BR-CO-16"),
    (r"<cbc:Percent>25<", "<cbc:Percent>24<", "SE-R-006"),
    (r"<cbc:PaymentMeansCode>30<", "<cbc:PaymentMeansCode>31<", "SE-R-012"),
    (r"<cbc:IssueDate>([^<]*)<", r"<cbc:IssueDate>igår<", "XSD"),
]


class Rules:
    """The schemas and the compiled stylesheets, made ready once for all files."""

    def __init__(self, folder, saxon):
        schemas = folder / "ubl-2.1-xsd" / "maindoc"
        self.schemas = {
            kind: etree.XMLSchema(etree.parse(str(schemas / f"UBL-{kind}-2.1.xsd")))
            for kind in ROOTS.values()
        }
        compiler = saxon.new_xslt30_processor()
        self.sheets = [
            compiler.compile_stylesheet(stylesheet_file=str(folder / "peppol-rules" / name))
            for name in STYLESHEETS
        ]
        self.saxon = saxon

    def broken_by(self, path):
        """Returns the rules that a file breaks, each with its flag."""
        document = etree.parse(str(path), etree.XMLParser(resolve_entities=False))
        kind = ROOTS.get(document.getroot().tag)
        if kind is None:
            return [("root", "fatal")]
        schema = self.schemas[kind]
        if not schema.validate(document):
            return [("XSD", str(schema.error_log.last_error.message))]
        broken = []
        node = self.saxon.parse_xml(xml_file_name=str(path))
        for sheet in self.sheets:
            report = sheet.transform_to_string(xdm_node=node)
            for attributes in FAILED.findall(report):
                found = dict(ATTRIBUTE.findall(attributes))
                broken.append((found.get("id", "?"), found.get("flag", "?")))
        return broken


def check(rules, folder):
    files = sorted(folder.glob("*.xml"))
    faulty = 0
    for path in files:
        broken = rules.broken_by(path)
        if broken:
            faulty += 1
            print(f"{path.name}: " + ", ".join(f"{rule} ({flag})" for rule, flag in broken))
    print(f"{len(files)} e-invoices, {faulty} of them break rules")
    return bool(files) and not faulty


def spoil(rules, folder):
    """Spoils, in each way, the first e-invoice that can be spoilt so."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.xml"))]
    unfound = 0
    with tempfile.TemporaryDirectory() as scratch:
        spoilt = Path(scratch) / "spoilt.xml"
        for pattern, by, rule in SPOILS:
            whole = next((text for text in texts if re.search(pattern, text)), "")
            spoilt.write_text(re.sub(pattern, by, whole) or "<nothing/>", encoding="utf-8")
            found = {name for name, _ in rules.broken_by(spoilt)}
            if rule not in found:
                unfound += 1
                print(f"with {pattern} spoilt, {rule} was not found, but {sorted(found)}")
    print(f"{len(SPOILS)} ways to spoil an e-invoice, {unfound} of them not found")
    return not unfound


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    data, folder = map(Path, arguments)
    with PySaxonProcessor(license=False) as saxon:
        rules = Rules(data, saxon)
        holds = check(rules, folder)
        sys.exit(0 if spoil(rules, folder) and holds else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
