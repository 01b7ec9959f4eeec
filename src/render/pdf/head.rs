//! The emblem at the head of a first page: the seller's logo, or the shop's name in its stead.

use krilla::color::rgb;
use krilla::geom::Rect;
use krilla::image::Image;
use krilla::tagging::{BBox, Tag};

use super::fonts::{Measure, Style, Typesetter, Weight};
use super::invoice::LEFT;
use super::page::{Composition, Mark, mm};

/// The upper edge of what stands at the head of a page.
pub const HEAD_TOP: f32 = mm(17.0);
const LOGO_WIDTH_MAX: f32 = mm(80.0);
const LOGO_HEIGHT_MAX: f32 = mm(20.0);

/// Places the logo, or the shop's name in a column of this width; returns its lower edge.
pub fn emblem(
    out: &mut Composition,
    typesetter: &mut Typesetter,
    shop_name: &str,
    ink: rgb::Color,
    logo: Option<Image>,
    width: f32,
) -> f32 {
    match logo {
        Some(image) => {
            let (columns, rows) = image.size();
            let (columns, rows) = (columns as f32, rows as f32);
            let scale = (LOGO_WIDTH_MAX / columns).min(LOGO_HEIGHT_MAX / rows);
            let (width, height) = (columns * scale, rows * scale);
            let bounds = Rect::from_xywh(LEFT, HEAD_TOP, width, height);
            let tag = Tag::Figure(Some(shop_name.to_owned()))
                .with_bbox(bounds.map(|bounds| BBox::new(0, bounds)));
            out.within(tag, |group| {
                let role = group.leaf();
                group.place(LEFT, HEAD_TOP, Mark::Picture { image, width, height }, role);
            });
            HEAD_TOP + height
        }
        None => {
            let style = Style { size: 17.0, leading: 21.0, weight: Weight::SemiBold, ink };
            let name = typesetter.set(shop_name, style, Measure::Column(width));
            let top = HEAD_TOP - 4.0;
            top + out.within(Tag::P, |group| group.text(LEFT, top, name))
        }
    }
}
