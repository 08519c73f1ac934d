import { DemoPerson } from 'demo-provider';
import type { BackstageClient } from '../processes/backstage';

/** The first steps of a user and a plugin with a new installation, through the HTTP API. */
export class AdoptionProof {
  readonly #backstage: BackstageClient;
  readonly #provider: string;
  readonly #personToken: string;

  /** @param options - `provider` is the URL of the demo provider; `personToken` is a person's Backstage token */
  constructor(options: {
    backstage: BackstageClient;
    provider: string;
    personToken: string;
  }) {
    this.#backstage = options.backstage;
    this.#provider = options.provider;
    this.#personToken = options.personToken;
  }

  /** Connects the API of the demo provider in different ways, and lets the sample consumer call it. */
  async run(): Promise<void> {
    const token = { url: `${this.#provider}/token` };
    await this.#connect('adopted', 'Adopted API', {
      grantType: 'client_credentials',
      clientId: 'demo-machine',
      clientSecret: 'demo-only-machine-secret',
      token,
      scopes: ['read'],
    });
    await this.#connect('adopted-assertion', 'Adopted assertion', {
      grantType: 'jwt_bearer',
      clientId: 'demo-assertion',
      token,
      scopes: ['read'],
      assertion: {
        key: 'demo-only-jwt-secret-of-more-than-32-bytes',
        alg: 'HS256',
        issuer: 'demo-backstage',
      },
    });
    await this.#connect('adopted-key', 'Adopted key', {
      type: 'static',
      headers: { 'X-Api-Key': { secret: true, value: 'demo-only-api-key' } },
    });
    await this.#connectPerson();
  }

  /** Lets a person connect their own account, with which the sample consumer then acts. */
  async #connectPerson(): Promise<void> {
    const datasource = 'adopted-people';
    const saved = await this.#call('POST', '/datasources', {
      ...{ name: datasource, title: 'Adopted things', subjects: 'user' },
      baseUrl: `${this.#provider}/api`,
      consumers: ['sample-consumer'],
      auth: {
        grantType: 'authorization_code',
        clientId: 'demo-web',
        clientSecret: 'demo-only-web-secret',
        issuer: this.#provider,
        authorize: { url: `${this.#provider}/authorize` },
        token: { url: `${this.#provider}/token` },
        scopes: ['openid', 'read', 'offline_access'],
      },
    });
    expectThat(
      saved.status.state === 'PER_USER',
      'Each person connects',
      saved,
    );

    const headers = { authorization: `Bearer ${this.#personToken}` };
    const post = (path: string, body: unknown) =>
      this.#call('POST', `/authorizations${path}`, body, headers);
    const begun = await post('', { datasource, subject: 'user' });
    const completion = await this.#approve(begun.ticket);
    const { doubts } = await post(`/${begun.id}/completion`, { completion });
    await post(`/${begun.id}/confirmation`, { acknowledged: doubts });

    const path = `/api/sample-consumer/${datasource}/mine`;
    const { status, body } = await this.#backstage.call(
      'GET',
      path,
      undefined,
      headers,
    );
    expectThat(
      status === 200 && body?.account === 'jane',
      'The API was called as the person',
      body,
    );
  }

  /** Approves at the provider as its account Jane does in a browser. Resolves with the value for the page. */
  async #approve(ticket: string): Promise<string | null> {
    const visit = (path: string, init: RequestInit) =>
      this.#backstage.visit(`/api/datasource-auth${path}`, init);
    const start = await visit('/oauth/start', {
      method: 'POST',
      body: new URLSearchParams({ ticket }),
    });
    const { callback } = await new DemoPerson().authorize(locationOf(start));
    const returned = await visit(`/oauth/callback${callback.search}`, {
      headers: { cookie: start.headers.getSetCookie()[0].split(';')[0] },
    });
    const { hash } = new URL(locationOf(returned));
    return new URLSearchParams(hash.slice(1)).get('completion');
  }

  /** Saves a datasource, with a credential if it comes from the provider, and calls its API. */
  async #connect(
    name: string,
    title: string,
    auth: { type?: 'static'; [setting: string]: unknown },
  ): Promise<void> {
    const settings = {
      ...{ name, title, auth },
      baseUrl: `${this.#provider}/api`,
      consumers: ['sample-consumer'],
    };
    const saved = await this.#call('POST', '/datasources', {
      ...settings,
      ...(auth.type !== 'static' && {
        credential: await this.#credentialFor(settings),
      }),
    });
    expectThat(
      saved.status.state === 'AUTHORIZED',
      `Datasource ${name} is authorized`,
      saved,
    );

    const { status, body } = await this.#backstage.consume(name);
    expectThat(
      status === 200 && body?.status === 200,
      `The API accepted the credential of ${name}`,
      body,
    );
  }

  async #credentialFor(settings: object) {
    const staged = await this.#call('POST', '/authorizations', { settings });
    expectThat(
      staged.status === 'granted',
      'The provider granted a token',
      staged,
    );
    return { action: 'replace', authorizationId: staged.id };
  }

  async #call(
    method: string,
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<any> {
    const answer = await this.#backstage.call(
      method,
      `/api/datasource-auth${path}`,
      body,
      headers,
    );
    expectThat(
      answer.status === 200 || answer.status === 201,
      `${method} ${path} succeeded`,
      answer,
    );
    return answer.body;
  }
}

function locationOf(response: Response): string {
  const location = response.headers.get('location');
  if (!location) throw new Error(`No redirect: HTTP ${response.status}`);
  return location;
}

function expectThat(holds: boolean, what: string, got: unknown) {
  if (!holds) throw new Error(`Failed: ${what}. ${JSON.stringify(got)}`);
}
