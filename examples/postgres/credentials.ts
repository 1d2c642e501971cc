// What charges a card again is a secret: it is stored encrypted, with a key that is not in the database.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { StoredCredential } from "billing-rules";
import type { Transaction } from "./database.ts";

export interface Vault {
  encrypt(credential: StoredCredential): Buffer;
  decrypt(stored: Buffer): StoredCredential;
}

/** Encrypts with AES-256-GCM: 12 bytes that are never used twice, 16 that prove the rest, and the rest. */
export function createVault(key: Buffer): Vault {
  return {
    encrypt(credential) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(credential), "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    decrypt(stored) {
      const decipher = createDecipheriv("aes-256-gcm", key, stored.subarray(0, 12));
      decipher.setAuthTag(stored.subarray(12, 28));
      const text = Buffer.concat([decipher.update(stored.subarray(28)), decipher.final()]);
      return JSON.parse(text.toString("utf8"));
    },
  };
}

const STORE = `
  INSERT INTO credentials (subscription, credential) VALUES ($1, $2)
  ON CONFLICT (subscription) DO UPDATE SET credential = excluded.credential`;

/** Stores what charges the card of a subscription from now on. */
export async function storeCredential(db: Transaction, subscription: string, encrypted: Buffer): Promise<void> {
  await db.query(STORE, [subscription, encrypted]);
}
