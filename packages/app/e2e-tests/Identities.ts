import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { changeJson } from './changeJson';

const KEY_ID = 'e2e';
/** Seconds. */
const HOUR = 3_600;

const encoded = (value: object | Buffer) =>
  (Buffer.isBuffer(value)
    ? value
    : Buffer.from(JSON.stringify(value))
  ).toString('base64url');

/**
 * The key with which Backstage identifies users in tests. It is a file, so that a test can use another user
 * than the guest, or one whose session has expired.
 */
export class Identities {
  readonly #privateKey: KeyObject;
  readonly #issuer: string;
  readonly #localUrl: string;

  /**
   * @param options - `folder` is for the files that app-config.e2e.yaml names; `localUrl` is the backend
   *   without host names that only the browser knows
   */
  static create(options: {
    folder: string;
    backendUrl: string;
    localUrl: string;
  }): Identities {
    const { folder, backendUrl, localUrl } = options;
    const { privateKey, publicKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
    });
    writeFileSync(
      join(folder, 'identity.key'),
      privateKey.export({ type: 'pkcs8', format: 'pem' }),
      { mode: 0o600 },
    );
    writeFileSync(
      join(folder, 'identity.pub'),
      publicKey.export({ type: 'spki', format: 'pem' }),
    );
    return new Identities(privateKey, `${backendUrl}/api/auth`, localUrl);
  }

  private constructor(privateKey: KeyObject, issuer: string, localUrl: string) {
    this.#privateKey = privateKey;
    this.#issuer = issuer;
    this.#localUrl = localUrl;
  }

  /** Returns a Backstage session token, as issued by the auth plugin. */
  token(user: string, options: { ended?: boolean } = {}): string {
    const iat = Math.floor(Date.now() / 1000) - HOUR;
    const exp = options.ended ? iat + 1 : iat + 2 * HOUR;
    const header = { alg: 'ES256', kid: KEY_ID };
    const claims = { sub: user, iat, exp };
    return this.#signed(
      { typ: 'vnd.backstage.user', ...header },
      {
        ...{ iss: this.#issuer, aud: 'backstage', ent: [user], ...claims },
        uip: this.#signed(
          { typ: 'vnd.backstage.limited-user', ...header },
          claims,
        ).split('.')[2],
      },
    );
  }

  /** Signs in this user, starting with the next page load of this browser. */
  async signIn(page: Page, user: string) {
    const backstageIdentity = () => ({
      token: this.token(user),
      identity: {
        type: 'user',
        userEntityRef: user,
        ownershipEntityRefs: [user],
      },
    });
    await page.context().route('**/api/auth/guest/refresh*', route => {
      const { pathname, search } = new URL(route.request().url());
      return changeJson<object>(
        route,
        session => ({ ...session, backstageIdentity: backstageIdentity() }),
        { url: `${this.#localUrl}${pathname}${search}` },
      );
    });
  }

  #signed(header: object, claims: object): string {
    const text = `${encoded(header)}.${encoded(claims)}`;
    return `${text}.${encoded(
      sign('sha256', Buffer.from(text), {
        key: this.#privateKey,
        dsaEncoding: 'ieee-p1363',
      }),
    )}`;
  }
}
