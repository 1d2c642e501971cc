module.exports = require("./ours.cjs").job(require("billing-rules"));
