import { expect, test } from '@playwright/test';
import { DemoPerson } from 'demo-provider';
import { DemoInstance } from './DemoInstance';

/*
 * Plants secrets in a real backend with its real access log, walks the ways that tokens and secrets go, right and wrong,
 * and looks for all of them in what the backend answered, logged and stored.
 */

const API = '/api/datasource-auth';
const SECRETS = {
  clientSecret: 'canary-secret+/%"-7c1f',
  password: 'canary-password+/%"é-90ab',
  header: 'canary-header-33dd',
  instance: 'canary-instance-88ef',
  wrong: 'canary-wrong+/%"é-42aa',
  broken: 'canary-broken-51bc',
};

/** A value in every spelling in which it could get out. */
function spellings(value: string): string[] {
  const utf8 = Buffer.from(value);
  return [
    value,
    utf8.toString('latin1'),
    encodeURIComponent(value),
    new URLSearchParams({ x: value }).toString().slice(2),
    JSON.stringify(value).slice(1, -1),
    ...[0, 1, 2].map(shift =>
      // The middle of the text in base64, wherever in a longer text it begins.
      Buffer.concat([Buffer.alloc(shift), utf8])
        .toString('base64url')
        .slice(4, -4),
    ),
  ].filter(text => text.length >= 8);
}

function leaks(text: string, values: string[]): string[] {
  return values.filter(value =>
    spellings(value).some(spelling => text.includes(spelling)),
  );
}

test('finds a leak that is planted, in every spelling', () => {
  const { clientSecret } = SECRETS;
  const basic = Buffer.from(`id:${clientSecret}`).toString('base64');
  for (const text of [
    `failed: ${clientSecret}`,
    `https://x/?s=${encodeURIComponent(clientSecret)}`,
    JSON.stringify({ clientSecret }),
    `Basic ${basic.replaceAll('+', '-').replaceAll('/', '_')}`,
  ]) {
    expect(leaks(text, [clientSecret])).toEqual([clientSecret]);
  }
  expect(leaks('nothing here', [clientSecret])).toEqual([]);
});

test('[checklist 46] no secret, token, code or ticket in an answer, a log line or a column in the clear', async () => {
  test.setTimeout(240_000);
  const instance = await DemoInstance.start({
    sites: 'one',
    accessTokenSeconds: 4,
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
  const call: typeof guest.call = async (...args) => {
    const answer = await guest.call(...args);
    answers.push(answer.text);
    return answer;
  };
  const settings = (name: string, auth: object) => ({
    name,
    baseUrl: `${provider.url}/api`,
    testPath: '/me',
    consumers: ['sample-consumer'],
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
  const person = DemoPerson.create({
    username: 'jane',
    password: SECRETS.password,
    name: 'Jane',
    email: 'jane@demo.example',
  });

  try {
    // Authorization code, through the browser's way.
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
    oneTime.push(begun.body.ticket);
    const start = await fetch(`${appUrl}${API}/oauth/start`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ticket: begun.body.ticket }),
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
        'machine',
        { grantType: 'client_credentials', clientId: 'demo-machine' },
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

    // Use, renewal, test, rehearsal.
    for (const name of ['web', 'machine', 'legacy']) {
      expect((await call('GET', `/api/sample-consumer/${name}`)).status).toBe(
        200,
      );
      await call('POST', `${API}/datasources/${name}/test`);
    }
    await new Promise(resolve => setTimeout(resolve, 5_000));
    for (const name of ['web', 'machine', 'legacy']) {
      await call('GET', `/api/sample-consumer/${name}`);
      await call('POST', `${API}/datasources/${name}/rehearsal`);
    }

    // What goes wrong: a wrong secret, a broken body, a foreign callback, refusals, a provider that fails or echoes.
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
      rejectedToken: provider.issued[0].value,
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
      await call('POST', `${API}/datasources/machine/rehearsal`);
    }
    provider.setFaults({});
    provider.revokeGrants();
    await call('POST', `${API}/datasources/web/rehearsal`);
    await call('GET', `/api/sample-consumer/web`);

    // Reading, and the end.
    for (const path of [
      '/datasources',
      '/datasources/web',
      '/datasources/web/activity',
      '/datasources/web/consumers',
      '/datasources/web/export',
      `/authorizations/${begun.body.id}`,
      '/health',
      '/openapi.json',
    ]) {
      await call('GET', `${API}${path}`);
    }
    await call('DELETE', `${API}/datasources/legacy?force=true&revoke=true`);
    await call('DELETE', `${API}/datasources/machine/credential?revoke=true`);

    const tokens = provider.issued.map(token => token.value);
    expect(tokens.length).toBeGreaterThan(6);
    const planted = [...Object.values(SECRETS), ...tokens, ...oneTime];
    expect(planted.every(value => value.length >= 16)).toBe(true);

    const { log, database } = instance.written();
    expect(log).toContain(`${API}/oauth/callback`);
    expect(database).toContain('demo-machine');
    expect(leaks(log, planted)).toEqual([]);
    expect(leaks(database, planted)).toEqual([]);
    expect(leaks(answers.join('\n'), planted)).toEqual([]);
  } finally {
    await instance.stop();
  }
});
