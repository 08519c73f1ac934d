import { parseSetCookie } from 'cookie';
import { createDemoProvider, demoClients, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import {
  fragmentOf,
  postForm,
  visitCallback,
  visitProvider,
} from '../__testUtils__/browser';
import { databases } from '../__testUtils__/databases';
import { web } from '../__testUtils__/demoSettings';
import { json, LocalServer } from '../egress/__testUtils__/LocalServer';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';

jest.setTimeout(60_000);

const CALLBACK = 'http://localhost:7007/api/datasource-auth/oauth/callback';

describe('browser endpoints', () => {
  let provider: DemoProvider;
  let other: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;

  beforeAll(async () => {
    const clients = demoClients({
      redirectUris: [CALLBACK, `${CALLBACK}/one`, `${CALLBACK}/two`],
    });
    provider = await createDemoProvider({ clients });
    other = await createDemoProvider({ clients });
    knex = await databases.init('SQLITE_3');
    app = await startDatasourceAuth({
      knex,
      datasourceAuth: { callbackUrl: CALLBACK },
    });
    jane = await app.user('user:default/jane');
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
    await other?.close();
  });

  const begin = async (settings: any = web('flow', provider.url)) => {
    const { body, status } = await jane('POST', '/authorizations', {
      settings,
    });
    expect(status).toBe(201);
    return body as { id: string; ticket: string; startUrl: string };
  };

  const rowOf = (id: string) => knex('authorizations').where({ id }).first();

  it('[checklist 1] generates a 256-bit state for each attempt, and stores its hash for ten minutes, bound to user and browser', async () => {
    const states = new Set<string>();
    for (let attempt = 0; attempt < 3; attempt++) {
      const begun = await begin();
      const start = await postForm(app, '/oauth/start', {
        ticket: begun.ticket,
      });
      const state = new URL(start.headers.get('location')!).searchParams.get(
        'state',
      )!;
      expect(Buffer.from(state, 'base64url')).toHaveLength(32);
      states.add(state);
      const row = await rowOf(begun.id);
      expect(row.user_ref).toBe('user:default/jane');
      expect(row.browser_hash).toEqual(expect.any(String));
      expect(JSON.stringify(row)).not.toContain(state);
      expect(row.state_expires_at - Date.now()).toBeLessThanOrEqual(
        10 * 60_000,
      );
    }
    expect(states.size).toBe(3);
  });

  it('[checklist 2] sends a new S256 challenge with each attempt', async () => {
    const challenges = new Set<string>();
    for (let attempt = 0; attempt < 2; attempt++) {
      const { ticket } = await begin();
      const start = await postForm(app, '/oauth/start', { ticket });
      const { searchParams } = new URL(start.headers.get('location')!);
      expect(searchParams.get('code_challenge_method')).toBe('S256');
      challenges.add(searchParams.get('code_challenge')!);
    }
    expect(challenges.size).toBe(2);
  });

  it('[checklist 7] sends the configured redirect URI, whatever the Host header', async () => {
    const { ticket } = await begin();
    const start = await fetch(`${app.url}/oauth/start`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'x-forwarded-host': 'evil.example' },
      body: new URLSearchParams({ ticket }),
    });
    const location = new URL(start.headers.get('location')!);
    expect(location.searchParams.get('redirect_uri')).toBe(CALLBACK);
  });

  it('N5 fills state, nonce, redirect URI and time of an approval into its token request', async () => {
    const endpoint = await LocalServer.start(json({ access_token: 'at' }));
    const settings = web('templates', provider.url);
    delete settings.auth.issuer;
    settings.auth.token = {
      url: `http://localhost:${endpoint.port}/token`,
      params: {
        ...{ st: '{{state}}', back: '{{redirectUri}}', at: '{{now}}' },
        once: '{{nonce}}',
      },
    };
    const { ticket } = await begin(settings);
    const { callback, cookie } = await visitProvider(app, ticket);
    await visitCallback(app, callback, cookie);
    expect(Object.fromEntries(endpoint.last.form)).toMatchObject({
      st: callback.searchParams.get('state'),
      back: CALLBACK,
      at: expect.stringMatching(/^\d{10}$/),
      once: expect.stringMatching(/^[\w-]{43}$/),
    });
    await endpoint.stop();
  });

  it("[checklist 13] posts to the provider from a page that can't be stored, embedded or read", async () => {
    const settings = web('poster', provider.url);
    settings.auth.authorize.method = 'POST';
    const { ticket } = await begin(settings);
    const page = await postForm(app, '/oauth/start', { ticket });
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const csp = page.headers.get('content-security-policy')!;
    const nonce = /script-src 'nonce-([\w-]+)'/.exec(csp)![1];
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(html).toContain(`<script nonce="${nonce}">`);
    expect(html).toContain('<button type="submit">Continue</button>');
    expect(html).toContain(`action="${provider.url}/authorize"`);
    expect(html).not.toContain('demo-only-web-secret');
    const again = await postForm(app, '/oauth/start', {
      ticket: (await begin(settings)).ticket,
    });
    expect(again.headers.get('content-security-policy')).not.toBe(csp);
  });

  it('[checklist 15] rejects a response from another server, and one without the expected issuer', async () => {
    for (const [change, title] of [
      [
        (callback: URL) => callback.searchParams.set('iss', other.issuer),
        'Response from an unexpected issuer',
      ],
      [
        (callback: URL) => callback.searchParams.delete('iss'),
        'The response names no issuer',
      ],
    ] as const) {
      const settings = web('mixed', provider.url);
      settings.auth.requireIss = true;
      const begun = await begin(settings);
      const { callback, cookie } = await visitProvider(app, begun.ticket);
      const before = provider.counts.tokenCalls.authorization_code?.granted;
      change(callback);
      const returned = await visitCallback(app, callback, cookie);
      expect(fragmentOf(returned).get('completion')).toBeNull();
      expect(
        (await jane('GET', `/authorizations/${begun.id}`)).body,
      ).toMatchObject({
        status: 'failed',
        error: {
          code: 'callback_invalid',
          title,
        },
      });
      expect(provider.counts.tokenCalls.authorization_code?.granted).toBe(
        before,
      );
    }
  });

  it('[checklist 16] does not accept the response for one datasource at the URL of another', async () => {
    const own = (name: string, url: string) => {
      const settings = web(name, url);
      settings.auth.redirectUri = 'own';
      settings.auth.issuer = undefined;
      return settings;
    };
    const one = await begin(own('one', provider.url));
    const { callback, cookie } = await visitProvider(app, one.ticket);
    expect(callback.pathname).toMatch(/\/oauth\/callback\/one$/);

    const swapped = new URL(callback);
    swapped.pathname = swapped.pathname.replace(/one$/, 'two');
    expect((await visitCallback(app, swapped, cookie)).status).toBe(400);
    expect((await rowOf(one.id)).status).toBe('redirected');
    expect((await visitCallback(app, callback, cookie)).status).toBe(303);
  });

  it("[checklist 17] shows the provider's message as text", async () => {
    const begun = await begin();
    const { callback, cookie } = await visitProvider(app, begun.ticket, {
      deny: true,
    });
    callback.searchParams.set(
      'error_description',
      '<img src=x onerror=alert(1)>',
    );
    callback.searchParams.set('error_uri', 'https://evil.example');
    const returned = await visitCallback(app, callback, cookie);
    expect(returned.headers.get('location')).not.toContain('evil');
    const { error } = (await jane('GET', `/authorizations/${begun.id}`)).body;
    expect(error.code).toBe('access_denied');
    expect(JSON.stringify(error)).not.toContain('evil.example');
  });

  it('[checklist 19] prefers an error to a code', async () => {
    const begun = await begin();
    const { callback, cookie } = await visitProvider(app, begun.ticket);
    callback.searchParams.set('error', 'access_denied');
    await visitCallback(app, callback, cookie);
    expect(
      (await jane('GET', `/authorizations/${begun.id}`)).body,
    ).toMatchObject({ status: 'failed', error: { code: 'access_denied' } });
  });

  it('[checklist 20] redirects only to the page, whatever the request says', async () => {
    const begun = await begin();
    const { callback, cookie } = await visitProvider(app, begun.ticket);
    for (const name of ['returnTo', 'redirect', 'next']) {
      callback.searchParams.set(name, '//evil.example');
    }
    const returned = await visitCallback(app, callback, cookie);
    expect(returned.headers.get('location')).toMatch(
      /^http:\/\/localhost:3000\/datasource-auth\/authorized#id=/,
    );
  });

  it('[checklist 21] returns nothing to store from the callback, and repeats no cookie', async () => {
    const begun = await begin();
    const { callback, cookie } = await visitProvider(app, begun.ticket);
    const returned = await visitCallback(app, callback, cookie);
    expect(returned.headers.get('cache-control')).toBe('no-store');
    expect(returned.headers.get('referrer-policy')).toBe('no-referrer');
    expect(returned.headers.get('set-cookie')).toBeNull();
    const refused = await visitCallback(app, callback, cookie);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(refused.body).not.toContain(callback.searchParams.get('code'));
  });

  it('sets a cookie that only this origin reads and that is sent on return from the provider', async () => {
    const { ticket, id } = await begin();
    const start = await postForm(app, '/oauth/start', { ticket });
    const { name, value, ...attributes } = parseSetCookie(
      start.headers.get('set-cookie')!,
    );
    expect(name).toBe(`datasource-auth-${id.slice(0, 8)}`);
    expect(value).toMatch(/^[\w-]{43}$/);
    expect(attributes).toEqual({
      ...{ path: '/', httpOnly: true, sameSite: 'lax', maxAge: 600 },
      expires: expect.any(Date),
    });
  });

  it('does not accept a state after ten minutes', async () => {
    const begun = await begin();
    const { callback, cookie } = await visitProvider(app, begun.ticket);
    await knex('authorizations')
      .where({ id: begun.id })
      .update({ state_expires_at: 1 });
    expect((await visitCallback(app, callback, cookie)).status).toBe(400);
    expect(
      (await jane('GET', `/authorizations/${begun.id}`)).body,
    ).toMatchObject({ status: 'failed', error: { code: 'timed_out' } });
  });

  it('keeps a granted attempt when its state is sent again with an error', async () => {
    const begun = await begin();
    const { callback, cookie } = await visitProvider(app, begun.ticket);
    const completion = fragmentOf(
      await visitCallback(app, callback, cookie),
    ).get('completion');
    await jane('POST', `/authorizations/${begun.id}/completion`, {
      completion,
    });
    callback.searchParams.set('error', 'access_denied');
    expect((await visitCallback(app, callback, cookie)).status).toBe(400);
    expect((await jane('GET', `/authorizations/${begun.id}`)).body.status).toBe(
      'granted',
    );
  });
});
