/** The operations of each provider. */
export const operations = {
  a55: ["createCharge"],
  nexi: [
    "recommendAgreement", "createPayment", "retrievePayment", "terminatePayment", "retrieveSubscription",
    "chargeSubscription", "chargeStatus", "bulkCharge", "verifyAgreements", "retrieveBulk", "chargePayment",
    "refund", "cancelPayment", "retrieveCharge", "retrieveRefund", "cancelPendingRefund", "readCreated",
    "readCharge", "readChargeStatus", "readRefund", "readCancel", "readBulk", "readPayment", "readSubscription",
    "readError", "readBulkPage", "readWebhook",
  ],
};
