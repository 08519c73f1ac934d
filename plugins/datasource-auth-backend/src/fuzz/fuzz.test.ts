import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { LeakDetector } from 'demo-provider';
import { Knex } from 'knex';
import { Chance } from '../__testUtils__/Chance';
import { databases } from '../__testUtils__/databases';
import { secretOf } from '../__testUtils__/invitation';
import { recordAudit } from '../__testUtils__/recordAudit';
import { loggerInto } from '../__testUtils__/recordOutput';
import {
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { LocalServer } from '../egress/__testUtils__/LocalServer';
import { RawResponse, rawRequest } from '../gateway/__testUtils__/rawRequest';
import { breakOneThing, encode } from './__testUtils__/breakOneThing';
import { isDescribed } from './__testUtils__/isDescribed';
import {
  FuzzRequest,
  FuzzWorld,
  validRequest,
} from './__testUtils__/validRequests';

/*
 * Seeded and repeatable: request n of a seed is the same each time, except for the tokens of the callers. Most start as
 * a valid call and break one part of it. `make test` sends 2,000, `make fuzz` 50,000. FUZZ_SEED and FUZZ_REQUESTS
 * repeat a run.
 */
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 2_000);

/** Time limit of a response. Milliseconds. */
const PATIENCE = 10_000;
const SECRET = 'fuzz-secret+/%"é-61c0';
const TOKEN = 'fuzz-token+/%"é-97d2';

const TABLES = [
  ...['datasources', 'credentials', 'authorizations', 'activity'],
  'authorization_requests',
];

const isTokenCall = ({ path }: FuzzRequest) => path.at(-1) === 'token';

jest.setTimeout(60_000 + REQUESTS * 100);

describe('whatever is sent', () => {
  const logged: string[] = [];
  const audit = recordAudit();
  let provider: LocalServer;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let world: FuzzWorld;
  let callers: string[];

  beforeAll(async () => {
    provider = await LocalServer.start((response, { path }) => {
      response.setHeader('content-type', 'application/json');
      if (path.startsWith('/token')) {
        response.end(
          JSON.stringify({
            ...{ access_token: TOKEN, token_type: 'bearer', expires_in: 3600 },
            ...{ refresh_token: TOKEN, instance_url: 'https://x.example' },
          }),
        );
      } else {
        response.end('{}');
      }
    });
    const url = `http://localhost:${provider.port}`;
    knex = await databases.init('SQLITE_3');
    app = await startDatasourceAuth({
      knex,
      features: [
        audit.feature,
        createServiceFactory({
          service: coreServices.rootLogger,
          deps: {},
          factory: () => loggerInto(logged),
        }),
      ],
      datasourceAuth: {
        datasources: {
          declared: {
            baseUrl: `${url}/api`,
            consumers: '*',
            gateway: { routes: [{ methods: ['GET'], path: '/me' }] },
            auth: {
              grantType: 'client_credentials',
              clientId: 'fuzz',
              clientSecret: SECRET,
              token: { url: `${url}/token` },
            },
          },
        },
      },
    });
    world = {
      provider: url,
      secret: SECRET,
      authorizations: [],
      requests: [],
      links: [],
      versions: new Map(),
    };
    const jane = await app.userToken('user:default/jane');
    callers = [
      ...Array.from({ length: 8 }, () => jane),
      await app.userToken('user:default/bob'),
      await app.userToken('user:default/eve'),
      await app.pluginToken('consumer-a'),
      await app.pluginToken('consumer-b', { userRef: 'user:default/jane' }),
      ...['static-token-1', 'static-token-2', 'static-token-3'],
    ];
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.stop();
  });

  it(`threats 24: answers ${REQUESTS} requests without failing, hanging, leaking or storing half a change`, async () => {
    const chance = Chance.of(SEED);
    const detector = LeakDetector.create([SECRET, TOKEN]);
    const counts = {
      schema: 0,
      passed: 0,
      statuses: new Map<number, number>(),
    };
    let stored = await fingerprint(knex);

    for (let index = 0; index < REQUESTS; index++) {
      const valid = validRequest(chance, world);
      const request =
        chance.between(1, 4) === 1 ? valid : breakOneThing(chance, valid);
      const caller = callerOf(request, chance.oneOf(callers));
      const answer = await withinPatience(send(app.url, request, caller), () =>
        whatWasSent(index, request),
      );
      const told = () =>
        `${whatWasSent(index, request)}\n${answer.status} ${answer.text}`;

      // 502 to 504 mean that a provider or an API failed, and have our code.
      const failed = answer.status === 500 || answer.status === 501;
      if (failed || (answer.status > 501 && !codeOf(answer))) {
        throw new Error(`It failed: ${told()}`);
      }
      const code = answer.status >= 400 ? codeOf(answer) : undefined;
      if (code && !isDescribed(request, { status: answer.status, code })) {
        throw new Error(`openapi.json doesn't describe it: ${told()}`);
      }
      const handedOut = isTokenCall(request) && answer.status === 200;
      const leaks = detector.leaks(
        `${answer.text}\n${JSON.stringify(answer.headers)}`,
      );
      if (leaks.some(leak => !(handedOut && leak === TOKEN))) {
        throw new Error(`It leaked: ${told()}`);
      }
      const now = await fingerprint(knex);
      if (answer.status >= 400 && now !== stored) {
        throw new Error(`It was rejected but stored something: ${told()}`);
      }
      stored = now;

      count(counts, request, answer);
      learn(world, request, answer);
      if (index % 250 === 0) await assertWhole(knex);
    }

    await assertWhole(knex);
    expect(detector.leaks(logged.join('\n'))).toEqual([]);
    expect(detector.leaks(JSON.stringify(audit.events))).toEqual([]);
    const dump = await Promise.all(
      TABLES.map(async table => JSON.stringify(await knex(table))),
    );
    expect(detector.leaks(dump.join('\n'))).toEqual([]);
    expect({}).not.toHaveProperty('admin');

    const share = Math.round((100 * counts.passed) / counts.schema);
    const summary = [
      `seed ${SEED}: ${REQUESTS} requests, ${counts.schema} of them to routes with a schema,`,
      `${counts.passed} passed it (${share} in 100);`,
      [...counts.statuses]
        .sort(([left], [right]) => left - right)
        .map(([status, times]) => `${times} × ${status}`)
        .join(', '),
    ].join(' ');
    process.stderr.write(`${summary}\n`);
    expect(share).toBeGreaterThanOrEqual(30);
  });
});

/** The caller. None of ours if the header is the broken part. */
function callerOf(request: FuzzRequest, caller: string): string | undefined {
  if (request.headers.authorization !== undefined) return undefined;
  return caller;
}

async function send(
  url: string,
  request: FuzzRequest,
  caller: string | undefined,
): Promise<RawResponse> {
  const query = request.query
    .map(pair => pair.map(encode))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const body =
    request.rawBody ??
    (request.body === undefined ? undefined : JSON.stringify(request.body));
  const chunked = request.headers['transfer-encoding'] !== undefined;
  return rawRequest(
    url,
    `${new URL(url).pathname}/${request.path.join('/')}${
      query ? `?${query}` : ''
    }`,
    {
      method: request.method,
      body,
      headers: {
        ...(caller && { authorization: `Bearer ${caller}` }),
        ...(body !== undefined && {
          'content-type': 'application/json',
          ...(!chunked && {
            'content-length': String(Buffer.byteLength(body)),
          }),
        }),
        ...request.headers,
      },
    },
  );
}

async function withinPatience<T>(
  work: Promise<T>,
  what: () => string,
): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It hung: ${what()}`)), PATIENCE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function whatWasSent(index: number, request: FuzzRequest): string {
  return `request ${index} of seed ${SEED}: ${JSON.stringify(request).slice(
    0,
    4_000,
  )}`;
}

function codeOf(answer: RawResponse): string | undefined {
  try {
    return JSON.parse(answer.text).error?.code;
  } catch {
    return undefined;
  }
}

/** State that a rejected request must not change. The timeline may grow: it records refusals and failed attempts. */
async function fingerprint(knex: Knex): Promise<string> {
  const [datasources] = await knex('datasources')
    .count({ rows: '*' })
    .sum({ versions: 'version' });
  const credentials = await knex('credentials')
    .select('datasource_id', 'credential_id', 'state')
    .orderBy('datasource_id');
  const requests = await knex('authorization_requests')
    .select('id', 'status')
    .orderBy('id');
  return JSON.stringify([datasources, credentials, requests]);
}

/** After everything: every row is complete, and no reference is dangling. */
async function assertWhole(knex: Knex): Promise<void> {
  const datasources = await knex('datasources');
  for (const row of datasources) {
    expect(
      datasourceSettingsSchema.safeParse(JSON.parse(row.settings)),
    ).toEqual(expect.objectContaining({ success: true }));
  }
  const ids = datasources.map(({ id }) => id);
  for (const row of await knex('credentials')) {
    expect(ids).toContain(row.datasource_id);
    if (row.state === 'cleared') expect(row.sealed).toBeNull();
  }
  for (const row of await knex('authorizations')) {
    const over = ['consumed', 'failed'].includes(row.status);
    if (over) expect(row.sealed_result ?? row.sealed_secrets).toBeNull();
    if (row.status === 'granted') expect(row.sealed_result).not.toBeNull();
  }
  for (const row of await knex('authorization_requests')) {
    expect(ids).toContain(row.datasource_id);
    expect(row.decided_by === null).toBe(row.status === 'pending');
  }
}

function count(
  counts: { schema: number; passed: number; statuses: Map<number, number> },
  request: FuzzRequest,
  answer: RawResponse,
) {
  const { statuses } = counts;
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  if (request.body === undefined && request.query.length === 0) return;
  counts.schema += 1;
  // Checked before the body is read, or instead of it.
  const refusedBefore = [401, 405, 412, 413, 415, 428];
  if (refusedBefore.includes(answer.status)) return;
  const code = codeOf(answer);
  if (answer.status === 400 && code !== 'secrets_required') return;
  // Handlers read the body before they look up the datasource; imports check the caller first.
  if (answer.status === 404 && code !== 'not_found') return;
  if (answer.status === 403 && request.path[0] === 'imports') return;
  counts.passed += 1;
}

/** Later requests refer to what earlier ones created. */
function learn(world: FuzzWorld, request: FuzzRequest, answer: RawResponse) {
  if (answer.status >= 300 || !answer.text.startsWith('{')) return;
  const body = JSON.parse(answer.text);
  if (request.path[0] === 'authorizations' && body.id) {
    world.authorizations = [body.id, ...world.authorizations].slice(0, 20);
  }
  if (request.path[0] === 'authorization-requests' && body.link) {
    world.requests = [body.id, ...world.requests].slice(0, 20);
    world.links = [secretOf({ body }), ...world.links].slice(0, 20);
  }
  if (request.path[0] === 'datasources' && body.version && body.name) {
    world.versions.set(body.name, body.version);
  }
}
