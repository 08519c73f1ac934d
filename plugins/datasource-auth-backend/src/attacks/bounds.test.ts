import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AUTHORIZATION_REQUEST_HEADER } from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { Agent } from 'undici';
import { databases } from '../__testUtils__/databases';
import { recordAudit } from '../__testUtils__/recordAudit';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import {
  CertifiedDispatchers,
  REMEMBERED_CERTIFICATES,
} from '../egress/CertifiedDispatchers';
import { CredentialMemory } from '../credentials/CredentialMemory';
import { randomToken, Sealer } from '../sealing/Sealer';
import { everyRoute } from '../http/__testUtils__/everyRoute';
import { createOpenApiDocument } from '../http/openapi';
import { watchKeys } from './__testUtils__/watchKeys';

jest.setTimeout(120_000);

const HOUR = 60 * 60_000;
/** 12 kB in the URL. */
const HOSTILE = '\u0001'.repeat(4_000);
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const described = createOpenApiDocument('https://x') as {
  paths: Record<
    string,
    Record<string, { parameters: Array<{ name: string; in: string }> }>
  >;
};

/** A route with the hostile text in its path and in every documented query parameter. */
function hostileCall(route: string): { method: string; path: string } {
  const [method, template] = route.split(' ');
  const parameters =
    described.paths[template]?.[method.toLowerCase()]?.parameters ?? [];
  const inPath = /\{(name|id)\}/.test(template);
  const text = encodeURIComponent(HOSTILE);
  const path = template
    .replace(/\{(name|id)\}/, text)
    .replace('{path}', 'things');
  const query = parameters
    .filter(parameter => parameter.in === 'query')
    // All of them together are too long for a header, so each gets its part.
    .map(({ name }, _, all) => `${name}=${text.slice(0, 12_000 / all.length)}`);
  return { method, path: inPath ? path : `${path}?${query.join('&')}` };
}

describe('what a request can make this process remember', () => {
  const audit = recordAudit();
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let guest: ApiClient;
  let callers: Record<string, ApiClient>;
  let queries = 0;

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    app = await startDatasourceAuth({ knex, features: [audit.feature] });
    guest = await app.user('user:development/guest');
    callers = {
      anonymous: app.anonymous,
      guest,
      manager: await app.user('user:default/jane'),
      plugin: app.bearer(await app.pluginToken('consumer-a')),
      'plugin for a user': app.bearer(
        await app.pluginToken('consumer-a', { userRef: 'user:default/eve' }),
      ),
      external: app.bearer('static-token-2'),
    };
    await guest('GET', '/datasources');
    knex.on('query', ({ sql }) => {
      // The change feed polls every two seconds, without requests.
      if (!sql.includes('`changed_at` >')) queries += 1;
    });
  });
  beforeEach(() => {
    audit.events.length = 0;
    queries = 0;
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => app?.stop());

  const addressed = everyRoute().filter(route => /\{(name|id)\}/.test(route));
  const others = everyRoute().filter(route => !addressed.includes(route));

  it('threats 29: has routes of both kinds to test', () => {
    expect(addressed.length).toBeGreaterThan(20);
    expect(others.length).toBeGreaterThan(8);
  });

  it.each(addressed)(
    'threats 29: a name or id of 12 kB is refused before it becomes a key, a query or an audit event: %s',
    async route => {
      const keys = watchKeys('\u0001');
      const lookUp = jest.spyOn(CredentialMemory.prototype, 'get');
      const hash = jest.spyOn(Sealer.prototype, 'hashes');
      const { method, path } = hostileCall(route);
      for (const [kind, call] of Object.entries(callers)) {
        const { status, body } = await call(method, path);
        const expected = kind === 'anonymous' ? [400, 401, 404] : [400, 404];
        expect([kind, expected]).toEqual([
          kind,
          expect.arrayContaining([status]),
        ]);
        expect(JSON.stringify(body).length).toBeLessThan(20_000);
        expect(body.error?.message ?? '').not.toContain('\u0001');
      }
      expect(keys.ever()).toEqual([]);
      expect(audit.events).toEqual([]);
      expect(lookUp).not.toHaveBeenCalled();
      expect(hash).not.toHaveBeenCalled();
      expect(queries).toBe(0);
    },
  );

  // They take no input, and each call of a signed-in user is audited.
  const OWN_DATA = ['GET /connections/export', 'DELETE /connections'];

  it.each(others)(
    'threats 29: hostile text in query, body and headers becomes no key and no audit event: %s',
    async route => {
      const keys = watchKeys('\u0001');
      const { method, path } = hostileCall(route);
      const body =
        method === 'GET'
          ? undefined
          : {
              ...{ datasource: HOSTILE, name: HOSTILE, ticket: HOSTILE },
              ...{ issuer: HOSTILE, url: HOSTILE, entityRef: HOSTILE },
              ...{ authorizationId: HOSTILE, recipient: HOSTILE },
              ...{ settings: { name: HOSTILE }, completion: HOSTILE },
            };
      for (const call of Object.values(callers)) {
        const { status } = await call(method, path, body, {
          [AUTHORIZATION_REQUEST_HEADER]: 'x'.repeat(2_500),
        });
        expect(status).toBeLessThan(500);
      }
      expect(keys.left()).toEqual([]);
      expect(JSON.stringify(audit.events)).not.toContain('\\u0001');
      expect(OWN_DATA.includes(route) ? [] : audit.events).toEqual([]);
    },
  );

  it('threats 29: unknown names leave nothing behind, and cause one audit event an hour for each caller', async () => {
    // All in one hour.
    jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    const keys = watchKeys('probe-');
    for (let time = 0; time < 200; time++) {
      const name = `probe-${time}`;
      expect((await guest('POST', `/datasources/${name}/token`)).status).toBe(
        403,
      );
      for (const path of [`/datasources/${name}`, `/gateway/${name}/x`]) {
        expect((await guest('GET', path)).status).toBe(404);
      }
      expect(
        (await callers.plugin('POST', `/datasources/${name}/token`)).status,
      ).toBe(404);
    }
    expect(keys.left()).toEqual([]);
    expect(audit.events.map(({ meta }) => meta)).toEqual([
      {
        actionType: 'token',
        actor: 'user:development/guest',
        code: 'not_a_plugin',
      },
    ]);
  });

  describe('for callers without a token', () => {
    const start = (ticket: string) =>
      app.anonymous(
        'POST',
        '/oauth/start',
        new URLSearchParams({ ticket }).toString(),
        FORM,
      );
    const callback = (state: string, path = '/oauth/callback') =>
      app.anonymous('GET', `${path}?code=c&state=${state}`);
    const posted = (state: string) =>
      app.anonymous(
        'POST',
        '/oauth/callback/crm',
        new URLSearchParams({ code: 'c', state }).toString(),
        FORM,
      );

    it('threats 36: an invalid ticket, state or handle is neither hashed nor looked up', async () => {
      const hash = jest.spyOn(Sealer.prototype, 'hashes');
      for (const text of ['', 'x', 'x'.repeat(9_000), `${randomToken()}=`]) {
        expect((await start(text)).status).toBe(400);
        expect((await callback(text)).status).toBe(400);
        expect((await callback(text, '/oauth/callback/crm')).status).toBe(400);
        expect((await posted(text)).status).toBe(400);
        const { status } = await app.anonymous(
          'GET',
          `/oauth/callback?handle=h${text}`,
        );
        expect(status).toBe(400);
      }
      expect(hash).not.toHaveBeenCalled();
      expect(queries).toBe(0);
    });

    it('threats 36: calls are counted, with one audit event of each kind an hour', async () => {
      const clock = jest.spyOn(Date, 'now');
      const later = (hours: number) =>
        clock.mockReturnValue(new Date().getTime() + hours * HOUR);
      later(10);
      await app.flush();
      audit.events.length = 0;
      later(20);
      const counts = await rowCounts();
      const some = async (times: number) => {
        for (let time = 0; time < times; time++) {
          await start(randomToken());
          await callback(randomToken());
          await posted(randomToken());
        }
      };
      await some(5);
      expect(audit.events).toEqual([]);
      const told = async () => {
        await app.flush();
        const found = audit.events.map(({ eventId, meta, error }) => [
          ...[eventId, meta.actionType, meta.count, error],
        ]);
        audit.events.length = 0;
        return found.sort();
      };
      expect(await told()).toEqual([
        ['access-refused', 'callback', 10, 'counted'],
        ['access-refused', 'start', 5, 'counted'],
      ]);
      await some(2);
      expect(await told()).toEqual([]);
      later(21.01);
      await some(1);
      expect(await told()).toEqual([
        ['access-refused', 'callback', 6, 'counted'],
        ['access-refused', 'start', 3, 'counted'],
      ]);
      later(23);
      expect(await told()).toEqual([]);
      expect(await rowCounts()).toEqual(counts);
    });

    it('threats 36: an unreadable path or body gets a page, and no line in the error log', async () => {
      for (const [path, body] of [
        ['/oauth/callback/%FF', undefined],
        ['/oauth/callback/Not_a_name', undefined],
        ['/oauth/start', 'x'.repeat(70_000)],
      ] as const) {
        const answer = await app.anonymous(
          body ? 'POST' : 'GET',
          path,
          body,
          FORM,
        );
        expect([path, answer.status < 500]).toEqual([path, true]);
        expect(answer.headers.get('content-type')).toMatch('text/html');
      }
    });

    async function rowCounts() {
      const tables = ['authorizations', 'activity', 'usage', 'datasources'];
      return Promise.all(
        tables.map(async table => (await knex(table).count())[0]),
      );
    }
  });
});

/**
 * Every map and set that lives as long as the process, with its keys and its bound. A new one needs a line here: check
 * first whether a request can choose its keys.
 */
const BOUNDED: Record<string, string> = {
  'access/Audit.ts #told': 'hashes; 10,000 in an hour',
  'access/Audit.ts #counted': 'three kinds',
  'access/EntryLimit.ts #tries': 'ids and users that exist; capped',
  'access/KnownCallers.ts #known': 'hashes of verified tokens; capped',
  'activity/UsageRecorder.ts #counts':
    'ids of datasources, verified plugins and hours; capped',
  'activity/UsageRecorder.ts #used': 'ids that exist; capped',
  'credentials/ChangeFeed.ts #listeners': 'subscriptions of our own',
  'credentials/ChangeFeed.ts #waiters': 'ids of datasources being refreshed',
  'credentials/ChangeFeed.ts #seen': 'ids of rows changed in 10 seconds',
  'credentials/CredentialMemory.ts #copies':
    'names that exist, and people; capped',
  'credentials/CredentialMemory.ts #reads':
    'valid names, while their read is running',
  'credentials/PendingWork.ts #running': 'promises that are running',
  'credentials/LostCommits.ts #unchecked': 'ids that are remembered',
  'credentials/ProviderCircuit.ts #hosts': 'hosts in settings; capped',
  'credentials/ProviderCircuit.ts #pausesUntil': 'hosts in settings; capped',
  'credentials/Rejections.ts #known':
    'ids; 1,000, and for each 200 routes of up to 300 characters',
  'credentials/RememberedTokens.ts #byKey': 'ids; capped',
  'credentials/SecretRejections.ts #checked': 'ids and generations; 5,000',
  'credentials/SettingsCredentials.ts #begun':
    'ids of declared datasources; 5,000',
  'credentials/SharedRenewals.ts #flights':
    'ids, while they are being refreshed',
  'credentials/SignedTokens.ts #signed': 'ids; 5,000',
  'credentials/UnattendedRenewals.ts #behindFrom': 'ids; capped',
  'imports/DescriptionComparison.ts #remembered':
    'hashes, and URLs in settings; 200',
  'openapi/References.ts #documents': 'lives as long as one import',
  'providers/PresetRegistry.ts #added': 'ids of presets from modules',
  'node: calls/Connections.ts #doors': 'rules from the backend; 4',
  'node: tokens/TokenMemory.ts #slots':
    'valid names and user refs up to 500 characters; 10,000',
  'node: tokens/PluginRequestTokens.ts #kept': 'ids of plugins in our code',
  'node: tokens/PluginRequestTokens.ts #minting': 'as #kept',
  'signing/DpopProofs.ts #nonces': 'origins in settings; 1,000 of 1 kB',
  'signing/ServerClocks.ts #skews': 'hosts in settings; 1,000',
  'signing/Signers.ts #signers': 'names of signers from modules',
};

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !/test|mock/i.test(file))
    .map(file => join(folder, file));
}

/** Fields and module variables that start as an empty map or set. */
function collectionsIn(folder: string, prefix = ''): string[] {
  return sources(folder).flatMap(file =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /^ {2}(?:static )?(?:readonly )?(#\w+)[^=\n]*= ?[^;]*?new (?:Map|Set|LRUCache|GrowingCache|SubjectCache)\b/gm,
      ),
    ].map(([, field]) => `${prefix}${relative(folder, file)} ${field}`),
  );
}

describe('maps and sets that live as long as the process', () => {
  it('threats 29: are listed here with their bound', () => {
    const backend = join(__dirname, '..');
    const node = join(__dirname, '../../../datasource-auth-node/src');
    const found = [...collectionsIn(backend), ...collectionsIn(node, 'node: ')];
    expect(found.sort()).toEqual(Object.keys(BOUNDED).sort());
  });
});

it('threats 29: certificates of clients keep only a limited number of dispatchers open', async () => {
  const opened: Agent[] = [];
  const dispatchers = new CertifiedDispatchers({
    open: () => {
      opened.push(new Agent());
      return opened.at(-1)!;
    },
  });
  const certificates = Array.from(
    { length: 3 * REMEMBERED_CERTIFICATES },
    (_, index) => ({ certificate: `${index}`, key: 'key' }),
  );
  certificates.forEach(each => dispatchers.get(each));
  const open = () => opened.filter(agent => !agent.closed);
  expect(open()).toEqual(opened.slice(-REMEMBERED_CERTIFICATES));
  const last = dispatchers.get(certificates.at(-1)!);
  expect(last).toBe(opened.at(-1));
  await dispatchers.close();
  expect(open()).toEqual([]);
});
