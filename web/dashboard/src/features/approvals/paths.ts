/** The service's addresses that the screen asks, as queries are named after them. */

export const LIST = "/v1/approvals";
export const ONE = "/v1/approvals/{id}";
export const COUNT = "/v1/approvals/count";
/** What changes with a decision. */
export const PATHS = [LIST, ONE, COUNT] as const;
export const RULES = "/v1/settings/approvals";
