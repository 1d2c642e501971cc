// Subscriptions in D1, whose statements run one after the other: of two writers of one version the second finds it replaced. (Workers KV
// would not do: it has no way to write only what nobody else has written.)
export const createDatabaseStore = (database) => ({
  read: (id) => database.prepare("SELECT text, version FROM subscriptions WHERE id = ?").bind(id).first(),

  async write(id, text, version) {
    const statement =
      version === null
        ? database
            .prepare("INSERT INTO subscriptions (id, text, version) VALUES (?, ?, 1) ON CONFLICT DO NOTHING")
            .bind(id, text)
        : database
            .prepare("UPDATE subscriptions SET text = ?, version = version + 1 WHERE id = ? AND version = ?")
            .bind(text, id, version);
    const { meta } = await statement.run();
    return meta.changes === 1;
  },
});
