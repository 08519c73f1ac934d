import { createHash, randomBytes } from 'node:crypto';
import type { DemoProvider } from '../createDemoProvider';
import { demoClients } from '../demoClients';
import { DemoPerson } from '../DemoPerson';

/** A minimal RFC 6749 client of the demo provider, for tests. */
export class TestClient {
  readonly #provider: DemoProvider;
  readonly #id: string;

  static of(provider: DemoProvider, id: string): TestClient {
    return new TestClient(provider, id);
  }

  private constructor(provider: DemoProvider, id: string) {
    this.#provider = provider;
    this.#id = id;
  }

  /** Runs the authorization code grant from the request to the tokens. */
  async authorize(
    options: {
      scope?: string;
      person?: DemoPerson;
      params?: Record<string, string>;
    } = {},
  ) {
    const verifier = randomBytes(32).toString('base64url');
    const person = options.person ?? new DemoPerson();
    const url = this.authorizationUrl({
      scope: options.scope ?? 'read offline_access',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...options.params,
    });
    const { callback, pages } = await person.authorize(url);
    const answer = await this.token({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: this.redirectUri,
      code_verifier: verifier,
    });
    return { ...answer, callback, pages };
  }

  authorizationUrl(params: Record<string, string>): string {
    const query = new URLSearchParams({
      client_id: this.#id,
      response_type: 'code',
      redirect_uri: this.redirectUri,
      state: 'some-state',
      ...params,
    });
    return `${this.#provider.url}/authorize?${query}`;
  }

  get redirectUri(): string {
    return demoClients()[0].redirectUris?.[0] ?? '';
  }

  async refresh(refreshToken: string) {
    return this.token({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
  }

  async token(params: Record<string, string>) {
    const response = await this.post('/token', params);
    return { status: response.status, body: await response.json() };
  }

  /** Sends a POST with this client's Basic authentication. */
  async post(path: string, params: Record<string, string>) {
    const { secret } = demoClients().find(({ id }) => id === this.#id)!;
    const basic = Buffer.from(`${this.#id}:${secret}`).toString('base64');
    return fetch(`${this.#provider.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams(params),
    });
  }

  /** Calls the protected API. */
  async api(token: string | undefined, path = '/api/me', init?: RequestInit) {
    const response = await fetch(`${this.#provider.url}${path}`, {
      ...init,
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
    return {
      status: response.status,
      challenge: response.headers.get('www-authenticate'),
      body: await response.json(),
    };
  }
}
