/** The operations of each provider. */
export const operations = {
  a55: ["createCharge"],
};
