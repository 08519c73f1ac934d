import { DefaultDatasourceAuthService } from 'backstage-plugin-datasource-auth-node';
import { compare, interleaved } from '../measuring/pairs';
import { ratioFinding } from './Finding';
import { PEER, peerTokens } from '../subject/peerTokens';
import { HotPath } from './HotPath';

const CALLS = 500_000;
const NAMES = ['crm', 'incidents', 'pipelines', 'billing'];

interface Token {
  accessToken: string;
  expiresAt: number;
}

/** The simplest possible memory of tokens. */
class MapOfTokens {
  readonly #byName = new Map<string, Token>();

  constructor(tokens: Array<[string, Token]>) {
    this.#byName = new Map(tokens);
  }

  async get(options: { datasource: string }): Promise<Token> {
    const token = this.#byName.get(options.datasource);
    if (token && token.expiresAt > Date.now()) return token;
    throw new Error(`No token of '${options.datasource}'`);
  }
}

/** Returns the nanoseconds of a call, one after the other. */
async function timeOf(
  take: (options: { datasource: string }) => Promise<{ accessToken?: string }>,
): Promise<number> {
  let characters = 0;
  const start = process.hrtime.bigint();
  for (let call = 0; call < CALLS; call++) {
    const token = await take({ datasource: NAMES[call % NAMES.length] });
    characters += token.accessToken?.length ?? 0;
  }
  const nanoseconds = Number(process.hrtime.bigint() - start);
  if (characters !== CALLS * 36) throw new Error('Wrong tokens');
  return nanoseconds / CALLS;
}

/** Creates a service whose backend responds at once. The service calls it once per name and minute. */
function serviceOverNoBackend() {
  const auth = {
    getOwnServiceCredentials: async () => ({}),
    getPluginRequestToken: async () => ({ token: 'plugin-token' }),
  };
  return DefaultDatasourceAuthService.create({
    // The service calls no other method of it.
    auth: auth as any,
    discovery: {
      getBaseUrl: async () => 'http://localhost/api/datasource-auth',
      getExternalBaseUrl: async () => '',
    },
    fetch: async () => {
      const accessToken = crypto.randomUUID();
      return Response.json({
        accessToken,
        expiresAt: Date.now() + 3_600_000,
        headers: { Authorization: `Bearer ${accessToken}` },
        query: {},
        secrets: [],
        allowedHosts: [],
        rejectedStatuses: [401],
        version: '1',
      });
    },
  });
}

export const tokenFromMemory: HotPath = {
  name: 'token-from-memory',
  title: 'A token from memory',
  method: `One process, ${CALLS.toLocaleString(
    'en',
  )} calls per round, each awaited before the next, for ${
    NAMES.length
  } datasources. Ours is \`getToken\` of the plugins' service.`,

  async measure() {
    const service = serviceOverNoBackend();
    const reference = new MapOfTokens(
      NAMES.map(name => [
        name,
        {
          accessToken: crypto.randomUUID(),
          expiresAt: Date.now() + 3_600_000,
        },
      ]),
    );
    const peers = Object.fromEntries(
      NAMES.map(name => [
        name,
        peerTokens({
          provider: 'http://localhost',
          expiresAt: Date.now() + 3_600_000,
        }),
      ]),
    );
    const beside = async (
      name: string,
      take: Parameters<typeof timeOf>[0],
      atMost: number,
    ) => {
      const time = compare(
        await interleaved({
          rounds: 11,
          ours: () => timeOf(options => service.getToken(options)),
          reference: () => timeOf(take),
        }),
        nanoseconds => nanoseconds,
      );
      return ratioFinding(
        {
          hotPath: '`getToken`, from memory',
          reference: name,
          ours: `${time.ours.toFixed(0)} ns`,
          theirs: `${time.reference.toFixed(0)} ns`,
        },
        { ratio: time.ratio, atMost },
      );
    };
    return [
      await beside(
        'asynchronous `Map.get` and a check of the expiry',
        options => reference.get(options),
        2,
      ),
      await beside(
        PEER,
        async ({ datasource }) => ({
          accessToken: await peers[datasource].getAccessToken(),
        }),
        1,
      ),
    ];
  },
};
