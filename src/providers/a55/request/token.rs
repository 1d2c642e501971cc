//! The bearer token.

use crate::error::{Code, Errors, Problems};
use crate::json::object;
use crate::providers::a55::account::Environment;
use crate::providers::form::Encoding;
use crate::providers::http::{Headers, HttpRequest, Secret};
use crate::providers::validate::{graphic, url};

/// What a token is asked for with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRequest {
    /// The client's id.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: Secret,
    /// The scope, such as `api/readwrite`. Only A55's later pages have one.
    pub scope: Option<String>,
    /// Which of A55's hosts; default [`Environment::CoreManager`].
    pub environment: Option<Environment>,
    /// Another address to ask; goes before the environment.
    pub token_url: Option<String>,
}

object!(TokenRequest {
    client_id: required "clientId",
    client_secret: required "clientSecret",
    scope: optional "scope",
    environment: optional "environment",
    token_url: optional "tokenUrl",
});

/// Builds the request for a bearer token, which goes with every other request as `Authorization: Bearer …`: OAuth 2.0 client
/// credentials as a form.
///
/// Sources: form and answer, three of A55's pages. Where to ask is contradicted: the older pages name one address, the later
/// ones another for each environment, and one page a fourth (`a55-auth.auth.us-east-1.amazoncognito.com`), which `token_url`
/// takes.
///
/// # Errors
/// `invalid_string` for an empty id, secret or scope, and for an address that is not `https`.
pub fn token_request(input: &TokenRequest) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    graphic(&input.client_id, "/clientId", &mut problems);
    graphic(input.client_secret.expose(), "/clientSecret", &mut problems);
    if let Some(scope) = &input.scope {
        graphic(scope, "/scope", &mut problems);
    }
    url(input.token_url.as_deref(), true, "/tokenUrl", &mut problems);
    // RFC 6749, 3.2: it may have a query, and no fragment. `fetch` refuses one with a user.
    if input.token_url.as_ref().is_some_and(|url| url.contains(['#', '@', '\\'])) {
        problems.push(Code::InvalidString, "/tokenUrl", "expected an address without a fragment and a user");
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
