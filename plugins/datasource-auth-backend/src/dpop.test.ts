import { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { createDemoProvider, DemoClient, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import {
  fragmentOf,
  visitCallback,
  visitProvider,
} from './__testUtils__/browser';
import { databaseIds, databases } from './__testUtils__/databases';
import { machine, web } from './__testUtils__/demoSettings';
import { DpopApi } from './__testUtils__/DpopApi';
import { pluginService } from './__testUtils__/pluginService';
import { recordOutput, Sink } from './__testUtils__/recordOutput';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from './__testUtils__/startDatasourceAuth';
import { json, LocalServer } from './egress/__testUtils__/LocalServer';
import { dpopProof, createDpopKey } from './signing/dpopProof';

jest.setTimeout(180_000);

const CALLBACK = 'http://localhost:7007/api/datasource-auth/oauth/callback';
const SINKS: Sink[] = ['log', 'audit', 'events', 'notifications', 'metrics'];

/** Both can have only bound tokens. The web client is public, so its refresh tokens are bound, too. */
const CLIENTS: DemoClient[] = [
  {
    id: 'bound-web',
    secret: 'unused',
    name: 'Bound',
    grants: ['authorization_code', 'refresh_token'],
    scope: 'openid offline_access read',
    authentication: 'none',
    isDpopBound: true,
    redirectUris: [CALLBACK],
  },
  {
    id: 'demo-machine',
    secret: 'demo-only-machine-secret',
    name: 'Bound machine',
    grants: ['client_credentials'],
    scope: 'read',
    isDpopBound: true,
  },
];

describe.each(databaseIds())(
  'N6, RFC 9449: tokens that are bound with DPoP, on %s',
  databaseId => {
    const output = recordOutput();
    const signed = jest.spyOn(SignJWT.prototype, 'sign');
    const answers: unknown[] = [];
    let provider: DemoProvider;
    let api: DpopApi;
    let knex: Knex;
    let app: RunningDatasourceAuth;
    let jane: ApiClient;

    const start = async () => {
      app = await startDatasourceAuth({
        knex,
        features: output.features,
        datasourceAuth: { callbackUrl: CALLBACK },
      });
      const call = await app.user('user:default/jane');
      jane = async (...args) => {
        const answer = await call(...args);
        answers.push([args[1], answer.body]);
        return answer;
      };
    };
    beforeAll(async () => {
      provider = await createDemoProvider({
        clients: CLIENTS,
        requireDpopNonce: true,
      });
      api = await DpopApi.start(async token => {
        for (const client of CLIENTS) {
          const { id, secret, authentication } = client;
          const isPublic = authentication === 'none';
          const response = await fetch(`${provider.url}/introspect`, {
            method: 'POST',
            headers: isPublic
              ? {}
              : { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
            body: new URLSearchParams({
              token,
              ...(isPublic && { client_id: id }),
            }),
          });
          const found = await response.json();
          if (found.active) return found;
        }
        return { active: false };
      });
      knex = await databases.init(databaseId);
      await start();
    });
    beforeEach(() => {
      api.server.requests.length = 0;
      api.refused.length = 0;
      api.keys.length = 0;
    });
    afterAll(async () => {
      await app?.stop();
      await provider?.close();
      await api?.server.stop();
    });

    const bound = (settings: any, name: string) => ({
      ...settings,
      ...{ name, baseUrl: `${api.url}/v1`, testPath: '/me' },
      consumers: ['consumer-a'],
      gateway: { routes: [{ methods: ['GET', 'POST'], path: '/**' }] },
      senderConstraint: 'dpop',
    });
    const machineSettings = () => bound(machine('', provider.url), 'machine');
    const webSettings = (name: string) => {
      const settings = bound(web('', provider.url), name);
      settings.auth.clientId = 'bound-web';
      settings.auth.clientAuthentication = 'none';
      delete settings.auth.clientSecret;
      delete settings.auth.revoke;
      return settings;
    };
    const save = (settings: object, authorizationId: string) =>
      jane('POST', '/datasources', {
        ...settings,
        credential: { action: 'replace', authorizationId },
      });
    const approve = async (request: object) => {
      const { body } = await jane('POST', '/authorizations', request);
      const { callback, cookie } = await visitProvider(app, body.ticket);
      const returned = await visitCallback(app, callback, cookie);
      const completion = fragmentOf(returned).get('completion');
      const granted = await jane(
        'POST',
        `/authorizations/${body.id}/completion`,
        { completion },
      );
      expect(granted.body.status).toBe('granted');
      return body.id as string;
    };

    /** A rejected token is refreshed only if it was issued some time ago. */
    const age = async (name: string) => {
      const { id } = await knex('datasources').where({ name }).first('id');
      await knex('credentials')
        .where({ datasource_id: id })
        .decrement('obtained_at', 3_600_000);
      app.tellChange(id);
    };
    /** Lets the API reject the current token of a datasource. */
    const reject = async (name: string) => {
      await jane('GET', `/gateway/${name}/x`);
      await age(name);
      api.rejectLast();
    };

    it('gets a token with one nonce, and tests the connection with a proof', async () => {
      const settings = machineSettings();
      const begun = await jane('POST', '/authorizations', { settings });
      expect(begun.body).toMatchObject({ status: 'granted' });
      // Staged, and then saved.
      const staged = await jane(
        'POST',
        `/authorizations/${begun.body.id}/test`,
      );
      expect(staged.body).toMatchObject({ ok: true, status: 200 });
      const saved = await save(settings, begun.body.id);
      expect(saved.body.status.state).toBe('AUTHORIZED');
      const tested = await jane('POST', '/datasources/machine/test');
      expect(tested.body).toMatchObject({ ok: true, status: 200 });
      expect(api.refused).toEqual(['use_dpop_nonce: none']);
      expect(new Set(api.keys).size).toBe(1);
    });

    it('calls through the gateway with a proof per call, whatever the query and the headers of the caller', async () => {
      for (const path of ['/things?a=b', '/more/%C3%A9', '/things?a=c']) {
        const called = await jane('GET', `/gateway/machine${path}`, undefined, {
          dpop: 'e30.e30.e30',
        });
        expect([path, called.status]).toEqual([path, 200]);
      }
      expect(api.refused).toEqual([]);
      expect(api.server.requests).toHaveLength(3);
    });

    it('repeats a call once with the nonce that the API asks for, if its body can be sent again', async () => {
      api.changeNonce();
      const small = await jane('POST', '/gateway/machine/x', { title: 'x' });
      expect(small.body).toEqual({ path: '/v1/x', body: '{"title":"x"}' });
      expect(api.refused).toEqual(['use_dpop_nonce: old']);

      api.changeNonce();
      const title = 'x'.repeat(100_000);
      const large = await jane('POST', '/gateway/machine/x', { title });
      expect(large.status).toBe(502);
      expect(large.body.error).toMatchObject({ code: 'api_unreachable' });
      expect(large.body.error.message).toMatch(
        /asked for a DPoP nonce, and a body of this size can't be sent again\. Repeat the call/,
      );
      const again = await jane('POST', '/gateway/machine/x', { title });
      expect(again.status).toBe(200);
      // The token was never in doubt.
      expect(provider.counts.tokenCalls.client_credentials).toEqual({
        ...{ granted: 1, refused: 1 },
      });
    });

    it('learns the time of an API that refuses a proof for it', async () => {
      api.ahead = 240_000;
      try {
        const called = await jane('GET', '/gateway/machine/x');
        expect(called.status).toBe(200);
        expect(api.refused).toEqual(['invalid_dpop_proof: iat']);
        expect((await jane('GET', '/gateway/machine/x')).status).toBe(200);
      } finally {
        api.ahead = 0;
        await jane('GET', '/gateway/machine/x');
      }
    });

    it('passes on that a proof is refused, and refreshes no token for it', async () => {
      const { granted } = provider.counts.tokenCalls.client_credentials;
      await age('machine');
      api.refusesProofs = true;
      const called = await jane('GET', '/gateway/machine/x');
      api.refusesProofs = false;
      expect(called.status).toBe(401);
      expect(called.body).toEqual({ error: 'invalid_dpop_proof' });
      expect(api.server.requests).toHaveLength(1);
      expect(provider.counts.tokenCalls.client_credentials.granted).toBe(
        granted,
      );
    });

    it('refreshes a token that the API rejects, with the key of the credential', async () => {
      await reject('machine');
      const called = await jane('GET', '/gateway/machine/x');
      expect(called.status).toBe(200);
      expect(api.refused).toEqual(['invalid_token: not active']);
      expect(new Set(api.keys).size).toBe(1);
    });

    it('gives no plugin the token, and lets fetch run through the backend', async () => {
      const direct = await app.consume('consumer-a', 'machine');
      expect(direct.body.error).toMatchObject({ code: 'bound_to_backend' });
      const service = pluginService(app, 'consumer-a');
      const datasource = 'machine';
      await expect(service.getToken({ datasource })).rejects.toMatchObject({
        code: 'bound_to_backend',
      });
      const response = await service.fetch({ datasource }, '/x?y=1', {
        method: 'POST',
        headers: { dpop: 'forged' },
        body: 'text',
      });
      expect(await response.json()).toEqual({ path: '/v1/x', body: 'text' });
      expect(api.refused).toEqual([]);
    });

    it('threats 41: a stolen token is useless without the key', async () => {
      await jane('GET', '/gateway/machine/x');
      const { authorization, dpop } = api.server.last.headers;
      const token = String(authorization).replace('DPoP ', '');
      const steal = (headers: Record<string, string>) =>
        fetch(`${api.url}/v1/x`, { headers });
      const forged = await dpopProof(await createDpopKey(), {
        ...{ method: 'GET', url: `${api.url}/v1/x`, accessToken: token },
        ...{ now: Date.now(), nonce: nonceOf(String(dpop)) },
      });
      const attempts = [
        await steal({ authorization: `Bearer ${token}` }),
        await steal({ authorization: `DPoP ${token}` }),
        await steal({ authorization: `DPoP ${token}`, dpop: String(dpop) }),
        await steal({ authorization: `DPoP ${token}`, dpop: forged }),
      ];
      expect(attempts.map(({ status }) => status)).toEqual([
        401, 401, 401, 401,
      ]);
      expect(api.refused).toEqual([
        'invalid_token: no DPoP token',
        'invalid_dpop_proof: no proof',
        'invalid_dpop_proof: jti',
        'invalid_token: bound to another key',
      ]);
    });

    it('keeps the key of an approval for its refresh token, also after a restart', async () => {
      const settings = webSettings('crm');
      const id = await approve({ settings });
      const saved = await save(settings, id);
      expect(saved.body.status).toMatchObject({
        ...{ state: 'AUTHORIZED', hasRefreshToken: true },
      });
      await reject('crm');
      expect((await jane('GET', '/gateway/crm/x')).status).toBe(200);
      await app.stop();
      await start();
      await reject('crm');
      expect((await jane('GET', '/gateway/crm/x')).status).toBe(200);
      expect(provider.counts.rotations).toBe(2);
      expect(new Set(api.keys).size).toBe(1);
    });

    it('has another key after another approval', async () => {
      await jane('GET', '/gateway/crm/x');
      const id = await approve({
        ...{ datasource: 'crm', settings: webSettings('crm') },
      });
      const { version } = (await jane('GET', '/datasources/crm')).body;
      await jane(
        'PUT',
        '/datasources/crm',
        {
          ...webSettings('crm'),
          credential: { action: 'replace', authorizationId: id },
        },
        { 'if-match': `"${version}"` },
      );
      expect((await jane('GET', '/gateway/crm/x')).status).toBe(200);
      expect(new Set(api.keys).size).toBe(2);
    });

    it('ends the credential with a change of what binds its tokens', async () => {
      const { version } = (await jane('GET', '/datasources/crm')).body;
      const { body } = await jane(
        'PUT',
        '/datasources/crm',
        { ...webSettings('crm'), senderConstraint: 'none' },
        { 'if-match': `"${version}"` },
      );
      expect(body.status).toMatchObject({ reasonCode: 'settings_changed' });
    });

    it('[checklist 45] refuses a bearer token, and names the reason', async () => {
      const bearer = await LocalServer.start(
        json({ access_token: 'stolen-1', token_type: 'Bearer' }),
      );
      const settings = machineSettings();
      settings.auth.token.url = `http://localhost:${bearer.port}/token`;
      const { body } = await jane('POST', '/authorizations', { settings });
      await bearer.stop();
      expect(body).toMatchObject({
        status: 'failed',
        error: {
          code: 'token_type',
          cause: expect.stringMatching(
            /issued a bearer token: its type is 'Bearer' instead of DPoP/,
          ),
        },
      });
      expect(JSON.stringify(body)).not.toContain('stolen-1');
    });

    it('says which setting a provider needs that issues DPoP tokens', async () => {
      const other = await LocalServer.start(
        json({ access_token: 'x', token_type: 'DPoP' }),
      );
      const { senderConstraint, ...settings } = machineSettings();
      settings.auth.token.url = `http://localhost:${other.port}/token`;
      const { body } = await jane('POST', '/authorizations', { settings });
      await other.stop();
      expect(body.error).toMatchObject({
        code: 'token_type',
        fix: { set: { senderConstraint: 'dpop' } },
      });
    });

    it('threats 23: writes no private key anywhere', async () => {
      const keys = new Set(
        signed.mock.calls.map(
          ([key]) => (key as KeyObject).export({ format: 'jwk' }).d!,
        ),
      );
      expect(keys.size).toBeGreaterThan(3);
      await app.flush();
      for (const path of [
        '/datasources/crm/activity',
        '/health',
        '/datasources',
      ])
        await jane('GET', path);
      const exported = await jane('GET', '/datasources/machine/export');
      expect(exported.body).toContain('senderConstraint: dpop');
      const written = output.written();
      const texts = [
        ...SINKS.map(sink => written[sink]),
        JSON.stringify(answers),
        JSON.stringify(api.server.requests.map(({ headers }) => headers)),
        JSON.stringify([
          await knex('credentials').select(),
          await knex('authorizations').select(),
          await knex('activity').select(),
          await knex('datasources').select(),
        ]),
      ];
      for (const d of keys) {
        for (const text of texts) expect(text).not.toContain(d);
      }
      // The search finds what is there.
      expect(texts[SINKS.length]).toContain('"senderConstraint":"dpop"');
    });
  },
);

function nonceOf(proof: string): string {
  const [, payload] = proof.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()).nonce;
}
