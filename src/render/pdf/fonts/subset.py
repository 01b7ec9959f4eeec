"""Makes the Latin cut of Source Sans 3. See README.md."""

import copy
import subprocess

from fontTools.ttLib import TTFont

UNICODES = (
    "U+0020-007E,U+00A0-00AC,U+00AE-00FF,U+2013,U+2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+20AC,U+2212"
)

for style in ("Regular", "SemiBold"):
    whole, latin = f"SourceSans3-{style}.ttf", f"InvoiceLatin-{style}.ttf"
    subprocess.check_call([
        "pyftsubset", whole, f"--unicodes={UNICODES}", "--layout-features=kern,liga,ccmp,locl",
        "--no-hinting", "--notdef-outline", "--name-IDs=0,1,2,3,4,5,6,13,14",
        "--name-languages=0x409", "--drop-tables+=BASE,STAT,gasp,GlyphOrder",
        f"--output-file={latin}",
    ])
    font = TTFont(latin, recalcTimestamp=False)

    # The licence reserves the name Source for the font as its makers left it.
    names = {1: "Invoice Latin", 2: style, 6: f"InvoiceLatin-{style}"}
    names[3] = names[4] = f"Invoice Latin {style}"
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(
                names[record.nameID], record.nameID, record.platformID, record.platEncID,
                record.langID,
            )

    # A glyph of its own for the no-break space: where it shares that of the space, every amount is
    # wrapped in a note saying which of the two is meant.
    order = font.getGlyphOrder() + ["uni00A0"]
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    font["glyf"].glyphs["uni00A0"] = copy.deepcopy(font["glyf"]["space"])
    font["hmtx"].metrics["uni00A0"] = font["hmtx"].metrics["space"]
    for table in font["cmap"].tables:
        table.cmap[0xA0] = "uni00A0"
    font.save(latin)
