//! Tokens: what a mail carries so that its reader may choose a password, once.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::secret::Secret;

const BYTES: usize = 32;

/// 256 random bits. They live in memory and in the message alone; the store knows their hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Zeroizing<[u8; BYTES]>);

impl Token {
    pub fn new(random: [u8; BYTES]) -> Token {
        Token(Zeroizing::new(random))
    }

    pub fn bytes(&self) -> &[u8; BYTES] {
        &self.0
    }

    /// Returns the token as it stands in a link: 64 hexadecimal digits.
    pub fn text(&self) -> Secret {
        let digits = b"0123456789abcdef";
        let mut text = String::with_capacity(2 * BYTES);
        for byte in self.0.iter() {
            text.push(char::from(digits[usize::from(byte >> 4)]));
            text.push(char::from(digits[usize::from(byte & 15)]));
        }
        Secret::new(text)
    }

    /// Returns the link that leads to the shop's page for choosing a password.
    pub fn link(&self, web: &str) -> Secret {
        Secret::new(format!("{}{PAGE}{}", web.trim_end_matches('/'), self.text().reveal()))
    }
}

/// What stands between the shop's web address and the token.
pub const PAGE: &str = "/password?token=";

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// The text is no token. It says no more: what was typed may be another secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenError;

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no token of a mail about a password")
    }
}

impl std::error::Error for TokenError {}

/// Reads a token, or the whole link that it ends.
impl FromStr for Token {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<Token, TokenError> {
        let text = text.trim();
        let digits = text.rsplit_once(PAGE).map_or(text, |(_, digits)| digits).as_bytes();
        let mut bytes = Zeroizing::new([0; BYTES]);
        if digits.len() != 2 * BYTES {
            return Err(TokenError);
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let value = |digit: u8| char::from(digit).to_digit(16).ok_or(TokenError);
            *byte = (value(pair[0])? * 16 + value(pair[1])?) as u8;
        }
        Ok(Token(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_from_its_link_and_from_its_digits() {
        let token = Token::new(std::array::from_fn(|index| index as u8 * 7));
        let link = token.link("https://avtal.example/");
        assert!(link.reveal().starts_with("https://avtal.example/password?token=00070e15"));
        for text in [link.reveal(), token.text().reveal(), &token.text().reveal().to_uppercase()] {
            assert_eq!(format!(" {text}\n").parse(), Ok(token.clone()));
        }
        assert_eq!(format!("{token:?}"), "Token");
    }

    #[test]
    fn mangled_tokens_are_none() {
        let whole = Token::new([171; 32]).text();
        let whole = whole.reveal();
        for text in [
            "",
            "abc",
            &whole[1..],
            &format!("{whole}0"),
            &whole.replace('a', "g"),
            &whole.replace('a', "å"),
        ] {
            assert_eq!(text.parse::<Token>(), Err(TokenError), "{text}");
        }
    }
}
