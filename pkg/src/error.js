const brand = "BillingError";

/** What every function throws. `code` and `path` are those of the first error; `errors` contains all. */
export class BillingError extends Error {
  constructor(errors) {
    const [first] = errors;
    super(errors.map(({ message, path }) => (path === "" ? message : `${message} (at ${path})`)).join("; "));
    this.name = brand;
    this.code = first.code;
    this.path = first.path;
    this.errors = Object.freeze(errors.map(Object.freeze));
  }
}

/** Structural, so that it works across two copies of the package. */
export function isBillingError(value) {
  return (
    value instanceof Error &&
    value.name === brand &&
    typeof value.code === "string" &&
    typeof value.path === "string" &&
    Array.isArray(value.errors)
  );
}

/** Throws an error that the library has not found but the package. */
export function refuse(code, message, cause) {
  const error = new BillingError([{ code, path: "", message }]);
  if (cause !== undefined) error.cause = cause;
  throw error;
}
