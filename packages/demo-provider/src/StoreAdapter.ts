import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { DemoStore } from './DemoStore';

/** Detail of the `oidc-provider` error for a refresh token that is used a second time. */
export const REUSE_DETAIL = 'refresh token already used';

/** Access tokens are kept for an hour after expiry, so that the API can say "expired" instead of "unknown". */
const REMEMBERED: Record<string, number> = {
  AccessToken: 3600,
  ClientCredentials: 3600,
};

/**
 * Stores one kind of `oidc-provider` object in the {@link DemoStore}.
 *
 * `oidc-provider` checks whether a code or refresh token was used, and marks it as used a few awaits later.
 * Of two concurrent requests with one token, both would succeed. Here the second mark fails, and the family
 * is revoked as RFC 9700 section 4.14.2 requires.
 */
export class StoreAdapter implements Adapter {
  readonly #model: string;
  readonly #store: DemoStore;

  constructor(model: string, store: DemoStore) {
    this.#model = model;
    this.#store = store;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number) {
    this.#store.set(
      this.#model,
      id,
      payload,
      expiresIn && expiresIn + (REMEMBERED[this.#model] ?? 0),
    );
  }

  async find(id: string) {
    return this.#store.get(this.#model, id);
  }

  async findByUid(uid: string) {
    return this.#store.find(this.#model, payload => payload.uid === uid)[0];
  }

  async findByUserCode() {
    return undefined;
  }

  async consume(id: string) {
    const payload = this.#store.get(this.#model, id);
    if (!payload || payload.consumed) {
      if (payload?.grantId) this.#store.deleteFamily(payload.grantId);
      throw new errors.InvalidGrant(REUSE_DETAIL);
    }
    const now = Math.floor(Date.now() / 1000);
    this.#store.set(
      this.#model,
      id,
      { ...payload, consumed: now },
      payload.exp ? payload.exp - now : undefined,
    );
  }

  async destroy(id: string) {
    this.#store.delete(this.#model, id);
  }

  async revokeByGrantId(grantId: string) {
    this.#store.deleteFamily(grantId);
  }
}
