import { get, set } from 'react-hook-form';
import {
  DatasourceSettingsView,
  GrantType,
  VALUE_MAPS,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { settingsOf, oauthOf } from '../__testUtils__/datasources';
import { bindingOf, endingChanges } from './formBinding';
import {
  missingSecretValues,
  missingFields,
  missingInstanceValues,
} from './requiredFields';
import {
  changedFields,
  EditorValues,
  formOfSettings,
  settingsOfForm,
  withGrantType,
} from './settingsForm';

const FULL = {
  name: 'everything',
  title: 'Everything',
  description: 'Test\nenvironment',
  owner: 'group:default/platform',
  tags: ['crm', 'eu west'],
  baseUrl: 'https://api.example.com/v1',
  allowedHosts: ['files.example.com', 'cdn.example.com:8443'],
  testPath: '/me',
  consumers: ['techdocs', 'scaffolder'],
  gateway: {
    routes: [
      { methods: ['GET', 'POST'], path: '/incidents/*' },
      { methods: ['GET'], path: '/projects/:id', encodedSlash: true },
    ],
    limits: { requestBytes: 1000, responseBytes: 2000 },
  },
  api: {
    headers: { 'X-V': '2' },
    expired: { path: 'error.code', equals: ['token expired', '4001'] },
  },
  instance: { tenant: 'acme', key: { secret: true as const, value: 'hush' } },
  auth: {
    grantType: 'authorization_code' as const,
    clientId: 'backstage',
    clientSecret: 'hush',
    clientSecretExpiresAt: '2027-01-01',
    clientAssertion: {
      key: 'pem',
      claims: {
        ...{ text: 'a', flag: true, level: 3 },
        quoted: 'true',
        hidden: { secret: true as const, value: 'hush' },
      },
      headers: { typ: 'JWT' },
      omit: ['nbf' as const],
      lifetimeSeconds: 300,
      x5c: true,
      kid: 'k1',
      alg: 'ES256' as const,
      audience: 'https://issuer.example.com',
    },
    clientAuthentication: 'private_key_jwt' as const,
    username: 'svc',
    password: 'hush',
    issuer: 'https://issuer.example.com',
    requireIss: true,
    authorize: {
      url: 'https://login.example.com/authorize',
      method: 'POST' as const,
      params: { access_type: 'offline', nonce: '{{nonce}}' },
      rename: { scope: 'scopes' },
      responseType: 'code id',
      fragment: true,
      rawScope: true,
      pushedRequestUrl: 'https://login.example.com/par',
    },
    callback: { codeParam: 'auth_code', stateParam: 'st', keep: ['realmId'] },
    redirectUri: 'own' as const,
    token: {
      url: 'https://login.example.com/token',
      method: 'GET' as const,
      contentType: 'json' as const,
      params: {
        audience: 'api',
        secret: { secret: true as const, value: 'x' },
      },
      query: { v: '2' },
      headers: { 'X-Api-Key': { secret: true as const, value: 'y' } },
      rename: { client_id: 'appid' },
      basic: { username: '{{instance.account}}', password: 'x' },
      grantType: 'auth_code',
    },
    refresh: {
      url: 'https://login.example.com/refresh',
      method: 'POST' as const,
      params: { a: 'b' },
      mode: 'refresh_token' as const,
      keepsAccessToken: true,
      grantType: 'renew',
      contentType: 'json' as const,
      clientAuthentication: 'client_secret_post' as const,
      sendScope: true,
      scopes: ['offline_access'],
      idleEvery: { days: 1, hours: 2, minutes: 3 },
    },
    revoke: { url: 'https://login.example.com/revoke' },
    scopes: ['openid', 'offline_access'],
    scopeSeparator: ',',
    resource: ['https://api.example.com/'],
    audience: 'https://api.example.com',
    pkce: 'off' as const,
    response: {
      accessToken: 'data.token',
      expiresIn: 'data.ttl',
      expiresInUnit: 'minutes' as const,
      expiresAt: 'data.until',
      refreshExpiresIn: 'data.rttl',
      refreshToken: 'data.refresh',
      tokenType: 'data.type',
      tokenTypes: ['bearer', 'mac'],
      scope: 'data.scope',
      error: 'err',
      success: { path: 'ok', equals: true },
      keep: ['instance_url'],
      keepHosts: { instance_url: ['a.example.com', '*.example.com'] },
    },
    defaultLifetimeSeconds: 600,
    refreshBeforeExpirySeconds: 30,
    timeouts: { connectMs: 500, responseMs: 5000 },
    rejectedStatuses: [401, 403],
    header: { name: 'X-Token', prefix: '' },
  },
};

const asRead = (settings: unknown) => settings as DatasourceSettingsView;

function edited(
  path: string,
  value: unknown,
  from = formOfSettings(settingsOf()),
) {
  const form = structuredClone(from) as EditorValues;
  set(form, path, value);
  return form;
}

describe('settingsForm', () => {
  it('S3.6-S3.20 keeps every setting unchanged through the form', () => {
    const full = datasourceSettingsSchema.parse(FULL);
    const form = formOfSettings(asRead(full));
    for (const path of ['auth.clientSecret', 'auth.password'])
      set(form, path, { action: 'replace', value: 'hush' });
    set(form, 'auth.clientAssertion.key', { action: 'replace', value: 'pem' });
    expect(datasourceSettingsSchema.parse(settingsOfForm(form))).toEqual(full);
  });

  it('S3.20 shows the three property names with their defaults, and sends only changed ones', () => {
    const form = formOfSettings();
    expect(form).toMatchObject({
      auth: {
        response: {
          accessToken: 'access_token',
          expiresIn: 'expires_in',
          refreshToken: 'refresh_token',
        },
      },
    });
    expect(settingsOfForm(form)).toEqual({
      auth: { grantType: 'authorization_code' },
    });
  });

  it('omits a stored secret to keep it, sends a string to set it, and null to remove it', () => {
    const path = 'auth.clientSecret';
    expect(
      settingsOfForm(formOfSettings(settingsOf())).auth,
    ).not.toHaveProperty('clientSecret');
    expect(
      oauthOf(settingsOfForm(edited(path, { action: 'replace', value: 'new' })))
        .clientSecret,
    ).toBe('new');
    expect(
      settingsOfForm(edited(path, { action: 'replace', value: '' })).auth,
    ).not.toHaveProperty('clientSecret');
    expect(
      oauthOf(settingsOfForm(edited(path, { action: 'remove', value: '' })))
        .clientSecret,
    ).toBeNull();
  });

  it('N5 keeps a JSON body unchanged through the form, and lets the schema reject other text', () => {
    const body = { c: '{{code}}', v: ['{{codeVerifier}}', 1, true] };
    const auth = {
      ...{ clientAuthentication: 'none', token: { body } },
      refresh: { body: ['{{refreshToken}}'] },
    };
    const full = datasourceSettingsSchema.parse({
      name: 'crm',
      auth: { grantType: 'authorization_code', ...auth },
    });
    const form = formOfSettings(asRead(full));
    expect(settingsOfForm(form).auth).toMatchObject(auth);
    const broken = settingsOfForm(edited('auth.token.body', '{"a": ', form));
    expect(datasourceSettingsSchema.safeParse(broken).success).toBe(false);
  });

  it('N5 requires the secrets that only a refresh authenticates with', () => {
    const form = edited('auth.clientAuthentication', 'none');
    const labels = (draft: EditorValues) =>
      missingFields(draft).map(field => field.id);
    expect(labels(form)).not.toContain('privateKey');
    const signed = edited(
      'auth.refresh.clientAuthentication',
      'private_key_jwt',
      form,
    );
    expect(labels(signed)).toContain('privateKey');
    expect(settingsOfForm(signed).auth).toMatchObject({ clientAssertion: {} });
  });

  it('keeps a test path with an encoded slash through the form', () => {
    const testPath = { path: '/projects/group%2Fname', encodedSlash: true };
    const form = edited('testPath', '/projects/group%2Fname encodedSlash');
    const settings = datasourceSettingsSchema.parse(settingsOfForm(form));
    expect(settings.testPath).toEqual(testPath);
    expect(formOfSettings(asRead(settings))).toMatchObject({
      testPath: '/projects/group%2Fname encodedSlash',
    });
  });

  it.each<[string, unknown]>([
    ['auth.clientId', ''],
    ['auth.token.grantType', ''],
    ['auth.refresh.grantType', ''],
    ['auth.refresh.params', {}],
    ['auth.header.prefix', ''],
    ['auth.rejectedStatuses', []],
  ])(
    'keeps an empty value if it differs from an absent one: %s',
    (path, empty) => {
      const said = structuredClone(settingsOf('client_credentials'));
      set(said, path, empty);
      const again = settingsOfForm(formOfSettings(asRead(said)));
      expect(get(again, path)).toEqual(empty);
      const unsaid = structuredClone(settingsOf('client_credentials'));
      set(unsaid, path, undefined);
      const absent = settingsOfForm(formOfSettings(asRead(unsaid)));
      expect(get(absent, path)).toBeUndefined();
    },
  );

  it.each([
    'auth.token.grantType',
    'auth.refresh.grantType',
    'auth.refresh.params',
  ])(
    'keeps the credential if an absent value becomes empty, like the backend: %s',
    path => {
      const before = formOfSettings(settingsOf());
      const after = edited(path, null);
      expect(changedFields(before, after)).toHaveLength(1);
      expect(endingChanges(before, after)).toEqual([]);
    },
  );

  it('S1.6 requires a client ID unless the form says that there is none', () => {
    const ids = (clientId: string | null, clientAuthentication: string) => {
      const form = edited(
        'auth.clientId',
        clientId,
        formOfSettings(settingsOf('client_credentials')),
      );
      set(form, 'auth.clientAuthentication', clientAuthentication);
      return missingFields(form, settingsOf('client_credentials')).map(
        field => field.id,
      );
    };
    expect(ids('', 'client_secret_basic')).toEqual(['clientId']);
    expect(ids(null, 'client_secret_basic')).toEqual([]);
    expect(ids(null, 'client_secret_basic_raw')).toEqual([]);
    expect(ids(null, 'client_secret_post')).toEqual(['clientId']);
  });

  it("keeps a stored secret parameter that wasn't entered again", () => {
    const settings = settingsOf();
    settings.auth.token.params = { key: { secret: true, set: true } };
    expect(
      oauthOf(settingsOfForm(formOfSettings(settings))).token?.params,
    ).toEqual({
      key: { secret: true, set: true },
    });
  });

  it.each([
    ['true', true],
    ['0', 0],
    ['ok', 'ok'],
    ['"true"', 'true'],
  ])(
    'parses the success value %s by type, and formats it back',
    (text, value) => {
      const form = edited('auth.response.success', {
        path: 'ok',
        equals: text,
      });
      const settings = datasourceSettingsSchema.parse(settingsOfForm(form));
      expect(oauthOf(settings).response.success?.equals).toBe(value);
      expect(formOfSettings(asRead(settings))).toMatchObject({
        auth: { response: { success: { equals: text } } },
      });
    },
  );

  it('lists changed settings in the order of the page', () => {
    const before = formOfSettings(settingsOf());
    const after = edited(
      'auth.token.url',
      'https://login.example.com/t',
      edited('title', 'CRM', before),
    );
    expect(changedFields(before, after).map(field => field.id)).toEqual([
      'title',
      'tokenUrl',
    ]);
  });

  it('S1.9 S0.11 lists what a credential still requires, grant by grant', () => {
    const ids = (grantType: string, method = 'client_secret_basic') => {
      const form = formOfSettings();
      set(form, 'auth.grantType', grantType);
      set(form, 'auth.clientAuthentication', method);
      return missingFields(form).map(field => field.id);
    };
    expect(ids('authorization_code')).toEqual([
      'name',
      'clientId',
      'clientSecret',
      'authorizeUrl',
      'tokenUrl',
    ]);
    expect(ids('client_credentials')).toEqual([
      'name',
      'clientId',
      'clientSecret',
      'tokenUrl',
    ]);
    expect(ids('client_credentials', 'none')).toEqual([
      'name',
      'clientId',
      'tokenUrl',
    ]);
    expect(ids('client_credentials', 'private_key_jwt')).toContain(
      'privateKey',
    );
    expect(ids('client_credentials', 'federated_assertion')).toEqual([
      'name',
      'clientId',
      'clientAssertionFile',
      'tokenUrl',
    ]);
    expect(ids('password')).toEqual([
      'name',
      'clientId',
      'clientSecret',
      'username',
      'password',
      'tokenUrl',
    ]);
  });

  it('counts a stored secret as present until it is removed', () => {
    const stored = settingsOf('password');
    const form = formOfSettings(stored);
    expect(missingFields(form, stored)).toEqual([]);
    const removed = edited(
      'auth.password',
      { action: 'remove', value: '' },
      form,
    );
    expect(missingFields(removed, stored).map(field => field.id)).toEqual([
      'password',
    ]);
  });

  it('lists instance values that a URL uses', () => {
    const form = edited(
      'auth.token.url',
      'https://{{instance.tenant}}.example.com/token',
    );
    expect(missingInstanceValues(form)).toEqual(['tenant']);
    set(form, 'instance', [{ key: 'tenant', value: 'acme', secret: false }]);
    expect(missingInstanceValues(form)).toEqual([]);
  });

  it('S4.16 invalidates a credential on a change of the token URL, but not of the title, scopes, or another secret', () => {
    const before = formOfSettings(settingsOf());
    expect(
      endingChanges(
        before,
        edited('auth.token.url', 'https://login.example.com/t'),
      ),
    ).toEqual(['tokenUrl']);
    expect(endingChanges(before, edited('title', 'CRM'))).toEqual([]);
    expect(endingChanges(before, edited('auth.scopes', 'write'))).toEqual([]);
    expect(
      endingChanges(
        before,
        edited('auth.clientSecret', { action: 'replace', value: 'x' }),
      ),
    ).toEqual([]);
  });

  it('S1.5 invalidates a stored credential on a change of the request only if a person approved it', () => {
    const ended = (grantType: string) => {
      const before = edited('auth.grantType', grantType);
      return endingChanges(before, edited('auth.audience', 'another', before));
    };
    expect(ended('authorization_code')).toEqual(['audience']);
    expect(ended('client_credentials')).toEqual([]);
    expect(ended('password')).toEqual([]);
  });

  it('N2, threats 1: invalidates a stored credential if the API that receives a secret changes', () => {
    const plain = formOfSettings(settingsOf());
    const row = { key: 'X-Key', value: 'key', secret: true };
    const keyed = edited('api.headers', [row], plain);
    expect(endingChanges(plain, keyed)).toEqual(['apiHeaders']);
    const ended = (path: string, value: unknown) =>
      endingChanges(keyed, edited(path, value, keyed));
    expect(ended('baseUrl', 'https://api.example.com/other')).toEqual([
      'baseUrl',
    ]);
    expect(ended('api.headers', [{ ...row, value: 'new' }])).toEqual([]);
    expect(ended('api.headers', [{ ...row, key: 'X-Other' }])).toEqual([
      'apiHeaders',
    ]);
    expect(
      ended('api.query', [{ key: 'v', value: '1', secret: false }]),
    ).toEqual(['apiQuery']);
    expect(missingSecretValues(keyed)).toEqual([]);
    expect(
      missingSecretValues(edited('api.query', [{ ...row, value: '' }], keyed)),
    ).toEqual(['api.query.X-Key']);
  });

  it('N10: needs no secret of a credential that each person enters', () => {
    const missing = (subjects: string, auth: object) => {
      const form = formOfSettings({
        ...{ name: 'tickets', subjects, consumers: ['tasks'] },
        auth: { type: 'static', ...auth },
      } as never);
      return [
        ...missingFields(form).map(field => field.id),
        ...missingSecretValues(form),
      ];
    };
    const key = { headers: { 'X-Key': { secret: true } } };
    expect(missing('both', { basic: {} })).toEqual(['basicPassword']);
    expect(missing('user', { basic: {} })).toEqual([]);
    expect(missing('user', {})).toEqual([]);
    expect(missing('both', key)).toEqual(['auth.headers.X-Key']);
    expect(missing('user', key)).toEqual([]);
  });

  it.each(VALUE_MAPS.filter(map => /^auth\.(token|refresh)/.test(map)))(
    'names the secrets without a value in %s',
    map => {
      const rows = [
        { key: 'X-Key', value: '', secret: true },
        { key: 'kept', value: '', secret: true, set: true },
      ];
      expect(missingSecretValues(edited(map, rows))).toEqual([`${map}.X-Key`]);
    },
  );

  it('lists the secret claims that have no value, if the assertion is signed', () => {
    const rows = [
      { key: 'account', value: '', secret: true },
      { key: 'tenant', value: '', secret: false },
      { key: 'kept', value: '', secret: true, set: true },
      { key: 'typed', value: 'x', secret: true },
    ];
    const form = edited('auth.clientAssertion.claims', rows);
    const missingFor = (method: string) =>
      missingSecretValues(edited('auth.clientAuthentication', method, form));
    expect(missingFor('private_key_jwt')).toEqual([
      'auth.clientAssertion.claims.account',
    ]);
    expect(missingFor('client_secret_basic')).toEqual([]);
    const granted = edited(
      'auth.grantType',
      'jwt_bearer',
      edited('auth.assertion.claims', rows),
    );
    expect(missingSecretValues(granted)).toEqual([
      'auth.assertion.claims.account',
    ]);
  });

  it('invalidates a stored credential if its token would go to another server, but not to another path', () => {
    const before = formOfSettings(settingsOf());
    expect(
      endingChanges(before, edited('baseUrl', 'https://api.example.com/v2')),
    ).toEqual([]);
    expect(
      endingChanges(before, edited('baseUrl', 'https://evil.example.com')),
    ).toEqual(['baseUrl']);
    expect(
      endingChanges(before, edited('allowedHosts', 'evil.example.com')),
    ).toEqual(['allowedHosts']);
  });

  it('binds a secret parameter by its name, not by its value', () => {
    const withKey = (key: string, value: string) =>
      bindingOf(edited('auth.token.params', [{ key, value, secret: true }]));
    expect(withKey('a', '1')).toEqual(withKey('a', '2'));
    expect(withKey('a', '1')).not.toEqual(withKey('b', '1'));
  });
});

describe('another grant', () => {
  const after = (form: EditorValues, grantType: GrantType) => {
    for (const [path, value] of Object.entries(withGrantType(form, grantType)))
      set(form, path, value);
    return form;
  };

  it('that a preset chooses has its own client authentication', () => {
    const form = formOfSettings({
      auth: { grantType: 'jwt_bearer', token: { url: 'https://x.example/t' } },
    } as Partial<DatasourceSettingsView>);
    expect(missingFields(form).map(({ id }) => id)).toEqual([
      'name',
      'assertionKey',
      'assertionIssuer',
    ]);
    expect(settingsOfForm(form).auth).not.toHaveProperty(
      'clientAuthentication',
    );
  });

  it('sets its own client authentication, and saves no default', () => {
    const form = after(formOfSettings(), 'jwt_bearer');
    expect(get(form, 'auth.clientAuthentication')).toBe('none');
    expect(settingsOfForm(form).auth).toEqual({ grantType: 'jwt_bearer' });
    after(form, 'client_credentials');
    expect(get(form, 'auth.clientAuthentication')).toBe('client_secret_basic');
  });

  it('keeps and saves a client authentication that was chosen', () => {
    const form = formOfSettings();
    set(form, 'auth.clientAuthentication', 'client_secret_post');
    after(form, 'jwt_bearer');
    expect(settingsOfForm(form).auth).toEqual({
      grantType: 'jwt_bearer',
      clientAuthentication: 'client_secret_post',
    });
    set(form, 'auth.clientAuthentication', 'client_secret_basic');
    expect(oauthOf(settingsOfForm(form)).clientAuthentication).toBe(
      'client_secret_basic',
    );
  });
});
