import type { BackstageClient } from '../processes/backstage';

/** The first steps of a user and a plugin with a new installation, through the HTTP API. */
export class AdoptionProof {
  readonly #backstage: BackstageClient;
  readonly #provider: string;

  /** @param options - `provider` is the URL of the demo provider */
  constructor(options: { backstage: BackstageClient; provider: string }) {
    this.#backstage = options.backstage;
    this.#provider = options.provider;
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

  async #call(method: string, path: string, body: unknown): Promise<any> {
    const answer = await this.#backstage.call(
      method,
      `/api/datasource-auth${path}`,
      body,
    );
    expectThat(answer.status === 201, `${method} ${path} succeeded`, answer);
    return answer.body;
  }
}

function expectThat(holds: boolean, what: string, got: unknown) {
  if (!holds) throw new Error(`Failed: ${what}. ${JSON.stringify(got)}`);
}
