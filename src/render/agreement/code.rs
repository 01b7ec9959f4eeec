//! The claim on the first page, as a code.

use super::super::code::{Code, QUIET};
use super::super::deflate::deflated;
use super::geometry::Matrix;
use super::look::{Look, MODULE_MIN};
use super::value::{Dict, Id, Value};
use super::writer::{Body, Numbers};

/// The code takes at most this part of a page's height, and of its width, where that leaves it readable.
const PART_OF_HEIGHT_MAX: f64 = 1.0 / 8.0;
const PART_OF_WIDTH_MAX: f64 = 1.0 / 4.0;

/// The code as a drawing of the new file, measured in modules, its light frame included.
pub struct CodeForm {
    pub id: Id,
    pub dict: Dict<'static>,
    data: Vec<u8>,
    modules: f64,
    /// How wide a module is, in points.
    module: f64,
}

impl CodeForm {
    /// Returns the code of a claim for a page of this size, in points: its modules as wide as the look
    /// has them, narrower on a small page. `None` where the claim is too long for any code.
    pub fn of(
        claim: &str,
        (width, height): (f64, f64),
        look: &Look,
        numbers: &mut Numbers,
    ) -> Option<CodeForm> {
        let code = Code::of_capitals(claim)?;
        let modules = code.side() as f64;
        let room = (height * PART_OF_HEIGHT_MAX).min(width * PART_OF_WIDTH_MAX);
        let module = look.module.min((room / modules).max(MODULE_MIN));
        let corners = [0.0, 0.0, modules, modules].map(Value::real);
        let dict = Dict::default()
            .with("Type", Value::name("XObject"))
            .with("Subtype", Value::name("Form"))
            .with("BBox", Value::Array(corners.to_vec()))
            .with("Resources", Value::Dict(Dict::default()))
            .with("Filter", Value::name("FlateDecode"));
        let data = deflated(code.drawing().as_bytes());
        Some(CodeForm { id: numbers.take(), dict, data, modules, module })
    }

    pub fn object(self) -> (Id, Body<'static>) {
        (self.id, Body::stream(self.dict, &self.data))
    }

    /// Returns how long a side is with the light frame, in points.
    pub fn side(&self) -> f64 {
        self.modules * self.module
    }

    /// Returns how long a side is without the frame, in points.
    pub fn dark(&self) -> f64 {
        self.side() - 2.0 * self.frame()
    }

    fn frame(&self) -> f64 {
        QUIET as f64 * self.module
    }

    /// Returns the matrix from modules to points.
    pub fn scale(&self) -> Matrix {
        Matrix([self.module, 0.0, 0.0, self.module, 0.0, 0.0])
    }

    /// Returns the lower left corner of the code and its frame on a page of this width, in points: its dark
    /// part ends where the text's room does and stands on the footer's lower edge, its frame reaches into
    /// the margins but not beyond the page.
    pub fn place(&self, width: f64, look: &Look) -> (f64, f64) {
        let x = (width - look.side + self.frame()).min(width) - self.side();
        (x, (look.edge - self.frame()).max(0.0))
    }
}
