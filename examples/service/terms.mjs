/** The terms of a plan for whoever begins today: the same on the checkout page and on the server, so that their digests are. */
export const termsOf = (plan, today) => ({ ...plan, schedule: { start: today, ...plan.schedule } });
