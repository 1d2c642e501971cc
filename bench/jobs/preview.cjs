module.exports = require("./ours.cjs").jobs(require("billing-rules/preview"));
