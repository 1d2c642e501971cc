import { BillingError, isBillingError } from "./error.js";
import { operations } from "./operations.js";

/** ISO dates come as one text, ten characters each. */
const dates = (text) => {
  const list = new Array(text.length / 10);
  for (let i = 0; i < list.length; i++) list[i] = text.slice(i * 10, i * 10 + 10);
  return list;
};

/** The providers: each operation takes one input. */
const namespaces = (invoke) => {
  const operation = (provider, name) => [name, (input) => invoke(`${provider}.${name}`, [input])];
  const namespace = ([provider, names]) => [provider, Object.fromEntries(names.map((name) => operation(provider, name)))];
  return Object.fromEntries(Object.entries(operations).map(namespace));
};

/**
 * The public functions on an engine: `call(name, args)` answers or throws a list of problems, `reset()` makes the engine
 * usable again after a trap. Both start it when it has not been started.
 */
export function createApi(engine) {
  const invoke = (name, args) => {
    try {
      return engine.call(name, args);
    } catch (thrown) {
      if (Array.isArray(thrown)) throw new BillingError(thrown);
      // Not a refusal but a fault: a trap, which leaves the instance unusable, or an engine that could not be started.
      engine.reset();
      const error = new BillingError([{ code: "internal", path: "", message: "a fault of the library; please report it" }]);
      error.cause = thrown;
      throw error;
    }
  };
  return {
    BillingError,
    isBillingError,
    nextDueDate: (schedule, after) => invoke("nextDueDate", [schedule, after]),
    dueDates: (schedule, window) => dates(invoke("dueDates", [schedule, window])),
    period: (schedule, number) => invoke("period", [schedule, number]),
    periodOn: (schedule, date) => invoke("periodOn", [schedule, date]),
    periods: (schedule, window) => invoke("periods", [schedule, window]),
    lastPayment: (schedule) => invoke("lastPayment", [schedule]),
    periodPrice: (input) => invoke("periodPrice", [input]),
    allocate: (total, weights) => invoke("allocate", [total, weights]),
    parseDecimal: (text, currency) => invoke("parseDecimal", [text, currency]),
    formatDecimal: (money) => invoke("formatDecimal", [money]),
    currencyInfo: (code) => invoke("currencyInfo", [code]),
    prorate: (input) => invoke("prorate", [input]),
    indicator: (input) => invoke("indicator", [input]),
    planRetry: (input) => invoke("planRetry", [input]),
    createSubscription: (input) => invoke("createSubscription", [input]),
    nextAction: (subscription, today) => invoke("nextAction", [subscription, today]),
    applyEvent: (subscription, event) => invoke("applyEvent", [subscription, event]),
    changePlan: (subscription, change, on) => invoke("changePlan", [subscription, change, on]),
    cancelQuote: (subscription, on) => invoke("cancelQuote", [subscription, on]),
    preview: (terms, options) => invoke("preview", [terms, options]),
    notices: (terms, options) => invoke("notices", [terms, options]),
    outcomeEvent: (payment, outcome, on) => invoke("outcomeEvent", [payment, outcome, on]),
    chargeRequest: (input) => invoke("chargeRequest", [input]),
    statusRequest: (input) => invoke("statusRequest", [input]),
    readCharge: (input) => invoke("readCharge", [input]),
    readStatus: (input) => invoke("readStatus", [input]),
    capabilities: (provider) => invoke("capabilities", [provider]),
    checkTerms: (terms, provider) => invoke("checkTerms", [terms, provider]),
    simulate: (subscription, script) => invoke("simulate", [subscription, script]),
    redact: (request) => invoke("redact", [request]),
    ...namespaces(invoke),
  };
}
