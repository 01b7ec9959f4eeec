//! XML as e-invoices need it: elements in their order, texts escaped, nothing empty, UTF-8.

use crate::domain::e_invoice::is_xml;

/// An XML document in the making, indented by two spaces a level.
pub struct Xml {
    out: String,
    depth: usize,
}

impl Xml {
    /// Returns a document whose root `name` has these attributes and holds what `fill` writes.
    pub fn document(
        name: &str,
        attributes: &[(&str, &str)],
        fill: impl FnOnce(&mut Xml),
    ) -> String {
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        let mut xml = Xml { out: declaration.to_owned(), depth: 0 };
        xml.element(name, attributes, fill);
        xml.out
    }

    /// Writes an element that holds what `fill` writes.
    pub fn within(&mut self, name: &str, fill: impl FnOnce(&mut Xml)) {
        self.element(name, &[], fill);
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], fill: impl FnOnce(&mut Xml)) {
        self.open(name, attributes);
        self.out.push('\n');
        self.depth += 1;
        fill(self);
        self.depth -= 1;
        self.indent();
        self.close(name);
    }

    /// Writes an element with a text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.attributed(name, &[], text);
    }

    /// Writes an element with a text, if there is one.
    pub fn maybe(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    /// Writes an element with attributes and a text.
    pub fn attributed(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.escaped(text);
        self.close(name);
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            self.escaped(value);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// Writes a text; a character that XML cannot hold becomes U+FFFD.
    fn escaped(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                // A bare carriage return would be read as a line feed.
                '\r' => self.out.push_str("&#13;"),
                other if is_xml(other) => self.out.push(other),
                _ => self.out.push('\u{fffd}'),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_are_escaped() {
        let document = Xml::document("a", &[("x", "\"<&")], |xml| {
            xml.text("b", "1 < 2 & 3 > 2\r");
            xml.maybe("c", None);
            xml.within("d", |xml| xml.text("e", "bell\u{7}\u{ffff}å"));
        });
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a x=\"&quot;&lt;&amp;\">\n  \
                        <b>1 &lt; 2 &amp; 3 &gt; 2&#13;</b>\n  <d>\n    <e>bell\u{fffd}\u{fffd}å</e>\n  \
                        </d>\n</a>\n";
        assert_eq!(document, expected);
    }
}
