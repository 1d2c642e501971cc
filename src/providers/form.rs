//! Forms and queries: names and values as `application/x-www-form-urlencoded`.

use super::http::MASK;

/// The media type of a form.
pub(crate) const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// Names and values as one text. All but letters, digits and `-._~` is escaped, so the text is the same in a URL's query.
pub(crate) fn encode(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        if !text.is_empty() {
            text.push('&');
        }
        escape(name, &mut text);
        text.push('=');
        escape(value, &mut text);
    }
    text
}

fn escape(value: &str, text: &mut String) {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default().to_ascii_uppercase();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(byte.into());
        } else {
            text.extend(['%', digit(byte.wrapping_shr(4)), digit(byte & 15)]);
        }
    }
}

/// A form with the given fields masked. What is no field is masked as a whole.
pub(crate) fn masked(form: &str, secret_fields: &[&str]) -> String {
    let masked = |field: &str| match field.split_once('=') {
        Some((name, _)) if !secret_fields.contains(&name) => field.to_string(),
        Some((name, _)) => [name, "=", MASK].concat(),
        None => MASK.into(),
    };
    form.split('&').map(masked).collect::<Vec<String>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_escaped() {
        let fields = [("grant_type", "client_credentials"), ("scope", "api/readwrite"), ("ü", "a b&c=d+%")];
        let text = "grant_type=client_credentials&scope=api%2Freadwrite&%C3%BC=a%20b%26c%3Dd%2B%25";
        assert_eq!(encode(&fields), text);
        assert_eq!(encode(&[]), "");
    }

    #[test]
    fn secret_fields_are_masked() {
        assert_eq!(masked("a=1&b=2&c", &["b"]), "a=1&b=***&***");
    }
}
