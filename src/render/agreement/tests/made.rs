//! A tagged document as a program makes it, with bookmarks, links and a file within: all of them live on.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point, Rect, Size};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};

use super::tools::told;
use super::{FOOTER, holds, stamp};

/// Returns a PDF/A-3 of two pages, both drawn to their edges.
pub fn made() -> Vec<u8> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_B)
        .finish()
        .expect("one standard agrees with itself");
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let day = DateTime::new(2026).month(3).day(1);
    let metadata = Metadata::new().title("Avtal".to_owned()).language("sv".to_owned());
    document.set_metadata(metadata.creation_date(day));
    let attached = EmbeddedFile {
        path: "bilaga.txt".to_owned(),
        mime_type: MimeType::new("text/plain"),
        description: Some("Bilaga".to_owned()),
        association_kind: AssociationKind::Supplement,
        data: b"Bilaga 1".to_vec().into(),
        modification_date: Some(day),
        compress: None,
        location: None,
    };
    document.embed_file(attached).expect("the only file of its name");

    let mut tree = TagTree::new();
    let rect = |x, y, w, h| Rect::from_xywh(x, y, w, h).expect("a rectangle");
    for _ in 0..2 {
        let size = Size::from_wh(595.0, 842.0).expect("a size");
        let mut page = document.start_page_with(PageSettings::new(size));
        let mut surface = page.surface();
        let mut path = PathBuilder::new();
        path.push_rect(rect(2.0, 2.0, 591.0, 838.0));
        let figure = surface.start_tagged(ContentTag::Other);
        surface.draw_path(&path.finish().expect("a path"));
        surface.end_tagged();
        surface.finish();
        let there = LinkAction::new("https://example.se/villkor".to_owned());
        let link =
            LinkAnnotation::new(rect(10.0, 10.0, 50.0, 20.0), Target::Action(Action::Link(there)));
        let link =
            page.add_tagged_annotation(Annotation::new_link(link, Some("Villkor".to_owned())));
        page.finish();
        let mut figures = TagGroup::new(Tag::Figure(Some("En ruta".to_owned())));
        figures.push(figure);
        tree.push(figures);
        let mut links = TagGroup::new(Tag::Link);
        links.push(link);
        tree.push(links);
    }
    document.set_tag_tree(tree);
    let mut outline = Outline::new();
    for (page, title) in ["Inledning", "Villkor"].into_iter().enumerate() {
        let place = XyzDestination::new(page, Point::from_xy(0.0, 40.0));
        outline.push_child(OutlineNode::new(title.to_owned(), place));
    }
    document.set_outline(outline);
    document.finish().expect("a document")
}

#[test]
fn tags_bookmarks_links_and_attached_files_live_on_and_the_archival_claim_does_not() {
    let original = made();
    let copy = stamp(&original, FOOTER).expect("a copy");
    assert!(holds(&copy, "re W n"), "the pages had to be scaled");
    assert!(holds(&original, "pdfaid:part") && !holds(&copy, "pdfaid:part"));
    assert!(holds(&copy, "https://example.se/villkor"));
    if let Some((words, is_content)) = told("qpdf", &["--check", "FILE"], &copy) {
        assert!(is_content && !words.contains("WARNING"), "{words}");
    }
    for (program, arguments) in [
        ("pdfinfo", &["-struct", "FILE"] as &[&str]),
        ("pdfdetach", &["-list", "FILE"]),
        ("pdfinfo", &["-url", "FILE"]),
    ] {
        let Some((before, _)) = told(program, arguments, &original) else { continue };
        let (after, _) = told(program, arguments, &copy).expect("it was there before");
        assert_eq!(after, before, "{program} {arguments:?}");
        assert!(!before.is_empty());
    }
    if let Some((words, _)) = told("mutool", &["show", "FILE", "outline"], &copy) {
        assert!(words.contains("Inledning") && words.contains("#page=2"), "{words}");
    }
}
