import {
  LocalServer,
  ReceivedRequest,
} from '../../egress/__testUtils__/LocalServer';

/** What a token says about itself: who approved it, for which client and scope, and when. */
export interface Label {
  subject: string;
  client: string;
  scope: string;
  /** Number of the approval. Later ones are higher. */
  grant: number;
  /** Number of the token. */
  token: number;
}

const HOUR_SECONDS = 3_600;

/**
 * An authorization server and an API. Tokens say whose they are, and the API returns what the token of a call says.
 * Rotates refresh tokens, and counts those that are sent again.
 */
export class LabelingProvider {
  reuses = 0;
  rotations = 0;
  #grants = 0;
  #tokens = 0;
  readonly #alive = new Set<string>();
  readonly #latest = new Map<string, number>();
  readonly #server: LocalServer;

  static async start(): Promise<LabelingProvider> {
    const provider = new LabelingProvider();
    await provider.#server.listen();
    return provider;
  }

  private constructor() {
    this.#server = new LocalServer((response, request) => {
      const { status, body } = this.#answer(request);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
      // It serves many thousand requests.
      this.#server.requests.length = 0;
    });
  }

  get url(): string {
    return `http://localhost:${this.#server.port}`;
  }

  /** Approves an authorization request as a user, and returns the query of the redirect. */
  approve(authorizeUrl: string, subject: string): URLSearchParams {
    const { searchParams } = new URL(authorizeUrl);
    const approved = {
      subject,
      client: searchParams.get('client_id'),
      scope: searchParams.get('scope'),
    };
    return new URLSearchParams({
      code: encode(approved),
      state: searchParams.get('state')!,
    });
  }

  /** Returns the number of a user's last approval for a client. */
  latestGrant({ subject, client }: Pick<Label, 'subject' | 'client'>): number {
    return this.#latest.get(`${subject} ${client}`) ?? 0;
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }

  #answer(request: ReceivedRequest): { status: number; body: object } {
    const { path, form, headers } = request;
    if (path !== '/token') {
      return {
        status: 200,
        body: labelOf(headers.authorization?.replace('Bearer ', '') ?? ''),
      };
    }
    const code = form.get('code');
    if (code) {
      this.#grants += 1;
      const label = { ...labelOf(code), grant: this.#grants };
      this.#latest.set(`${label.subject} ${label.client}`, label.grant);
      return this.#issue(label);
    }
    const presented = form.get('refresh_token') ?? '';
    if (!this.#alive.delete(presented)) {
      this.reuses += 1;
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    this.rotations += 1;
    return this.#issue(labelOf(presented));
  }

  #issue(label: Label) {
    this.#tokens += 1;
    const token = encode({ ...label, token: this.#tokens });
    this.#alive.add(token);
    return {
      status: 200,
      body: {
        ...{ access_token: token, refresh_token: token, token_type: 'bearer' },
        ...{ expires_in: HOUR_SECONDS, scope: label.scope },
      },
    };
  }
}

/** Returns what a token says. */
export function labelOf(token: string): Label {
  return JSON.parse(Buffer.from(token, 'base64url').toString() || '{}');
}

function encode(label: object): string {
  return Buffer.from(JSON.stringify(label)).toString('base64url');
}
