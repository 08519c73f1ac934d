import { SECRET_SETTINGS } from './bindingSettings';
import { z } from 'zod';
import { authFaults, faults as faultsOf } from './__testUtils__/settingsFaults';
import { datasourceSettingsSchema } from './settings';
import { TEMPLATE_PLACES } from './templatePlaces';

const faults = ({ auth, ...change }: Record<string, any>) =>
  faultsOf(change, auth);

const SECRET = { secret: true, value: 'hush' };
const instance = { key: SECRET, tenant: 'acme' };

/** Returns settings with a text at a path; `*` becomes a key or the first item. */
function settingsWith(place: string, text: string): Record<string, any> {
  const keys = place.split('.');
  const lists = ['auth.scopes', 'auth.resource', 'auth.refresh.scopes'];
  const build = (rest: string[], at: string): unknown => {
    const [key, ...more] = rest;
    if (key === undefined) return text;
    const value = build(more, at ? `${at}.${key}` : key);
    if (lists.includes(at)) return [value];
    return { [key === '*' ? 'some' : key]: value };
  };
  const built = build(keys, '') as Record<string, any>;
  return {
    ...built,
    instance: { ...instance, ...built.instance },
    auth: { ...base(place), ...withCode(built.auth) },
  };
}

/** Adds what a request needs to be valid: a URL, or in a body the proof of an approval. */
function withCode(auth: any = {}) {
  for (const request of ['token', 'refresh']) {
    const { then } = auth[request] ?? {};
    if (!then) continue;
    const whole = { url: 'https://idp.example/then', ...then };
    return { ...auth, [request]: { then: whole } };
  }
  if (!auth.token?.body) return auth;
  const code = '{{code}} {{codeVerifier}}';
  return { ...auth, token: { body: { ...auth.token.body, code } } };
}

/** The kind of credential that has a setting. */
function base(place: string): object {
  if (!/^auth\.(headers|query|basic|expiresAt)\b/.test(place))
    return {
      grantType: 'authorization_code',
      clientAuthentication: 'none',
    };
  return place.startsWith('auth.basic')
    ? { type: 'static' }
    : { type: 'static', bearer: 'hush' };
}

const URLS = /url$|Url$|issuer$/;
function textAt(place: string, expression: string): string {
  const template = `{{${expression}}}`;
  if (URLS.test(place)) return `https://idp.example/${template}`;
  if (place.startsWith('testPath')) return `/me/${template}`;
  return place.startsWith('auth.resource') ? `urn:x:${template}` : template;
}

/** Returns the path of every setting in the schema that can hold any text. */
function textPlaces(schema: z.ZodType, path: string): string[] {
  const def = (schema as any).def;
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).flatMap(([key, member]) =>
        textPlaces(member as z.ZodType, path ? `${path}.${key}` : key),
      );
    case 'record':
      return textPlaces(def.valueType, `${path}.*`);
    case 'array':
      return textPlaces(def.element, `${path}.*`);
    case 'union':
      return [
        ...new Set(
          def.options.flatMap((option: z.ZodType) => textPlaces(option, path)),
        ),
      ] as string[];
    case 'string':
    case 'unknown':
      return [path];
    case 'pipe':
      // The JSON schema of preprocessed input has no type.
      return textPlaces(
        def.in.def.type === 'transform' ? def.out : def.in,
        path,
      );
    default:
      return def.innerType ? textPlaces(def.innerType, path) : [];
  }
}

/** The walk finds the `value` of a secret value, but the settings are built without it. */
const PLACES = textPlaces(datasourceSettingsSchema, '').filter(
  place => !SECRET_SETTINGS.includes(place) && !place.endsWith('*.value'),
);

describe('templates in settings', () => {
  it('threats 28: every filled setting is a text of the schema', () => {
    expect(PLACES).toEqual(
      expect.arrayContaining(Object.keys(TEMPLATE_PLACES)),
    );
    expect(PLACES.length).toBeGreaterThan(50);
  });

  it.each(PLACES.map(place => [place]))(
    'threats 28: %s never shows a secret value outside the backend',
    place => {
      const found = faults(settingsWith(place, textAt(place, 'instance.key')));
      const allowed = TEMPLATE_PLACES[place] === 'backend';
      expect(Object.keys(found).length === 0).toBe(allowed);
    },
  );

  const sent = PLACES.filter(
    place => !/^(title|description|importedFrom)/.test(place),
  );

  it.each(sent.map(place => [place]))(
    'fills a template in %s, or rejects it if nothing fills it',
    place => {
      const found = faults(
        settingsWith(place, textAt(place, 'instance.tenant')),
      );
      expect(Object.keys(found).length === 0).toBe(place in TEMPLATE_PLACES);
    },
  );

  it('threats 28: says what to do about a rejected secret', () => {
    const found = faults(settingsWith('auth.audience', '{{ instance.key }}'));
    expect(Object.values(found).join()).toMatch(
      /Enter it as a plain value, or use it only in token, refresh, .* requests/,
    );
  });

  it('threats 28: requires a pushed request for a secret authorize parameter', () => {
    const authorize = { params: { login: SECRET, hint: '{{instance.key}}' } };
    expect(Object.keys(faults(withAuthorize(authorize))).sort()).toEqual([
      'auth.authorize.params.hint',
      'auth.authorize.params.login',
    ]);
    expect(
      faults(
        withAuthorize({
          ...authorize,
          pushedRequestUrl: 'https://idp.example/par',
        }),
      ),
    ).toEqual({});
  });

  it.each([
    'auth.authorize.pushedRequestUrl',
    'auth.token.url',
    'auth.refresh.url',
    'auth.revoke.url',
  ])('rejects protocol parameters in the query of %s', place => {
    const refused = (query: string) =>
      Object.keys(faults(settingsWith(place, `https://idp.example/x?${query}`)))
        .length > 0;
    for (const query of [
      'grant_type=password',
      'tenant=a&code=b',
      'GRANT_TYPE=x',
      '%67rant_type=x',
      'redirect_uri',
      '{{instance.tenant}}=x',
    ])
      expect([query, refused(query)]).toEqual([query, true]);
    for (const query of ['tenant={{instance.tenant}}', 'api-version=1', ''])
      expect([query, refused(query)]).toEqual([query, false]);
  });

  it('threats 38: rejects a private key as a certificate', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----';
    const certificate =
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const found = (text: string) =>
      Object.keys(authFaults({ clientAssertion: { certificate: text } }));
    expect(found(certificate + certificate)).toEqual([]);
    expect(found(key)).toEqual(['auth.clientAssertion.certificate']);
    expect(found(certificate + key)).toEqual([
      'auth.clientAssertion.certificate',
    ]);
  });
});

function withAuthorize(authorize: Record<string, unknown>) {
  return { instance, auth: { grantType: 'authorization_code', authorize } };
}
