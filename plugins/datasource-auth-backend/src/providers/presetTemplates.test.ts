import { generateKeyPairSync } from 'node:crypto';
import {
  CLIENT_AUTHENTICATION_METHODS,
  GRANT_TYPES,
  GrantType,
  presetSettings,
  PresetWay,
  TEMPLATE_PLACES,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { MutualTlsServer } from '../egress/__testUtils__/MutualTlsServer';
import { Egress, EgressRequest } from '../egress/Egress';
import { CredentialFiles } from '../files/CredentialFiles';
import { DefaultProviderClient } from '../oauth/DefaultProviderClient';
import { furtherRequest } from '../oauth/furtherRequest';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { apiAuthentication } from '../kinds/apiAuthentication';
import { ProviderContext } from '../settings/ResolvedSettings';
import { PresetRegistry } from './PresetRegistry';
import { oauthOf } from '../settings/oauthOf';

/*
 * No request contains a template, for any combination of preset and client authentication.
 */

const registry = new PresetRegistry();
const STEP = {
  state: 'the-state',
  nonce: 'the-nonce',
  codeVerifier: 'v'.repeat(43),
};
const { privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const CERTIFICATE = MutualTlsServer.client('presets.test');

/** Everything that requests contain, with assertions decoded. */
function recorder() {
  const wire: string[] = [];
  const record = (text: string) => {
    wire.push(text);
    wire.push(safeDecode(text));
    for (const [jwt] of text.matchAll(/eyJ[\w-]+\.eyJ[\w-]+/g))
      for (const part of jwt.split('.'))
        wire.push(Buffer.from(part, 'base64url').toString());
    for (const [, basic] of text.matchAll(/Basic ([\w+/=]+)/g))
      wire.push(safeDecode(Buffer.from(basic, 'base64').toString()));
  };
  const egress = {
    check: () => {},
    fetch: async (address: string, request: EgressRequest) => {
      request.onSend?.();
      record(address);
      record(JSON.stringify(request.headers));
      record(String(request.body ?? ''));
      return Response.json({ request_uri: 'urn:x:1', expires_in: 60 });
    },
  } as unknown as Egress;
  const files = {
    read: async () => ({ text: 'assertion' }),
  } as unknown as CredentialFiles;
  return {
    wire,
    record,
    client: DefaultProviderClient.create({ egress, files }),
  };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}

/** Runs every step of the settings. The responses don't matter. */
async function speak(settings: any) {
  const parsed = datasourceSettingsSchema.parse(settings);
  const { name, instance = {} } = parsed;
  const auth = oauthOf(parsed);
  const { wire, record, client } = recorder();
  const context = {
    name,
    auth,
    instance,
    kept: { realmId: 'realm' },
    redirectUri: 'https://backstage.example/callback',
    clientCertificate: CERTIFICATE,
  } as unknown as ProviderContext;
  const failures: string[] = [];
  const step = async (run: () => Promise<unknown>) => {
    const error = await run().catch((thrown: unknown) => thrown);
    if (
      error instanceof OAuthExchangeError &&
      error.diagnosis.code === 'settings_invalid'
    )
      failures.push(error.diagnosis.cause);
  };
  if (auth.grantType === 'authorization_code') {
    await step(async () => {
      const request = await client.authorizeRequest(context, STEP);
      record(JSON.stringify(request));
    });
    await step(() => client.exchangeCode(context, { code: 'code', ...STEP }));
  } else {
    await step(() => client.requestToken(context));
  }
  // A new assertion replaces a refresh token.
  if (auth.grantType !== 'jwt_bearer')
    await step(() =>
      client.refresh(context, { refreshToken: 'rt', accessToken: 'at' }),
    );
  for (const to of ['token', 'refresh'] as const)
    if (furtherRequest(context.auth, to))
      await step(() => client.finish(context, { to, values: {} }));
  await step(() =>
    client.revoke(context, { refreshToken: 'rt', accessToken: 'at' }),
  );
  const api = apiAuthentication(
    { settings: parsed, secrets: new Map() },
    { accessToken: 'at', kept: {} },
  );
  record(JSON.stringify(api));
  return { wire: wire.join('\n'), failures };
}

const methods = CLIENT_AUTHENTICATION_METHODS;
const pushes = [undefined, 'https://as.example/par'];

const isGrant = (way: PresetWay): way is GrantType => way !== 'static';

describe('templates on the wire', () => {
  it('are filled in at each step of each preset, with each client authentication', async () => {
    let count = 0;
    const excluded = new Set<string>();
    for (const preset of await registry.list())
      for (const grantType of preset.ways.filter(isGrant))
        for (const clientAuthentication of methods)
          for (const pushedRequestUrl of pushes) {
            const instance = Object.fromEntries(
              preset.instance.map(field => [field.name, field.example]),
            );
            const draft = presetSettings(preset, {
              way: grantType,
              instance,
            });
            const settings = {
              ...draft,
              name: 'sample',
              auth: {
                ...draft.auth,
                clientId: 'client',
                clientSecret: 'a secret of at least thirty-two bytes',
                clientAssertion: {
                  ...draft.auth.clientAssertion,
                  key: privateKey,
                  alg: 'ES256',
                  file: 'a-file',
                },
                assertion: {
                  issuer: 'robot',
                  ...draft.auth.assertion,
                  key: privateKey,
                  alg: 'ES256',
                },
                clientAuthentication,
                username: 'u',
                password: 'p',
                authorize: {
                  url: 'https://as.example/authorize',
                  ...draft.auth.authorize,
                  pushedRequestUrl,
                },
                token: { url: 'https://as.example/token', ...draft.auth.token },
                revoke: {
                  url: 'https://as.example/revoke',
                  ...draft.auth.revoke,
                },
              },
            };
            // A token request has one Authorization header, and a body of its own no further parameters.
            if (!datasourceSettingsSchema.safeParse(settings).success) {
              excluded.add(preset.id);
              continue;
            }
            const { wire, failures } = await speak(settings);
            const at = [preset.id, grantType, clientAuthentication];
            expect([...at, failures]).toEqual([...at, []]);
            expect([...at, /\{\{/.exec(wire)]).toEqual([...at, null]);
            count += 1;
          }
    expect([...excluded]).toEqual(['github-app-installation']);
    expect(count).toBeGreaterThan(300);
  }, 120_000);

  const held = Object.keys(TEMPLATE_PLACES).filter(place =>
    /^auth\.(headers|query|basic)\b/.test(place),
  );

  it.each(held)('are filled in %s, which no provider sees', place => {
    const settings: any = {
      name: 'sample',
      instance: { mark: 'filled-in' },
      auth: { type: 'static' },
    };
    put(settings, place);
    const { headers, query } = apiAuthentication(
      {
        settings: datasourceSettingsSchema.parse(settings),
        secrets: new Map([['auth.basic.password', 'x']]),
      },
      { accessToken: '', kept: {} },
    );
    const [, basic = ''] = (headers.Authorization ?? '').split(' ');
    const sent = [
      ...Object.values({ ...headers, ...query }),
      Buffer.from(basic, 'base64').toString(),
    ];
    expect(sent.join('\n')).toContain('filled-in');
  });

  it.each(
    Object.keys(TEMPLATE_PLACES).filter(
      place => place !== 'baseUrl' && !held.includes(place),
    ),
  )('are filled in %s', async place => {
    const results = [];
    for (const grantType of GRANT_TYPES)
      for (const clientAuthentication of ['none', 'private_key_jwt']) {
        const settings: any = {
          name: 'sample',
          instance: { mark: 'filled-in' },
          auth: {
            grantType,
            clientAuthentication,
            clientId: 'client',
            clientAssertion: { key: privateKey, alg: 'ES256' },
            username: 'u',
            password: 'p',
            assertion: { key: privateKey, alg: 'ES256', issuer: 'robot' },
            authorize: {
              url: 'https://as.example/authorize',
              // The URL and parameters of the browser, or of the pushed request.
              pushedRequestUrl: place.includes('pushed')
                ? 'https://as.example/par'
                : undefined,
            },
            token: { url: 'https://as.example/token' },
            refresh: {},
            revoke: { url: 'https://as.example/revoke' },
          },
        };
        put(settings, place);
        complete(settings);
        // Some settings exclude each other: they are checked before anything is sent.
        if (!datasourceSettingsSchema.safeParse(settings).success) continue;
        const { wire, failures } = await speak(settings);
        expect(failures).toEqual([]);
        expect(wire).not.toContain('{{');
        results.push(wire.includes('filled-in'));
      }
    expect(results).toContain(true);
  });
});

/** Adds what settings require beside the one that is tested. */
function complete({ auth }: any) {
  const { body } = auth.token;
  if (body && auth.grantType === 'authorization_code')
    body.proof = '{{code}} {{codeVerifier}}';
  for (const { then } of [auth.token, auth.refresh])
    if (then) then.url ??= 'https://as.example/then';
}

function put(settings: any, place: string) {
  const keys = place.split('.');
  const last = keys.pop()!;
  let parent = settings;
  for (const key of keys) parent = parent[key] ??= {};
  const text = '{{instance.mark}}';
  const url = /url$/i.test(last) || last === 'issuer';
  if (last !== '*') parent[last] = url ? `https://as.example/${text}` : text;
  else if (/scopes|resource/.test(place)) {
    let owner = settings;
    for (const key of keys.slice(0, -1)) owner = owner[key];
    owner[keys.at(-1)!] = [`urn:x:${text}`];
  } else parent.extra = text;
}
