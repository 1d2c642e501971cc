//! 3-D Secure: the browser data that A55 requests, and an authentication made elsewhere.

use crate::digits::digits;
use crate::error::{Code, Problems};
use crate::json::{Node, Object, Shape, Value, Writer, object, serde_by_shape};
use crate::providers::http::Secret;
use crate::providers::validate::{graphic, text};

/// The cardholder's browser, for 3-D Secure.
///
/// Source: A55's client code and API reference. All fields are strings except the two booleans, and none is said to be
/// required.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceInfo {
    /// The id from A55's device script.
    pub device_id: Option<String>,
    /// The IP address.
    pub ip_address: Option<String>,
    /// The session of the device script. A55's client code sends an empty string if there is none.
    pub session_id: Option<String>,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
    /// The `Accept` header of the page.
    pub accept_content: Option<String>,
    /// The language, such as `pt-BR`.
    pub language: Option<String>,
    /// Whether Java is on.
    pub java_enabled: Option<bool>,
    /// Whether JavaScript is on.
    pub javascript_enabled: Option<bool>,
    /// The colour depth, in bits.
    pub color_depth: Option<u32>,
    /// The height of the screen, in pixels.
    pub screen_height: Option<u32>,
    /// The width of the screen, in pixels.
    pub screen_width: Option<u32>,
    /// The minutes from local time to UTC, as JavaScript's `getTimezoneOffset` returns them: 180 in São Paulo.
    pub time_difference: Option<TimeDifference>,
    /// The `Accept` header of the browser.
    pub accept_browser_value: Option<String>,
}

object!(DeviceInfo {
    device_id: optional "deviceId",
    ip_address: optional "ipAddress",
    session_id: optional "sessionId",
    user_agent: optional "userAgent",
    accept_content: optional "acceptContent",
    language: optional "language",
    java_enabled: optional "javaEnabled",
    javascript_enabled: optional "javascriptEnabled",
    color_depth: optional "colorDepth",
    screen_height: optional "screenHeight",
    screen_width: optional "screenWidth",
    time_difference: optional "timeDifference",
    accept_browser_value: optional "acceptBrowserValue",
});

/// Minutes from local time to UTC: -840 to 840.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeDifference(pub i16);

impl Shape for TimeDifference {
    fn read(node: &Node<'_>) -> Self {
        Self(node.integer(-840, 840).try_into().unwrap_or_default())
    }

    fn write(&self, to: &mut Writer) {
        to.integer(self.0.into());
    }
}

serde_by_shape!(TimeDifference);

impl DeviceInfo {
    pub(crate) fn check(&self, problems: &mut Problems) {
        for (value, field) in [
            (&self.device_id, "deviceId"),
            (&self.ip_address, "ipAddress"),
            (&self.user_agent, "userAgent"),
            (&self.accept_content, "acceptContent"),
            (&self.language, "language"),
            (&self.accept_browser_value, "acceptBrowserValue"),
        ] {
            if let Some(value) = value {
                text(value, &["/deviceInfo/", field].concat(), problems);
            }
        }
        let digits = |address: &String| address.bytes().all(|byte| byte.is_ascii_hexdigit() || b".:".contains(&byte));
        if self.ip_address.as_ref().is_some_and(|address| !digits(address)) {
            problems.push(Code::InvalidString, "/deviceInfo/ipAddress", "expected an IP address");
        }
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = Object::default();
        let number = |number: &Option<u32>| number.map(digits);
        body.optional("device_id", &self.device_id);
        body.optional("ip_address", &self.ip_address);
        body.optional("session_id", &self.session_id);
        body.optional("user_agent", &self.user_agent);
        body.optional("http_accept_content", &self.accept_content);
        body.optional("http_browser_language", &self.language);
        body.optional("http_browser_java_enabled", &self.java_enabled);
        body.optional("http_browser_javascript_enabled", &self.javascript_enabled);
        body.optional("http_browser_color_depth", &number(&self.color_depth));
        body.optional("http_browser_screen_height", &number(&self.screen_height));
        body.optional("http_browser_screen_width", &number(&self.screen_width));
        body.optional("http_browser_time_difference", &self.time_difference.map(|minutes| digits(minutes.0)));
        body.optional("http_accept_browser_value", &self.accept_browser_value);
        body.finish()
    }
}

/// The result of a 3-D Secure authentication made elsewhere.
///
/// Source: A55's API reference, which names the fields only: formats and required fields are not documented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreedsExternal {
    /// The electronic commerce indicator, such as `05`.
    pub eci: String,
    /// The authentication value.
    pub cavv: Secret,
    /// The transaction id. A blank one is omitted.
    pub xid: Option<String>,
    /// The version of the protocol, such as `2.2.0`.
    pub version: Option<String>,
}

object!(ThreedsExternal {
    eci: required "eci",
    cavv: required "cavv",
    xid: optional "xid",
    version: optional "version",
});

impl ThreedsExternal {
    pub(crate) fn check(&self, problems: &mut Problems) {
        for (value, field) in [
            (Some(self.eci.as_str()), "eci"),
            (Some(self.cavv.expose()), "cavv"),
            (self.xid(), "xid"),
            (self.version.as_deref(), "version"),
        ] {
            if let Some(value) = value {
                graphic(value, &["/threedsExternal/", field].concat(), problems);
            }
        }
    }

    /// Returns the transaction id; `None` if it is blank, as in A55's own sample of a network token.
    fn xid(&self) -> Option<&str> {
        self.xid.as_deref().filter(|xid| !xid.trim().is_empty())
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = Object::default();
        body.required("eci", &self.eci);
        body.required("cavv", &self.cavv);
        body.optional("xid", &self.xid().map(String::from));
        body.optional("version", &self.version);
        body.finish()
    }
}
