import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import { databaseNow } from './database/database';
import {
  fragmentOf,
  postForm,
  visitCallback,
  visitProvider,
} from './__testUtils__/browser';
import { legacy, machine, web } from './__testUtils__/demoSettings';
import { databaseIds, databases } from './__testUtils__/databases';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from './__testUtils__/startDatasourceAuth';

jest.setTimeout(120_000);

const hashOf = (token: string) =>
  createHash('sha256').update(token).digest('base64url');

describe.each(databaseIds())('datasource-auth on %s', databaseId => {
  let provider: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;
  let bob: ApiClient;
  let eve: ApiClient;

  beforeAll(async () => {
    provider = await createDemoProvider({
      recordIssued: true,
      clients: undefined,
    });
    knex = await databases.init(databaseId);
    app = await startDatasourceAuth({
      knex,
      datasourceAuth: {
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
        datasources: {
          declared: { ...machine('declared', provider.url), name: undefined },
        },
      },
    });
    jane = await app.user('user:default/jane');
    bob = await app.user('user:default/bob');
    eve = await app.user('user:default/eve');
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  const approve = (
    started: { ticket: string },
    options: { deny?: boolean } = {},
  ) => visitProvider(app, started.ticket, options);
  const back = (callback: URL, cookie: string) =>
    visitCallback(app, callback, cookie);

  it('S0.11–S0.15, S3.1, S4.1 gets a credential in the browser, staged until Save', async () => {
    const settings = web('crm', provider.url);
    const begun = await jane('POST', '/authorizations', { settings });
    expect(begun).toMatchObject({
      status: 201,
      body: { status: 'pending', display: 'popup' },
    });

    const { callback, cookie } = await approve(begun.body);
    const returned = await back(callback, cookie);
    expect(returned.status).toBe(303);
    expect(returned.headers.get('location')).toMatch(
      /^http:\/\/localhost:3000\/datasource-auth\/authorized#id=/,
    );
    const completion = fragmentOf(returned).get('completion');

    const granted = await jane(
      'POST',
      `/authorizations/${begun.body.id}/completion`,
      { completion },
    );
    expect(granted).toMatchObject({
      status: 200,
      body: { status: 'granted', staged: { hasRefreshToken: true } },
    });
    expect((await jane('GET', '/datasources/crm')).status).toBe(404);

    const created = await jane('POST', '/datasources', {
      ...settings,
      credential: { action: 'replace', authorizationId: begun.body.id },
    });
    expect(created).toMatchObject({
      status: 201,
      body: { name: 'crm', status: { state: 'AUTHORIZED' } },
    });

    const token = await app.consume('consumer-a', 'crm');
    expect(token.status).toBe(200);
    expect(token.body.accessToken).toBe(latest(provider, 'demo-web'));
  });

  it('saves a staged credential once', async () => {
    const draft = await authorized('once');
    const body = {
      ...web('once', provider.url),
      credential: { action: 'replace', authorizationId: draft },
    };
    expect((await jane('POST', '/datasources', body)).status).toBe(201);
    expect(
      await jane('POST', '/datasources', { ...body, name: 'twice' }),
    ).toMatchObject({
      status: 409,
      body: { error: { code: 'credential_out_of_date' } },
    });
    expect((await jane('GET', '/datasources/twice')).status).toBe(404);
  });

  it('S0.18–S0.21 clears on Save, keeps the settings, and gets no credential until a user does', async () => {
    await saved('cleared');
    const before = await jane('GET', '/datasources/cleared');
    const { settings } = splitRead(before.body);
    const put = await jane(
      'PUT',
      '/datasources/cleared',
      { ...settings, credential: { action: 'clear' } },
      { 'if-match': `"${before.body.version}"` },
    );
    expect(put).toMatchObject({
      status: 200,
      body: {
        status: { state: 'NOT_AUTHORIZED', reasonCode: 'cleared' },
        auth: { clientId: 'demo-web', clientSecret: { set: true } },
      },
    });
    expect(await app.consume('consumer-a', 'cleared')).toMatchObject({
      status: 409,
      body: { error: { code: 'datasource_not_authorized' } },
    });
  });

  it('S0.16, S3.2, S4.10, S4.11 refreshes an expired token once for many callers, and stores the rotated refresh token', async () => {
    provider.setAccessTokenSeconds(2);
    await saved('short');
    provider.setAccessTokenSeconds(120);
    const first = await app.consume('consumer-a', 'short');
    await age('short', 60_000);
    const before = provider.counts.rotations;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => app.consume('consumer-b', 'short')),
    );
    expect(provider.counts.rotations - before).toBe(1);
    expect(new Set(answers.map(answer => answer.body.accessToken)).size).toBe(
      1,
    );
    expect(answers[0].body.accessToken).not.toBe(first.body.accessToken);
    expect(answers[0].body.accessToken).toBe(latest(provider, 'demo-web'));
  });

  it('S0.17 ends a credential when the provider rejects its refresh token', async () => {
    await saved('refused');
    provider.revokeGrants();
    await age('refused', 10 * 60_000);
    expect(await app.consume('consumer-a', 'refused')).toMatchObject({
      status: 409,
      body: {
        error: {
          name: 'DatasourceNotAuthorizedError',
          code: 'datasource_not_authorized',
          link: 'http://localhost:3000/datasource-auth/refused',
        },
      },
    });
    expect(
      (await jane('GET', '/datasources/refused')).body.status,
    ).toMatchObject({ state: 'NOT_AUTHORIZED', reasonCode: 'refused' });
  });

  it('S1.2, S1.12 repeats the client credentials grant when the token expires', async () => {
    const first = await app.consume('consumer-a', 'declared');
    expect(first.status).toBe(200);
    await age('declared', 10 * 60_000);
    const second = await app.consume('consumer-a', 'declared');
    expect(second.status).toBe(200);
    expect(second.body.accessToken).not.toBe(first.body.accessToken);
  });

  it('S1.9–S1.13, S3.1 gets an access token immediately, staged until Save', async () => {
    const settings = machine('batch', provider.url);
    const granted = await jane('POST', '/authorizations', {
      settings,
    });
    expect(granted).toMatchObject({
      status: 201,
      body: { status: 'granted', staged: { hasRefreshToken: false } },
    });
    expect(granted.body.staged.expiresAt).toBeGreaterThan(Date.now());
    const created = await jane('POST', '/datasources', {
      ...settings,
      credential: { action: 'replace', authorizationId: granted.body.id },
    });
    expect(created.body.status).toMatchObject({ state: 'AUTHORIZED' });
    expect((await app.consume('consumer-a', 'batch')).status).toBe(200);
  });

  it('S1.8 threats 37: requests another token as soon as changed scopes are saved, without a caller', async () => {
    const settings = machine('rescoped', provider.url);
    const { body } = await jane('POST', '/authorizations', { settings });
    const created = await jane('POST', '/datasources', {
      ...settings,
      credential: { action: 'replace', authorizationId: body.id },
    });
    const first = await app.consume('consumer-a', 'rescoped');
    expect(first.body.scope).toBe('read');
    const put = await jane(
      'PUT',
      '/datasources/rescoped',
      {
        ...splitRead(created.body).settings,
        auth: { ...created.body.auth, scopes: ['read', 'write'] },
      },
      { 'if-match': `"${created.body.version}"` },
    );
    expect(put).toMatchObject({
      status: 200,
      body: { status: { state: 'AUTHORIZED' } },
    });
    const scope = async () =>
      (await jane('GET', '/datasources/rescoped')).body.status.scope;
    for (let tries = 0; (await scope()) !== 'read write'; tries++) {
      expect(tries).toBeLessThan(100);
      await sleep(50);
    }
  });

  it('S2.6–S2.8 tests, saves and refreshes with the password grant', async () => {
    const settings = legacy('old', provider.url);
    const granted = await jane('POST', '/authorizations', { settings });
    expect(granted.body).toMatchObject({ status: 'granted' });
    const tested = await jane(
      'POST',
      `/authorizations/${granted.body.id}/test`,
    );
    expect(tested.body).toMatchObject({ ok: true, status: 200 });
    await jane('POST', '/datasources', {
      ...settings,
      credential: { action: 'replace', authorizationId: granted.body.id },
    });
    const first = await app.consume('consumer-a', 'old');
    await age('old', 10 * 60_000);
    const second = await app.consume('consumer-a', 'old');
    expect(second.status).toBe(200);
    expect(second.body.accessToken).not.toBe(first.body.accessToken);
  });

  it('S0.27 verifies a saved credential with a real call, and records when', async () => {
    await saved('tested');
    const tested = await jane('POST', '/datasources/tested/test');
    expect(tested.body).toMatchObject({ ok: true, status: 200 });
    const { status } = (await jane('GET', '/datasources/tested')).body;
    expect(status.verifiedAt).toBeGreaterThan(Date.now() - 60_000);
  });

  describe('invalid input', () => {
    it.each([
      ['a missing name', { name: undefined }, 'name'],
      ['a name with capitals', { name: 'CRM' }, 'name'],
      ['a reserved name', { name: 'new' }, 'name'],
      [
        'an unknown grant',
        { auth: { grantType: 'implicit' } },
        'auth.grantType',
      ],
      [
        'an invalid token URL',
        { auth: { grantType: 'password', token: { url: 'not a url' } } },
        'auth.token.url',
      ],
      [
        'a reserved parameter',
        {
          auth: {
            grantType: 'password',
            token: { params: { grant_type: 'x' } },
          },
        },
        'auth.token.params.grant_type',
      ],
      ['an unknown field', { colour: 'red' }, ''],
    ])('rejects %s and names the field', async (_, change, field) => {
      const answer = await jane('POST', '/datasources', {
        ...web('bad', provider.url),
        ...change,
      });
      expect(answer.status).toBe(400);
      expect(answer.body.error.code).toBe('invalid_request');
      expect(Object.keys(answer.body.error.fields)).toContain(field);
      expect((await jane('GET', '/datasources/bad')).status).toBe(404);
    });

    it('rejects a duplicate name', async () => {
      const body = web('double', provider.url);
      expect((await jane('POST', '/datasources', body)).status).toBe(201);
      expect(await jane('POST', '/datasources', body)).toMatchObject({
        status: 409,
        body: {
          error: { code: 'name_taken', fields: { name: expect.any(String) } },
        },
      });
    });

    it('rejects the name of a declared datasource', async () => {
      expect(
        await jane('POST', '/datasources', web('declared', provider.url)),
      ).toMatchObject({
        status: 409,
        body: {
          error: {
            code: 'name_taken',
            fields: { name: 'This name is declared in app-config.' },
          },
        },
      });
    });

    it('rejects a body that is not JSON, and repeats nothing from it', async () => {
      const answer = await jane(
        'POST',
        '/datasources',
        '{"clientSecret": "hush',
        {
          'content-type': 'application/json',
        },
      );
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).not.toContain('hush');
    });

    it('explains a wrong secret and stores nothing', async () => {
      const settings = machine('wrong', provider.url);
      settings.auth.clientSecret = 'not-the-secret';
      const answer = await jane('POST', '/authorizations', {
        settings: { ...settings, name: 'wrong' },
      });
      expect(answer.body).toMatchObject({
        status: 'failed',
        error: { code: 'invalid_client', remedy: expect.any(String) },
      });
      expect(answer.body.staged).toBeUndefined();
    });

    it('explains a provider that is down', async () => {
      const settings = machine('down', 'http://localhost:1');
      const answer = await jane('POST', '/authorizations', {
        settings: { ...settings, name: 'down' },
      });
      expect(answer.body).toMatchObject({
        status: 'failed',
        error: { code: 'connect', retryable: true },
      });
    });

    it('rejects a URL that egress forbids, and names the field', async () => {
      const settings = machine('inside', 'http://10.1.2.3');
      expect(
        await jane('POST', '/datasources', { ...settings, name: 'inside' }),
      ).toMatchObject({
        status: 400,
        body: {
          error: {
            code: 'egress_blocked',
            fields: { 'auth.token.url': expect.any(String) },
          },
        },
      });
    });

    it('S0.25 saves an incomplete datasource and says what is missing', async () => {
      const answer = await jane('POST', '/datasources', {
        name: 'half',
        auth: { grantType: 'authorization_code', clientId: 'x' },
      });
      expect(answer).toMatchObject({
        status: 201,
        body: {
          status: {
            state: 'NOT_CONFIGURED',
            reason: 'Missing: Client secret, Authorize URL, Token URL',
          },
        },
      });
    });
  });

  describe('the browser sequence', () => {
    it('[checklist 14] rejects a callback without state, and with a foreign or used one', async () => {
      const begun = await jane('POST', '/authorizations', {
        settings: web('flow', provider.url),
      });
      const { callback, cookie } = await approve(begun.body);
      const none = await app.anonymous(
        'GET',
        '/oauth/callback?code=abc',
        undefined,
        { cookie },
      );
      expect(none.status).toBe(400);
      const foreign = await app.anonymous(
        'GET',
        `/oauth/callback?code=abc&state=${'x'.repeat(43)}`,
        undefined,
        { cookie },
      );
      expect(foreign.status).toBe(400);
      expect((await back(callback, cookie)).status).toBe(303);
      const used = new URL(callback);
      used.searchParams.set('code', 'another');
      const again = await back(used, cookie);
      expect(again.status).toBe(400);
      expect(again.body).toContain('<h1>');
    });

    it('keeps the state when another browser sends it', async () => {
      const begun = await jane('POST', '/authorizations', {
        settings: web('flow', provider.url),
      });
      const { callback, cookie } = await approve(begun.body);
      const name = cookie.split('=')[0];
      expect((await back(callback, '')).status).toBe(400);
      expect((await back(callback, `${name}=stolen`)).status).toBe(400);
      expect((await back(callback, cookie)).status).toBe(303);
    });

    it('[checklist 18] rejects a repeated parameter', async () => {
      const begun = await jane('POST', '/authorizations', {
        settings: web('flow', provider.url),
      });
      const { callback, cookie } = await approve(begun.body);
      const twice = new URL(callback);
      twice.searchParams.append('code', 'another');
      expect((await back(twice, cookie)).status).toBe(400);
      expect((await back(callback, cookie)).status).toBe(303);
    });

    it('accepts a ticket once, or twice within seconds of a repeated form post, and not after a minute', async () => {
      const begun = await jane('POST', '/authorizations', {
        settings: web('flow', provider.url),
      });
      const { ticket } = begun.body;
      const start = await postForm(app, '/oauth/start', { ticket });
      const again = await postForm(app, '/oauth/start', { ticket });
      expect([start.status, again.status]).toEqual([303, 303]);
      expect(again.headers.get('location')).toBe(start.headers.get('location'));
      await knex('authorizations')
        .where({ id: begun.body.id })
        .update({ ticket_expires_at: 1 });
      expect((await postForm(app, '/oauth/start', { ticket })).status).toBe(
        400,
      );

      const late = await jane('POST', '/authorizations', {
        settings: web('flow', provider.url),
      });
      await knex('authorizations')
        .where({ id: late.body.id })
        .update({ ticket_expires_at: 1 });
      expect(
        (await postForm(app, '/oauth/start', { ticket: late.body.ticket }))
          .status,
      ).toBe(400);
    });

    it('keeps a ticket that a link scanner opens', async () => {
      const begun = await jane('POST', '/authorizations', {
        settings: web('flow', provider.url),
      });
      const { ticket } = begun.body;
      expect(
        (await app.anonymous('HEAD', `/oauth/start?ticket=${ticket}`)).status,
      ).toBe(405);
      const page = await app.anonymous('GET', `/oauth/start?ticket=${ticket}`);
      expect(page.status).toBe(200);
      expect(page.body).toContain('<form');
      expect((await postForm(app, '/oauth/start', { ticket })).status).toBe(
        303,
      );
    });

    it('handles a form_post in two steps, so that the cookie is sent', async () => {
      const begun = await jane('POST', '/authorizations', {
        settings: web('flow', provider.url),
      });
      const { callback, cookie } = await approve(begun.body);
      const posted = await postForm(
        app,
        '/oauth/callback',
        Object.fromEntries(callback.searchParams),
      );
      expect(posted.status).toBe(303);
      const handle = new URL(posted.headers.get('location')!).search;
      expect(handle).not.toContain('code');
      const done = await app.anonymous(
        'GET',
        `/oauth/callback${handle}`,
        undefined,
        { cookie },
      );
      expect(done.status).toBe(303);
      expect(fragmentOf(done).get('completion')).toBeTruthy();
    });

    it('destroys the result when another user finishes', async () => {
      const begun = await jane('POST', '/authorizations', {
        settings: web('flow', provider.url),
      });
      const { callback, cookie } = await approve(begun.body);
      const completion = fragmentOf(await back(callback, cookie)).get(
        'completion',
      );
      expect(
        await bob('POST', `/authorizations/${begun.body.id}/completion`, {
          completion,
        }),
      ).toMatchObject({
        status: 403,
        body: {
          error: {
            code: 'other_user',
            message: expect.stringContaining('jane'),
          },
        },
      });
      expect(
        await jane('POST', `/authorizations/${begun.body.id}/completion`, {
          completion,
        }),
      ).toMatchObject({ status: 409 });
      const row = await knex('authorizations')
        .where({ id: begun.body.id })
        .first();
      expect(row).toMatchObject({
        status: 'failed',
        sealed_result: null,
        sealed_secrets: null,
      });
    });

    it('hides an attempt from other users', async () => {
      const begun = await jane('POST', '/authorizations', {
        settings: web('flow', provider.url),
      });
      expect(
        (await bob('GET', `/authorizations/${begun.body.id}`)).status,
      ).toBe(404);
    });

    it('completes once', async () => {
      const begun = await jane('POST', '/authorizations', {
        settings: web('flow', provider.url),
      });
      const { callback, cookie } = await approve(begun.body);
      const completion = fragmentOf(await back(callback, cookie)).get(
        'completion',
      );
      const path = `/authorizations/${begun.body.id}/completion`;
      expect(
        (await jane('POST', path, { completion: 'x'.repeat(43) })).status,
      ).toBe(409);
      expect((await jane('POST', path, { completion })).status).toBe(200);
      expect((await jane('POST', path, { completion })).status).toBe(409);
      expect(
        (await jane('GET', `/authorizations/${begun.body.id}`)).body.status,
      ).toBe('granted');
    });

    it('[checklist 17] says that access was not approved', async () => {
      const begun = await jane('POST', '/authorizations', {
        settings: web('flow', provider.url),
      });
      const { callback, cookie } = await approve(begun.body, { deny: true });
      const returned = await back(callback, cookie);
      expect(fragmentOf(returned).get('completion')).toBeNull();
      expect(
        (await jane('GET', `/authorizations/${begun.body.id}`)).body,
      ).toMatchObject({
        status: 'failed',
        error: { code: 'access_denied', title: 'Access was not approved' },
        settings: { name: 'flow' },
      });
    });
  });

  describe('saving', () => {
    it('requires the current version', async () => {
      const created = await jane(
        'POST',
        '/datasources',
        web('versions', provider.url),
      );
      const { settings } = splitRead(created.body);
      expect(
        (await jane('PUT', '/datasources/versions', settings)).status,
      ).toBe(428);
      const put = (version: number) =>
        jane(
          'PUT',
          '/datasources/versions',
          { ...settings, title: `v${version}` },
          {
            'if-match': `"${version}"`,
          },
        );
      expect((await put(1)).body.version).toBe(2);
      expect(await put(1)).toMatchObject({
        status: 412,
        body: { error: { code: 'version_conflict' } },
      });
    });

    it('keeps a secret that a write omits, and removes one that is null', async () => {
      const created = await jane(
        'POST',
        '/datasources',
        web('secrets', provider.url),
      );
      const { settings } = splitRead(created.body);
      const kept = await jane('PUT', '/datasources/secrets', settings, {
        'if-match': '"1"',
      });
      expect(kept.body.auth.clientSecret).toMatchObject({
        set: true,
        updatedBy: 'user:default/jane',
      });
      const removed = await jane(
        'PUT',
        '/datasources/secrets',
        { ...settings, auth: { ...settings.auth, clientSecret: null } },
        { 'if-match': '"2"' },
      );
      expect(removed.body.auth.clientSecret).toBeUndefined();
      expect(removed.body.status.state).toBe('NOT_CONFIGURED');
    });

    it('[checklist 40] requires the secrets again for a new origin, and does not send the saved ones', async () => {
      const created = await jane(
        'POST',
        '/datasources',
        web('origins', provider.url),
      );
      const { settings } = splitRead(created.body);
      const moved = {
        ...settings,
        auth: {
          ...settings.auth,
          token: { ...settings.auth.token, url: 'https://evil.example/token' },
        },
      };
      expect(
        await jane('PUT', '/datasources/origins', moved, { 'if-match': '"1"' }),
      ).toMatchObject({
        status: 400,
        body: {
          error: {
            code: 'secrets_required',
            fields: {
              'auth.clientSecret': expect.stringContaining(
                'Re-enter the secret',
              ),
            },
          },
        },
      });
      expect(
        (
          await jane('POST', '/authorizations', {
            datasource: 'origins',
            settings: moved,
          })
        ).status,
      ).toBe(400);
    });

    it('ends the credential when a binding setting changes, and keeps it when another one does', async () => {
      await saved('bound');
      const read = (await jane('GET', '/datasources/bound')).body;
      const { settings } = splitRead(read);
      const soft = await jane(
        'PUT',
        '/datasources/bound',
        { ...settings, title: 'Soft' },
        { 'if-match': `"${read.version}"` },
      );
      expect(soft.body.status.state).toBe('AUTHORIZED');
      const hard = await jane(
        'PUT',
        '/datasources/bound',
        { ...settings, auth: { ...settings.auth, audience: 'another' } },
        { 'if-match': `"${soft.body.version}"` },
      );
      expect(hard.body.status).toMatchObject({
        state: 'NOT_AUTHORIZED',
        reasonCode: 'settings_changed',
      });
      expect((await app.consume('consumer-a', 'bound')).status).toBe(409);
    });

    it('does not save a credential for other settings', async () => {
      const draft = await authorized('stale');
      const settings = web('stale', provider.url);
      settings.auth.audience = 'another';
      expect(
        await jane('POST', '/datasources', {
          ...settings,
          credential: { action: 'replace', authorizationId: draft },
        }),
      ).toMatchObject({
        status: 409,
        body: { error: { code: 'credential_out_of_date' } },
      });
      expect((await jane('GET', '/datasources/stale')).status).toBe(404);
    });

    it('does not save the credential of another user', async () => {
      const draft = await authorized('theirs');
      expect(
        await bob('POST', '/datasources', {
          ...web('theirs', provider.url),
          credential: { action: 'replace', authorizationId: draft },
        }),
      ).toMatchObject({
        status: 409,
        body: { error: { code: 'credential_out_of_date' } },
      });
    });

    it('keeps a declared datasource read-only, but allows authorizing it', async () => {
      const read = (await jane('GET', '/datasources/declared')).body;
      const { settings } = splitRead(read);
      expect(
        await jane('PUT', '/datasources/declared', settings, {
          'if-match': `"${read.version}"`,
        }),
      ).toMatchObject({
        status: 409,
        body: { error: { code: 'declared_read_only' } },
      });
      expect(
        await jane('POST', '/authorizations', {
          datasource: 'declared',
          commit: true,
        }),
      ).toMatchObject({ status: 201, body: { status: 'consumed' } });
      expect(
        (await app.consume('consumer-a', 'declared')).body.accessToken,
      ).toBe(latest(provider, 'demo-machine'));
    });

    it('S0.20 stays cleared, also for client credentials', async () => {
      const settings = machine('tidy', provider.url);
      const granted = await jane('POST', '/authorizations', { settings });
      await jane('POST', '/datasources', {
        ...settings,
        credential: { action: 'replace', authorizationId: granted.body.id },
      });
      expect((await app.consume('consumer-a', 'tidy')).status).toBe(200);
      const cleared = await jane('DELETE', '/datasources/tidy/credential');
      expect(cleared.body.status).toMatchObject({
        state: 'NOT_AUTHORIZED',
        reason: expect.stringMatching(/^Cleared by jane on /),
      });
      expect((await app.consume('consumer-a', 'tidy')).status).toBe(409);
    });

    it('revokes at the provider only when asked', async () => {
      await saved('revoked');
      const before = provider.counts.revocations;
      await jane('DELETE', '/datasources/revoked/credential');
      expect(provider.counts.revocations).toBe(before);
      await saved('revoked-too');
      expect(
        (
          await jane(
            'DELETE',
            '/datasources/revoked-too?force=true&revoke=true',
          )
        ).status,
      ).toBe(204);
      expect(provider.counts.revocations).toBeGreaterThan(before);
    });
  });

  describe('access', () => {
    it('[checklist 48] gives tokens only to allowed plugins', async () => {
      const settings = machine('listed', provider.url, ['consumer-a']);
      const granted = await jane('POST', '/authorizations', {
        settings: { ...settings, name: 'listed' },
      });
      await jane('POST', '/datasources', {
        ...settings,
        name: 'listed',
        credential: { action: 'replace', authorizationId: granted.body.id },
      });
      expect((await app.consume('consumer-a', 'listed')).status).toBe(200);
      expect(
        (
          await app.consume('consumer-a', 'listed', {
            userRef: 'user:default/eve',
          })
        ).status,
      ).toBe(200);
      expect(await app.consume('consumer-b', 'listed')).toMatchObject({
        status: 403,
        body: {
          error: {
            code: 'consumer_not_allowed',
            name: 'DatasourceConsumerNotAllowedError',
          },
        },
      });
      for (const caller of [
        jane,
        app.bearer('static-token-1'),
        app.bearer('static-token-2'),
      ]) {
        const answer = await caller('POST', '/datasources/listed/token', {});
        expect(answer.status).toBe(403);
        expect(answer.body.accessToken).toBeUndefined();
      }
      expect(
        (await app.anonymous('POST', '/datasources/listed/token', {})).status,
      ).toBe(401);
    });

    it('lets only managers write if permissions are off', async () => {
      expect(
        await eve('POST', '/datasources', web('eves', provider.url)),
      ).toMatchObject({
        status: 403,
        body: { error: { code: 'not_allowed' } },
      });
      expect((await eve('GET', '/datasources')).body.mayCreate).toBe(false);
      expect(
        (await eve('DELETE', '/datasources/declared/credential')).status,
      ).toBe(403);
      expect(
        (
          await eve('POST', '/authorizations', {
            datasource: 'declared',
            commit: true,
          })
        ).status,
      ).toBe(403);
    });

    it('limits an external token to the access that it names', async () => {
      const automation = app.bearer('static-token-2');
      expect(
        (
          await automation('POST', '/datasources', {
            ...web('auto', provider.url),
            consumers: [],
          })
        ).status,
      ).toBe(201);
      expect((await automation('DELETE', '/datasources/auto')).status).toBe(
        403,
      );
      expect(
        (
          await app.bearer('static-token-1')(
            'POST',
            '/datasources',
            web('auto2', provider.url),
          )
        ).status,
      ).toBe(403);
    });

    it('rejects callers who are not signed in', async () => {
      for (const [method, path] of [
        ['GET', '/datasources'],
        ['GET', '/datasources/declared'],
        ['GET', '/health'],
        ['POST', '/authorizations'],
      ]) {
        expect((await app.anonymous(method, path)).status).toBe(401);
      }
    });
  });

  it('lists datasources that need attention first, in pages', async () => {
    const all = (await jane('GET', '/datasources?limit=200')).body
      .items as any[];
    const ranks = all.map(
      ({ status }) =>
        ((
          {
            ERROR: 3,
            NOT_AUTHORIZED: 2,
            NOT_CONFIGURED: 1,
            AUTHORIZED: 0,
          } as any
        )[status.state]),
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    const names: string[] = [];
    let cursor = '';
    do {
      const page = (await jane('GET', `/datasources?limit=3${cursor}`)).body;
      names.push(...page.items.map((item: any) => item.name));
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
    } while (cursor);
    expect(names).toEqual(all.map(({ name }) => name));
    expect(
      (await jane('GET', '/datasources?search=decl')).body.items.map(
        (item: any) => item.name,
      ),
    ).toEqual(['declared']);
  });

  it('stores no secret or token unencrypted, and returns none', async () => {
    const dump = JSON.stringify(
      await Promise.all(
        [
          'datasources',
          'credentials',
          'authorizations',
          'activity',
          'usage',
          'consumers',
        ].map(table => knex(table).select()),
      ),
    );
    const answers = JSON.stringify([
      (await jane('GET', '/datasources?limit=200')).body,
      (await jane('GET', '/datasources/crm')).body,
    ]);
    const secrets = [
      'demo-only-web-secret',
      'demo-only-machine-secret',
      'demo-only-legacy-secret',
      'demo-only-robot-password',
      ...provider.issued.map(token => token.value),
    ];
    expect(provider.issued.length).toBeGreaterThan(10);
    for (const secret of secrets) {
      expect(dump.includes(secret)).toBe(false);
      expect(answers.includes(secret)).toBe(false);
    }
    expect(hashOf('x')).toHaveLength(43);
  });

  /** Gets a granted attempt of jane for these settings. */
  async function authorized(name: string): Promise<string> {
    const begun = await jane('POST', '/authorizations', {
      settings: web(name, provider.url),
    });
    const { callback, cookie } = await approve(begun.body);
    const completion = fragmentOf(await back(callback, cookie)).get(
      'completion',
    );
    const path = `/authorizations/${begun.body.id}/completion`;
    expect((await jane('POST', path, { completion })).body.status).toBe(
      'granted',
    );
    return begun.body.id;
  }

  /** Stores an authorized datasource. */
  async function saved(name: string): Promise<void> {
    const authorizationId = await authorized(name);
    const created = await jane('POST', '/datasources', {
      ...web(name, provider.url),
      credential: { action: 'replace', authorizationId },
    });
    expect(created.status).toBe(201);
  }

  /** Makes a stored token older by some milliseconds, because the database clock can't be changed. */
  async function age(name: string, milliseconds: number) {
    const { id } = await knex('datasources').where({ name }).first();
    const columns = ['obtained_at', 'expires_at', 'refresh_due_at'];
    await knex('credentials')
      .where({ datasource_id: id })
      .update({
        ...Object.fromEntries(
          columns.map(column => [
            column,
            knex.raw('?? - ?', [column, milliseconds]),
          ]),
        ),
        changed_at: databaseNow(knex),
      });
    app.tellChange(id);
  }
});

/** Returns settings of a read, ready to be written. */
function splitRead(read: any) {
  const {
    source,
    version,
    status,
    allowed,
    callbackUrl,
    createdAt,
    createdBy,
    updatedAt,
    updatedBy,
    ...settings
  } = read;
  return { settings, version };
}

function latest(provider: DemoProvider, clientId: string): string {
  return provider.issued
    .filter(
      token => token.kind === 'access_token' && token.clientId === clientId,
    )
    .at(-1)!.value;
}
