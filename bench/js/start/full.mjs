export * as billing from "billing-rules";
