//! The bearer token.

use crate::error::{Code, Errors, Problems};
use crate::json::object;
use crate::providers::a55::account::Environment;
use crate::providers::form::Encoding;
use crate::providers::http::{Headers, HttpRequest, Secret};
use crate::providers::validate::{graphic, url};

/// The input of a token request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRequest {
    /// The client's id.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: Secret,
    /// The scope, such as `api/readwrite`. Only A55's later pages mention one.
    pub scope: Option<String>,
    /// The host; default [`Environment::CoreManager`].
    pub environment: Option<Environment>,
    /// Another URL, which replaces the environment's.
    pub token_url: Option<String>,
}

object!(TokenRequest {
    client_id: required "clientId",
    client_secret: required "clientSecret",
    scope: optional "scope",
    environment: optional "environment",
    token_url: optional "tokenUrl",
});

/// Builds the request for a bearer token: OAuth 2.0 client credentials as a form. Every other request needs the token
/// as `Authorization: Bearer …`.
///
/// Sources: three of A55's pages for form and response. They contradict each other on the URL: the older pages name
/// one, the later ones another for each environment, and one page a fourth
/// (`a55-auth.auth.us-east-1.amazoncognito.com`), which you can set as `token_url`.
///
/// # Errors
/// `invalid_string` for an empty id, secret or scope, and for a URL that is not `https`.
pub fn token_request(input: &TokenRequest) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    graphic(&input.client_id, "/clientId", &mut problems);
    graphic(input.client_secret.expose(), "/clientSecret", &mut problems);
    if let Some(scope) = &input.scope {
        graphic(scope, "/scope", &mut problems);
    }
    url(input.token_url.as_deref(), true, "/tokenUrl", &mut problems);
    // RFC 6749, 3.2: the URL may have a query, and no fragment. `fetch` rejects a URL with a user.
    if input.token_url.as_ref().is_some_and(|url| url.contains(['#', '@', '\\'])) {
        problems.push(Code::InvalidString, "/tokenUrl", "expected a URL without a fragment and a user");
    }
    problems.finish(Some(()))?;
    let mut fields = vec![
        ("grant_type", "client_credentials"),
        ("client_id", input.client_id.as_str()),
        ("client_secret", input.client_secret.expose()),
    ];
    fields.extend(input.scope.as_deref().map(|scope| ("scope", scope)));
    let url = input.token_url.as_deref().unwrap_or_else(|| input.environment.unwrap_or_default().token_url());
    Ok(HttpRequest::post_form(url.into(), Headers::default(), Encoding::Urlencoded, &fields))
}
