import { expect, test } from '@playwright/test';
import { DemoPerson, LeakDetector } from 'demo-provider';
import { DemoInstance } from './DemoInstance';

/*
 * Plants secrets in a real backend with its real access log, sends tokens and secrets through all paths,
 * valid and invalid, and searches for them in the backend's responses, logs and storage.
 */

const API = '/api/datasource-auth';
const ASK = `${API}/authorization-requests`;
const INVITATION = `${ASK}/invitation`;
const ASKER = 'user:development/guest';
const ASKED = 'user:development/jane';
const STRANGER = 'user:development/eve';
const SECRETS = {
  clientSecret: 'canary-secret+/%"-7c1f',
  password: 'canary-password+/%"é-90ab',
  header: 'canary-header-33dd',
  instance: 'canary-instance-88ef',
  wrong: 'canary-wrong+/%"é-42aa',
  broken: 'canary-broken-51bc',
  personal: 'canary-personal+/%"-64de',
  delegation: 'canary-delegation-77ab-'.padEnd(43, 'x'),
};

/** Returns a pattern for requests to `METHOD /path` of a description. */
function matcherOf(operation: string): RegExp {
  const pattern = operation
    .replace('{path}', '.+')
    .replace(/\{\w+\}/g, '[^/]+')
    .replaceAll('/', '\\/');
  return new RegExp(`^${pattern}$`);
}

test('threats 23, [checklist 46]: no secret, token, code or ticket in a response, a log line, a template or an unencrypted column', async () => {
  test.setTimeout(240_000);
  const instance = await DemoInstance.start({
    sites: 'one',
    // A token that has expired can be refreshed: nothing is refreshed twice in ten seconds.
    accessTokenSeconds: 12,
    clients: clients =>
      clients.map(client => ({ ...client, secret: SECRETS.clientSecret })),
    accounts: [
      {
        username: 'jane',
        password: SECRETS.password,
        name: 'Jane',
        email: 'jane@demo.example',
      },
    ],
  });
  const { provider, guest, appUrl } = instance;
  const answers: string[] = [];
  const oneTime: string[] = [];
  const called = new Set<string>();
  const call: typeof guest.call = async (method, path, ...more) => {
    const answer = await guest.call(method, path, ...more);
    answers.push(answer.text);
    called.add(`${method} ${path.replace(API, '').split('?')[0]}`);
    return answer;
  };
  const settings = (name: string, auth: object) => ({
    name,
    baseUrl: `${provider.url}/api`,
    testPath: '/me',
    consumers: ['sample-consumer', 'scaffolder'],
    gateway: { routes: [{ methods: ['GET', 'POST'], path: '/**' }] },
    instance: { key: { secret: true, value: SECRETS.instance } },
    auth: {
      clientSecret: SECRETS.clientSecret,
      token: {
        url: `${provider.url}/token`,
        headers: { 'X-Key': { secret: true, value: SECRETS.header } },
      },
      scopes: ['read'],
      ...auth,
    },
  });
  const person = new DemoPerson({
    username: 'jane',
    password: SECRETS.password,
    name: 'Jane',
    email: 'jane@demo.example',
  });

  /** Goes from the ticket through the provider to the completion, as the browser does. */
  const approve = async (ticket: string) => {
    oneTime.push(ticket);
    const start = await fetch(`${appUrl}${API}/oauth/start`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ticket }),
    });
    const cookie = start.headers.get('set-cookie')!.split(';')[0];
    const { callback } = await person.authorize(start.headers.get('location')!);
    oneTime.push(
      cookie.split('=')[1],
      callback.searchParams.get('code')!,
      callback.searchParams.get('state')!,
    );
    const returned = await fetch(callback, {
      redirect: 'manual',
      headers: { cookie },
    });
    const fragment = new URLSearchParams(
      new URL(returned.headers.get('location')!).hash.slice(1),
    );
    const completion = fragment.get('completion')!;
    oneTime.push(completion);
    return { callback, cookie, completion };
  };

  try {
    // Authorization code, through the browser.
    const web = settings('web', {
      grantType: 'authorization_code',
      clientId: 'demo-web',
      authorize: { url: `${provider.url}/authorize` },
      revoke: { url: `${provider.url}/revoke` },
      scopes: ['read', 'offline_access'],
    });
    const begun = await guest.call('POST', `${API}/authorizations`, {
      settings: web,
    });
    expect(begun.status).toBe(201);
    const scanned = await fetch(`${appUrl}${API}/oauth/start`);
    answers.push(await scanned.text());
    const { callback, cookie, completion } = await approve(begun.body.ticket);
    await call('POST', `${API}/authorizations/${begun.body.id}/completion`, {
      completion,
    });
    await call('POST', `${API}/authorizations/${begun.body.id}/test`);
    const saved = await call('POST', `${API}/datasources`, {
      ...web,
      credential: { action: 'replace', authorizationId: begun.body.id },
    });
    expect(saved.body.status.state).toBe('AUTHORIZED');

    // The other grants, at once.
    for (const [name, auth] of [
      [
        // The datasource of examples/template.yaml.
        'demo-machine',
        {
          grantType: 'client_credentials',
          clientId: 'demo-machine',
          scopes: ['read', 'write'],
        },
      ],
      [
        'legacy',
        {
          grantType: 'password',
          clientId: 'demo-legacy',
          username: 'jane',
          password: SECRETS.password,
        },
      ],
    ] as const) {
      const granted = await call('POST', `${API}/authorizations`, {
        settings: settings(name, auth),
      });
      expect(granted.body.status).toBe('granted');
      await call('POST', `${API}/datasources`, {
        ...settings(name, auth),
        credential: { action: 'replace', authorizationId: granted.body.id },
      });
    }

    // Use, refresh, test, rehearsal.
    for (const name of ['web', 'demo-machine', 'legacy']) {
      expect((await call('GET', `/api/sample-consumer/${name}`)).status).toBe(
        200,
      );
      await call('POST', `${API}/datasources/${name}/test`);
    }
    await new Promise(resolve => setTimeout(resolve, 13_000));
    provider.setAccessTokenSeconds(3_600);
    for (const name of ['web', 'demo-machine', 'legacy']) {
      await call('GET', `/api/sample-consumer/${name}`);
      await call('POST', `${API}/datasources/${name}/rehearsal`);
    }

    // Templates: their outputs and their logs. Before the failures, after which token requests pause for a while.
    const task = await call('POST', '/api/scaffolder/v2/tasks', {
      templateRef: 'template:default/demo-add-thing',
      values: { title: 'A thing of a template' },
    });
    expect(task.status).toBe(201);
    let ran;
    do {
      await new Promise(resolve => setTimeout(resolve, 500));
      ran = await call('GET', `/api/scaffolder/v2/tasks/${task.body.id}`);
    } while (!['completed', 'failed'].includes(ran.body.status));
    const events = await call(
      'GET',
      `/api/scaffolder/v2/tasks/${task.body.id}/events`,
    );
    expect(ran.body.status, events.text).toBe('completed');

    // Failures: a wrong secret, a broken body, a foreign callback, refusals, a provider that fails or echoes.
    await call('POST', `${API}/authorizations`, {
      settings: settings('wrong', {
        grantType: 'client_credentials',
        clientId: 'demo-machine',
        clientSecret: SECRETS.wrong,
      }),
    });
    await call(
      'POST',
      `${API}/datasources`,
      `{"auth": {"clientSecret": "${SECRETS.broken}"`,
    );
    await call('POST', `${API}/datasources`, {
      ...settings('unknown', { grantType: 'client_credentials' }),
      surprise: SECRETS.broken,
    });
    await call('POST', `${API}/datasources/web/token`, {
      rejectedVersion: provider.issued[0].value,
    });
    answers.push(
      await (
        await fetch(`${callback}`, { redirect: 'manual', headers: { cookie } })
      ).text(),
    );
    for (const faults of [
      { tokenStatus: 500 },
      { tokenStatus: 429, retryAfter: '1' },
      { closeMidBody: true },
    ]) {
      provider.setFaults(faults as any);
      await call('POST', `${API}/datasources/demo-machine/rehearsal`);
    }
    provider.setFaults({});
    provider.revokeGrants();
    await call('POST', `${API}/datasources/web/rehearsal`);
    await call('GET', `/api/sample-consumer/web`);

    // Approval requests. Responses that contain a link or a ticket aren't searched; all the others are.
    const ask = async () => {
      const asked = await guest.call('POST', ASK, {
        ...{ datasource: 'web', recipient: ASKED },
      });
      expect(asked.status).toBe(201);
      const secret = new URL(asked.body.link).hash.slice(1);
      oneTime.push(secret);
      return { id: asked.body.id, secret };
    };
    const { id, secret } = await ask();
    const by = (user: string, link = secret) => ({
      'datasource-auth-request': link,
      authorization: `Bearer ${instance.identities.token(user)}`,
    });
    const approval = await guest.call(
      'POST',
      `${INVITATION}/authorization`,
      {},
      by(ASKED),
    );
    expect(approval.status).toBe(201);
    oneTime.push(approval.body.ticket);
    const withSecret = { x: secret };
    for (const [status, ...asking] of [
      [200, 'GET', INVITATION, undefined, by(ASKED)],
      [404, 'GET', INVITATION, undefined, by(STRANGER)],
      [404, 'GET', INVITATION, undefined, by(ASKED, `${secret}x`)],
      [404, 'GET', INVITATION],
      [403, 'POST', `${INVITATION}/authorization`, {}, by(ASKER)],
      [400, 'POST', `${INVITATION}/authorization`, withSecret, by(ASKED)],
      [400, 'POST', `${INVITATION}/authorization`, `"${secret}`, by(ASKED)],
      [200, 'GET', `${API}/datasources/web/authorization-requests`],
      [404, 'POST', `${INVITATION}/decline`, {}, by(STRANGER)],
      [200, 'POST', `${INVITATION}/decline`, {}, by(ASKED)],
      [409, 'POST', `${INVITATION}/decline`, {}, by(ASKED)],
      [409, 'POST', `${INVITATION}/authorization`, {}, by(ASKED)],
      [409, 'DELETE', `${ASK}/${id}`],
      [204, 'DELETE', `${ASK}/${(await ask()).id}`],
      [404, 'POST', ASK, { datasource: 'nobody' }],
      [400, 'POST', ASK, { datasource: 'web', ...withSecret }],
    ] as Array<[number, ...Parameters<typeof call>]>) {
      const answer = await call(...asking);
      expect([...asking.slice(0, 2), answer.status]).toEqual([
        ...asking.slice(0, 2),
        status,
      ]);
    }

    // Reading, proposals, the gateway, another version, and the end.
    for (const path of [
      '/datasources',
      '/datasources/web',
      '/datasources/web/activity',
      '/datasources/web/consumers',
      '/datasources/web/impact',
      '/datasources/web/export',
      '/datasources/web/description-changes',
      '/datasources/nobody/description-changes',
      `/authorizations/${begun.body.id}`,
      '/providers',
      '/plugins',
      '/connections',
      '/health',
      '/openapi.json',
    ]) {
      await call('GET', `${API}${path}`);
    }
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      await call(method, `${API}/gateway/demo-machine/me`);
      const url = encodeURIComponent(`${provider.url}/api/me`);
      await call(method, `${API}/calls/demo-machine?url=${url}`);
    }
    await call('POST', `${API}/imports/issuer`, { issuer: provider.issuer });
    await call('POST', `${API}/imports/openapi`, { document: SECRETS.broken });
    await call('PUT', `${API}/datasources/web`, web, { 'if-match': '"1"' });
    // The guest can't own a connection.
    await call('POST', `${API}/authorizations`, {
      ...{ datasource: 'web', subject: 'user' },
    });
    await call(
      'POST',
      `${API}/authorizations/${begun.body.id}/confirmation`,
      {},
    );
    await call('POST', `${API}/datasources`, {
      name: 'personal',
      baseUrl: `${provider.url}/api`,
      consumers: ['sample-consumer'],
      gateway: { routes: [{ methods: ['GET'], path: '/**' }] },
      subjects: 'user',
      auth: { type: 'static' },
    });
    const connections = `${API}/connections`;
    const own = await call('GET', connections, undefined, by(ASKED));
    const { form } = own.body.items.find(
      ({ datasource }: { datasource: string }) => datasource === 'personal',
    );
    for (const entry of [
      { version: form.version, secrets: { 'auth.bearer': SECRETS.personal } },
      { version: form.version, secrets: { 'auth.other': SECRETS.personal } },
      { version: form.version, secrets: [SECRETS.personal] },
    ]) {
      await call('PUT', `${API}/connections/personal`, entry, by(ASKED));
    }
    await call('GET', `${API}/gateway/personal/me`, undefined, {
      ...by(ASKED),
      'datasource-subject': 'user',
    });
    await call('DELETE', `${API}/connections/web`);
    await call('GET', `${API}/connections/export`);
    await call('DELETE', `${API}/connections`);

    // A person who can, with their own token, and everything that is done with it.
    const mine = { ...web, name: 'mine', subjects: 'user' };
    expect((await call('POST', `${API}/datasources`, mine)).status).toBe(201);
    const { authorization } = by(ASKED);
    const connect = async () => {
      const attempt = await guest.call(
        'POST',
        `${API}/authorizations`,
        { datasource: 'mine', subject: 'user' },
        { authorization },
      );
      const path = `${API}/authorizations/${attempt.body.id}`;
      const approved = await approve(attempt.body.ticket);
      for (const [step, body] of [
        ['completion', { completion: approved.completion }],
        ['confirmation', { acknowledged: ['other_email', 'account_taken'] }],
      ] as const) {
        const done = await call('POST', `${path}/${step}`, body, {
          authorization,
        });
        expect([step, done.status]).toEqual([step, 200]);
      }
    };
    const issued = provider.issued.length;
    await connect();
    expect(provider.issued.length).toBeGreaterThan(issued);
    const asUser = { authorization, 'datasource-subject': 'user' };
    const people = `${API}/datasources/mine/connections`;
    const asked = encodeURIComponent(ASKED);
    for (const [path, headers] of [
      ['/api/sample-consumer/mine/mine', { authorization }],
      [`${API}/gateway/mine/me`, asUser],
      [`${API}/connections`, { authorization }],
      [`${API}/connections/export`, { authorization }],
      [people, undefined],
    ] as const) {
      const answer = await call('GET', path, undefined, headers);
      expect([path, answer.status]).toEqual([path, 200]);
    }
    for (const [path, headers] of [
      [`${people}/${asked}`, undefined],
      [people, undefined],
      [`${API}/connections/mine`, { authorization }],
      [`${API}/connections`, { authorization }],
    ] as const) {
      const ended = await call('DELETE', path, undefined, headers);
      expect([path, ended.status]).toEqual([path, 200]);
      await connect();
    }
    const delegated = {
      'datasource-delegation': SECRETS.delegation,
      'datasource-delegation-context':
        Buffer.from('{"task":"42"}').toString('base64url'),
    };
    const nobodys = `${API}/delegations/${begun.body.id}`;
    await call('POST', `${API}/datasources/web/token`, {}, delegated);
    await call('GET', `${API}/gateway/web/me`, undefined, delegated);
    await call('POST', `${API}/delegations`, {
      ...{ datasource: 'web', purpose: 'Run 42', context: { task: '42' } },
    });
    await call('GET', nobodys);
    await call('POST', `${nobodys}/approval`, { version: 'x' });
    await call('DELETE', nobodys);
    await call('DELETE', `${API}/authorizations/${begun.body.id}`);
    await call('DELETE', `${API}/datasources/legacy?force=true&revoke=true`);
    await call(
      'DELETE',
      `${API}/datasources/demo-machine/credential?revoke=true`,
    );

    const { body: description } = await call('GET', `${API}/openapi.json`);
    const operations = Object.entries<object>(description.paths).flatMap(
      ([path, methods]) =>
        Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
    );
    expect(
      operations.filter(
        operation => ![...called].some(one => matcherOf(operation).test(one)),
      ),
    ).toEqual([]);

    const tokens = provider.issued.map(token => token.value);
    expect(tokens.length).toBeGreaterThan(6);
    const detector = LeakDetector.create([
      ...Object.values(SECRETS),
      ...tokens,
      ...oneTime,
    ]);
    const { log, database } = instance.written();
    expect(log).toContain(`${API}/oauth/callback`);
    expect(database).toContain('demo-machine');
    expect(detector.leaks(log)).toEqual([]);
    expect(detector.leaks(database)).toEqual([]);
    expect(detector.leaks(answers.join('\n'))).toEqual([]);

    // Check of the search: it finds a leak planted in each place.
    const [planted] = oneTime;
    await call('GET', `${API}/datasources/x?search=${planted}`);
    await call('POST', `${API}/datasources`, {
      ...settings('planted', { grantType: 'client_credentials' }),
      description: planted,
    });
    await call('GET', `${API}/datasources/planted`);
    const written = instance.written();
    expect(detector.leaks(written.log)).toEqual([planted]);
    expect(detector.leaks(written.database)).toEqual([planted]);
    expect(detector.leaks(answers.join('\n'))).toEqual([planted]);
  } finally {
    await instance.stop();
  }
});
