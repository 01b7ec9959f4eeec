//! Files made by hand for the tests.

pub use super::super::super::deflate::deflated;

/// A page of a sample: what its dictionary says, and how it is drawn.
#[derive(Clone)]
pub struct SamplePage {
    pub attributes: String,
    pub content: String,
}

/// Returns a page whose text begins in the upper left corner as shown, far from the edges.
pub fn page(attributes: &str, content: &str) -> SamplePage {
    SamplePage { attributes: attributes.into(), content: content.into() }
}

pub const A4: &str = "/MediaBox [0 0 595.276 841.89]";

/// Returns how a text is drawn with its baseline beginning at a point.
pub fn text(x: f64, y: f64, text: &str) -> String {
    format!("BT /F1 12 Tf {x} {y} Td ({text}) Tj ET\n")
}

/// Returns the objects of a document with these pages, numbered from 1: catalogue, list of pages, font,
/// then each page and its drawing.
pub fn objects(pages: &[SamplePage], catalogue: &str) -> Vec<Vec<u8>> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let mut objects = vec![
        format!("<</Type /Catalog /Pages 2 0 R {catalogue}>>").into_bytes(),
        format!(
            "<</Type /Pages /Kids [{kids}] /Count {} /Resources <</Font <</F1 3 0 R>>>>>>",
            pages.len()
        )
        .into_bytes(),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>".to_vec(),
    ];
    for (position, page) in pages.iter().enumerate() {
        let drawing = 5 + 2 * position;
        let attributes = &page.attributes;
        objects.push(
            format!("<</Type /Page /Parent 2 0 R {attributes} /Contents {drawing} 0 R>>")
                .into_bytes(),
        );
        objects.push(stream("", page.content.as_bytes()));
    }
    objects
}

pub fn stream(attributes: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{attributes} /Length {}>>\nstream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

/// Returns a file of objects numbered from 1, the first being the catalogue, with a table of them.
pub fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    file_with(objects, "")
}

pub fn file_with(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut lines = String::new();
    for (position, object) in objects.iter().enumerate() {
        lines += &format!("{:010} 00000 n \n", out.len());
        out.extend(format!("{} 0 obj\n", position + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let (table, size) = (out.len(), objects.len() + 1);
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{lines}").bytes());
    out.extend(format!("trailer\n<</Size {size} /Root 1 0 R {trailer}>>\n").bytes());
    out.extend(format!("startxref\n{table}\n%%EOF\n").bytes());
    out
}

/// Returns a document as a file with a table.
pub fn document(pages: &[SamplePage]) -> Vec<u8> {
    file(&objects(pages, ""))
}

/// Returns a file whose objects are packed where they can be, listed by a stream with predictors.
pub fn packed(objects: &[Vec<u8>]) -> Vec<u8> {
    let is_stream = |object: &[u8]| object.ends_with(b"endstream");
    let mut out = b"%PDF-1.7\n".to_vec();
    let (pack, list) = (objects.len() + 1, objects.len() + 2);
    let (mut heads, mut bodies) = (String::new(), Vec::new());
    let mut rows = vec![[0_u8, 0, 0, 0, 0, 0]];
    let mut count = 0;
    for (position, object) in objects.iter().enumerate() {
        if is_stream(object) {
            rows.push(row(1, out.len(), 0));
            out.extend(format!("{} 0 obj\n", position + 1).bytes());
            out.extend(object);
            out.extend(b"\nendobj\n");
        } else {
            heads += &format!("{} {} ", position + 1, bodies.len());
            bodies.extend(object);
            bodies.push(b'\n');
            rows.push(row(2, pack, count));
            count += 1;
        }
    }
    let first = heads.len();
    let mut whole = heads.into_bytes();
    whole.extend(bodies);
    rows.push(row(1, out.len(), 0));
    let attributes = format!("/Type /ObjStm /N {count} /First {first} /Filter /FlateDecode");
    out.extend(format!("{pack} 0 obj\n").bytes());
    out.extend(stream(&attributes, &deflated(&whole)));
    out.extend(b"\nendobj\n");

    let table = out.len();
    rows.push(row(1, table, 0));
    let mut above = [0_u8; 6];
    let mut predicted = Vec::new();
    for row in &rows {
        predicted.push(2);
        predicted.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = *row;
    }
    let attributes = format!(
        "/Type /XRef /Size {} /W [1 4 1] /Root 1 0 R /Filter /FlateDecode \
         /DecodeParms <</Predictor 12 /Columns 6>>",
        rows.len()
    );
    out.extend(format!("{list} 0 obj\n").bytes());
    out.extend(stream(&attributes, &deflated(&predicted)));
    out.extend(format!("\nendobj\nstartxref\n{table}\n%%EOF\n").bytes());
    out
}

fn row(kind: u8, second: usize, third: usize) -> [u8; 6] {
    let [a, b, c, d] = (second as u32).to_be_bytes();
    [kind, a, b, c, d, third as u8]
}

/// Returns pages of every kind the shop may meet: upright, on its side, turned each way, cropped away from
/// its corner, small, of another unit, drawn to its edges, begun in white, left with states unrestored.
pub fn every_kind() -> Vec<SamplePage> {
    let body = |name: &str| {
        text(72.0, 720.0, &format!("{name} page")) + &text(72.0, 100.0, "its last line")
    };
    let wide = text(72.0, 500.0, "landscape page") + &text(72.0, 60.0, "its last line");
    let crop = "/MediaBox [-50 -50 700 950] /CropBox [20 30 620 880]";
    let edges =
        text(10.0, 831.0, "drawn to its upper edge") + &text(10.0, 4.0, "and to its lower one");
    // Turned pages are drawn so that they are upright when shown.
    let quarter =
        "q 0 1 -1 0 595.276 0 cm ".to_owned() + &text(60.0, 500.0, "turned by 90") + "Q\n";
    let three = "q 0 -1 1 0 0 841.89 cm ".to_owned() + &text(60.0, 500.0, "turned by 270") + "Q\n";
    let half =
        "q -1 0 0 -1 595.276 841.89 cm ".to_owned() + &text(60.0, 700.0, "turned by 180") + "Q\n";
    let white = "1 1 1 rg 0 0 595.276 841.89 re f 0 g\n".to_owned() + &body("white");
    let scan =
        "q 595.276 0 0 841.89 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \u{40}\u{60}\u{50}\u{70} EI Q\n";
    vec![
        page(A4, &body("upright")),
        page("/MediaBox [0 0 841.89 595.276]", &wide),
        page(&format!("{A4} /Rotate 90"), &quarter),
        page(&format!("{A4} /Rotate 180"), &half),
        page(&format!("{A4} /Rotate -90"), &three),
        page(
            crop,
            &(text(60.0, 800.0, "cropped page") + &text(60.0, -20.0, "beyond what is shown")),
        ),
        page("/MediaBox [0 0 297.638 420.945] /UserUnit 2", &text(40.0, 350.0, "of a double unit")),
        page("/MediaBox [0 0 297.638 419.528]", &text(40.0, 350.0, "small page")),
        page(A4, &edges),
        page(A4, &white),
        page(A4, scan),
        page(A4, &("q q 2 0 0 2 0 0 cm ".to_owned() + &text(36.0, 360.0, "unrestored page"))),
        page(A4, &("Q Q ".to_owned() + &text(10.0, 835.0, "unsaved page"))),
        page(A4, ""),
    ]
}
