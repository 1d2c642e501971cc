// What all functions work with. `openShop` makes it from the environment; tests make their own.
import { readFileSync } from "node:fs";
import { dayIn } from "billing-rules";
import type { PlainDate } from "billing-rules";
import { type Vault, createVault } from "./credentials.ts";
import { type Database, openDatabase } from "./database.ts";
import { type Plans, checkPlans } from "./plans.ts";
import type { PaymentProvider } from "./provider.ts";
import { createA55 } from "./providers/a55.ts";
import { createDineroPay } from "./providers/dineropay.ts";
import { createDintero } from "./providers/dintero.ts";
import { createNexi } from "./providers/nexi.ts";

export interface Shop {
  database: Database;
  provider: PaymentProvider;
  plans: Plans;
  vault: Vault;
  /** Where customers and the provider find you, without a slash at its end. */
  publicUrl: string;
  now: () => Date;
  /** The day where you bill. */
  today: () => PlainDate;
}

type Environment = Record<string, string | undefined>;

/** Opens the shop that the environment describes; .env.example lists the variables. */
export function openShop(env: Environment, now = () => new Date()): Shop {
  const setting = (name: string) => env[name] ?? missing(name);
  const today = () => dayIn(env.TIME_ZONE ?? "UTC", now());
  const publicUrl = setting("PUBLIC_URL");
  const provider = openProvider(setting, env, now);
  const plans: Plans = JSON.parse(readFileSync(setting("PLANS"), "utf8"));
  checkPlans(plans, today(), provider);
  const vault = createVault(Buffer.from(setting("CREDENTIALS_KEY"), "base64"));
  return { database: openDatabase(setting("DATABASE_URL")), provider, plans, vault, publicUrl, now, today };
}

function missing(name: string): never {
  throw new Error(`the environment has no ${name}`);
}

/** Your shop needs one of these. `…_URL` names another host than the provider's, such as that of a fake. */
function openProvider(setting: (name: string) => string, env: Environment, clock: () => Date): PaymentProvider {
  const now = () => Math.floor(clock().getTime() / 1000);
  const userAgent = env.USER_AGENT ?? "shop";
  const publicUrl = setting("PUBLIC_URL");
  const [webhookUrl, returnUrl, termsUrl] = [`${publicUrl}/webhook`, `${publicUrl}/thanks`, `${publicUrl}/terms`];
  switch (setting("PROVIDER")) {
    case "a55":
      return createA55({
        account: { walletUuid: setting("A55_WALLET"), merchantId: setting("A55_MERCHANT"), baseUrl: env.A55_URL },
        clientId: setting("A55_CLIENT_ID"),
        clientSecret: setting("A55_CLIENT_SECRET"),
        webhookSecret: setting("A55_WEBHOOK_SECRET"),
        webhookUrl,
        userAgent,
        now,
      });
    case "dineropay":
      return createDineroPay({
        account: {
          merchantKey: setting("DINEROPAY_KEY"),
          password: setting("DINEROPAY_PASSWORD"),
          checkoutUrl: env.DINEROPAY_URL,
          apiUrl: env.DINEROPAY_URL,
        },
        successUrl: returnUrl,
        userAgent,
        now,
      });
    case "dintero":
      return createDintero({
        account: {
          id: setting("DINTERO_ACCOUNT"),
          environment: setting("DINTERO_ACCOUNT").startsWith("P") ? "live" : "test",
          baseUrl: env.DINTERO_URL,
        },
        clientId: setting("DINTERO_CLIENT_ID"),
        clientSecret: setting("DINTERO_CLIENT_SECRET"),
        callbackSecret: setting("DINTERO_CALLBACK_SECRET"),
        urls: { returnUrl, callbackUrl: `${webhookUrl}?method=POST` },
        userAgent,
        now,
      });
    case "nexi":
      return createNexi({
        account: { environment: env.NEXI_LIVE === "true" ? "live" : "test", baseUrl: env.NEXI_URL },
        secretKey: setting("NEXI_SECRET_KEY"),
        authorization: setting("NEXI_WEBHOOK_AUTHORIZATION"),
        returnUrl,
        termsUrl,
        webhookUrl,
        userAgent,
      });
    default:
      throw new Error("PROVIDER is a55, dineropay, dintero or nexi");
  }
}
