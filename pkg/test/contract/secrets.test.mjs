// No error tells a secret: not when the secret itself is refused, nor when something beside it is.
import assert from "node:assert/strict";
import test from "node:test";
import { outcome } from "./call.mjs";
import { kinds } from "./odd.mjs";
import { placesIn, put } from "./places.mjs";
import { answered } from "./vectors.mjs";

/** The fields that are secret, or hold what is: an answer's body has tokens, a request's the card. */
const fields = `
  cvv cryptogram cavv cardNumber card/number
  token cardToken cardTokens paymentToken recurrenceToken recurringToken
  password clientSecret secret authorization Authorization expected body query
`;
const secret = new RegExp(`/(${fields.trim().split(/\s+/).join("|")})(/\\d+)?$`);

const marker = "Zq7Secret";
/** Texts that bear the marker and are likely to be refused, each for another reason. */
const refusable = [
  marker,
  `${marker} ü`,
  `${marker}\n`,
  `{"id": "${marker}"`,
  marker.repeat(500),
  `${"9".repeat(12)}${marker}`,
];
const card = "4111 1111 1111 1111";

const texts = (fails) => JSON.stringify(fails ?? []);

const isSecret = ({ path, value }) => secret.test(path) && typeof value === "string";

for (const name of Object.keys(answered)) {
  const places = placesIn(name);
  const secrets = places.filter(isSecret);

  test(`${name}: a card number, wherever it is put`, () => {
    for (const place of places) {
      for (const number of [card, card.replaceAll(" ", ""), card.replaceAll(" ", "-")]) {
        const { fails } = outcome(name, put(place, number));
        assert.ok(!texts(fails).includes(number.slice(-6)), `${place.path}: ${texts(fails)}`);
      }
    }
  });

  if (secrets.length === 0) continue;
  test(`${name}: a secret that is refused`, () => {
    for (const place of secrets) {
      for (const value of [...refusable, ...refusable.map((text) => [text]), { [place.keys.at(-1)]: marker }]) {
        const { fails } = outcome(name, put(place, value));
        assert.ok(!texts(fails).includes(marker), `${place.path}: ${texts(fails)}`);
      }
    }
  });

  test(`${name}: a secret beside something that is refused`, () => {
    for (const place of places) {
      // Those that are long enough to be told from anything else.
      const beside = secrets.filter(
        ({ args, path, value }) => args === place.args && path !== place.path && value.length >= 8,
      );
      for (const { args } of kinds.filter(({ when }) => when(place))) {
        const told = texts(outcome(name, args(place)).fails);
        for (const { value } of beside)
          assert.ok(!told.includes(JSON.stringify(value).slice(1, -1)), `${place.path}: ${told}`);
      }
    }
  });
}
