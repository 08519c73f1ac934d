import type { BackstageClient } from '../processes/backstage';

const NAME = 'adopted';

/** The first steps of a user and a plugin with a new installation, through the HTTP API. */
export class AdoptionProof {
  readonly #backstage: BackstageClient;
  readonly #provider: string;

  /** @param options - `provider` is the URL of the demo provider */
  constructor(options: { backstage: BackstageClient; provider: string }) {
    this.#backstage = options.backstage;
    this.#provider = options.provider;
  }

  /** Gets a credential, saves it with a datasource, and lets the sample consumer call the API with it. */
  async run(): Promise<void> {
    const settings = {
      name: NAME,
      title: 'Adopted API',
      baseUrl: `${this.#provider}/api`,
      consumers: ['sample-consumer'],
      auth: {
        grantType: 'client_credentials',
        clientId: 'demo-machine',
        clientSecret: 'demo-only-machine-secret',
        token: { url: `${this.#provider}/token` },
        scopes: ['read'],
      },
    };
    const staged = await this.#call('POST', '/authorizations', { settings });
    expectThat(
      staged.status === 'granted',
      'The provider granted a token',
      staged,
    );

    const saved = await this.#call('POST', '/datasources', {
      ...settings,
      credential: { action: 'replace', authorizationId: staged.id },
    });
    expectThat(
      saved.status.state === 'AUTHORIZED',
      'The datasource is authorized',
      saved,
    );

    const { status, body } = await this.#backstage.consume(NAME);
    expectThat(
      status === 200 && body?.status === 200,
      'The API accepted the token',
      body,
    );
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
