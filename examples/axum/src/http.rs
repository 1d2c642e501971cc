//! The service over HTTP, by axum.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{FromRequestParts, Path, State},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use billing_rules::Date;
use serde::Serialize;
use serde_json::{Map, Value, json};
use tokio::task::spawn_blocking;

use crate::{
    day::Days,
    service::{NOTHING, Refusal, Service},
    store::Id,
};

type Host = State<(Arc<Service>, Arc<Days>)>;

pub fn router(service: Arc<Service>, days: Arc<Days>) -> Router {
    Router::new()
        .route("/subscriptions", post(sign_up))
        .route("/subscriptions/{id}", get(show))
        .route("/subscriptions/{id}/action", get(action))
        .route("/subscriptions/{id}/payments", get(payments))
        .route("/subscriptions/{id}/attempts", post(attempt))
        .route("/subscriptions/{id}/events", post(report))
        .fallback(async || NOTHING)
        .method_not_allowed_fallback(async || Refusal::Because(405, "not by this method"))
        .with_state((service, days))
}

async fn sign_up(host: Host, headers: HeaderMap, body: Bytes) -> Response {
    answer(StatusCode::CREATED, host, headers, move |service, today| service.sign_up(today, object(&body))).await
}

async fn show(host: Host, id: Id, headers: HeaderMap) -> Response {
    answer(StatusCode::OK, host, headers, move |service, _| service.show(&id)).await
}

async fn action(host: Host, id: Id, headers: HeaderMap) -> Response {
    answer(StatusCode::OK, host, headers, move |service, today| service.action(today, &id)).await
}

async fn payments(host: Host, id: Id, headers: HeaderMap) -> Response {
    answer(StatusCode::OK, host, headers, move |service, _| service.payments(&id)).await
}

async fn attempt(host: Host, id: Id, headers: HeaderMap) -> Response {
    answer(StatusCode::CREATED, host, headers, move |service, today| service.attempt(today, &id)).await
}

async fn report(host: Host, id: Id, headers: HeaderMap, body: Bytes) -> Response {
    answer(StatusCode::OK, host, headers, move |service, today| service.report(today, &id, object(&body))).await
}

/// An id as it stands in the path, with nothing escaped in it.
impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Path(id) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| NOTHING)?;
        let escaped = parts.uri.path().contains('%');
        Id::new(&id).filter(|_| !escaped).ok_or(NOTHING)
    }
}

/// The body as a JSON object. (Of what is hardly JSON, such as a number beyond all range or half a character, JavaScript
/// reads a little more.)
fn object(body: &Bytes) -> Option<Map<String, Value>> {
    serde_json::from_str(&String::from_utf8_lossy(body)).ok()
}

/// Files are waited for apart from those who serve.
async fn answer<T: Serialize + Send + 'static>(
    status: StatusCode,
    State((service, days)): Host,
    headers: HeaderMap,
    run: impl FnOnce(&Service, Date) -> Result<T, Refusal> + Send + 'static,
) -> Response {
    let answer = spawn_blocking(move || run(&service, days.today(&headers).map_err(Refusal::Fault)?));
    match answer.await.unwrap_or_else(|error| Err(Refusal::Fault(error.into()))) {
        Ok(value) => json(status, &value),
        Err(refusal) => refusal.into_response(),
    }
}

fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => (status, [(CONTENT_TYPE, "application/json")], text).into_response(),
        Err(error) => Refusal::Fault(error.into()).into_response(),
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Because(status, error) => {
                json(StatusCode::from_u16(status).unwrap_or_default(), &json!({ "error": error }))
            }
            Self::Rules(prefix, errors) => {
                let problem = |error: &billing_rules::Error| {
                    let path = format!("{prefix}{}", error.path());
                    json!({ "code": error.code().as_str(), "path": path, "message": error.message() })
                };
                let errors: Vec<Value> = errors.iter().map(problem).collect();
                json(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "errors": errors }))
            }
            Self::Changed(preview) => {
                let error = "something has changed since it was shown";
                json(StatusCode::CONFLICT, &json!({ "error": error, "preview": preview }))
            }
            Self::Instead(action) => json(StatusCode::CONFLICT, &action),
            Self::Fault(fault) => {
                eprintln!("{fault:#}");
                json(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "error": "a fault of the service" }))
            }
        }
    }
}
