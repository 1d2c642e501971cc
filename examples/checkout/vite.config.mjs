import { env } from "node:process";

// While one works on it, the page and the service beside it.
export default {
  server: {
    proxy: { "/subscriptions": env.SERVICE ?? "http://127.0.0.1:8080" },
    fs: { allow: [".."] },
  },
};
