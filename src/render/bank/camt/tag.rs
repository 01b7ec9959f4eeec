//! The elements of camt.054 that say something here.

macro_rules! tags {
    ($($parent:ident)*; $($leaf:ident)*) => {
        /// An element by its name, spelled as there.
        #[allow(clippy::upper_case_acronyms)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Tag {
            $($parent,)*
            $($leaf,)*
            /// Any other, of which nothing is read, nor of what it holds.
            Other,
        }

        impl Tag {
            pub fn of(name: &str) -> Tag {
                match name {
                    $(stringify!($parent) => Tag::$parent,)*
                    $(stringify!($leaf) => Tag::$leaf,)*
                    _ => Tag::Other,
                }
            }

            /// Says whether the element holds text and no others.
            pub fn has_text(self) -> bool {
                matches!(self, $(Tag::$leaf)|*)
            }
        }
    };
}

// `Id` and `Sts` hold other elements in one place or version and text in another.
tags! {
    Document GrpHdr Ntfctn Acct Othr SchmeNm TxsSummry TtlNtries TtlCdtNtries TtlDbtNtries Ntry BookgDt ValDt
    NtryDtls Btch TxDtls Refs AmtDtls TxAmt InstdAmt RltdPties Dbtr Pty OrgId PrvtId DbtrAcct CdtrAcct RmtInf Strd
    CdtrRefInf RfrdDocInf Tp CdOrPrtry RfrdDocAmt;
    Id Sts CreDtTm IBAN Ccy NbOfNtries Sum Amt CdtDbtInd RvslInd Cd Prtry Dt DtTm AcctSvcrRef NbOfTxs TtlAmt
    TxId Nm Ustrd AddtlTxInf Ref Nb RmtdAmt CdtNoteAmt
}
