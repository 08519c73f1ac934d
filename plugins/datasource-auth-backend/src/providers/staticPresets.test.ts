import {
  Preset,
  presetSettings,
  replaceTemplates,
} from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { databases } from '../__testUtils__/databases';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { json, LocalServer } from '../egress/__testUtils__/LocalServer';
import { PresetRegistry } from './PresetRegistry';

jest.setTimeout(120_000);

const SECRET = 'the-secret';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

/** The path of the test call and the headers that an API gets, by preset. */
const CALLS: Record<string, [path: string, headers: Record<string, string>]> = {
  anthropic: [
    '/v1/models',
    { 'x-api-key': SECRET, 'anthropic-version': '2023-06-01' },
  ],
  artifactory: [
    '/artifactory/api/system/ping',
    { authorization: `Bearer ${SECRET}` },
  ],
  confluence: [
    '/wiki/rest/api/space',
    { authorization: basic(`robot:${SECRET}`) },
  ],
  datadog: [
    '/api/v2/validate_keys',
    { 'dd-api-key': SECRET, 'dd-application-key': SECRET },
  ],
  dynatrace: [
    '/api/v1/config/clusterversion',
    { authorization: `Api-Token ${SECRET}` },
  ],
  grafana: ['/api/org', { authorization: `Bearer ${SECRET}` }],
  harbor: ['/api/v2.0/projects', { authorization: basic(`robot:${SECRET}`) }],
  jenkins: ['/api/json', { authorization: basic(`robot:${SECRET}`) }],
  jira: ['/rest/api/3/myself', { authorization: basic(`robot:${SECRET}`) }],
  launchdarkly: ['/api/v2/caller-identity', { authorization: SECRET }],
  'new-relic': ['/v2/applications.json', { 'api-key': SECRET }],
  openai: ['/v1/models', { authorization: `Bearer ${SECRET}` }],
  opsgenie: ['/v2/account', { authorization: `GenieKey ${SECRET}` }],
  pagerduty: ['/services?limit=1', { authorization: `Token token=${SECRET}` }],
  rollbar: ['/api/1/item/1', { 'x-rollbar-access-token': SECRET }],
  sentry: [
    '/api/0/organizations/acme/projects/',
    { authorization: `Bearer ${SECRET}` },
  ],
  snyk: ['/rest/self?version=2024-06-10', { authorization: `token ${SECRET}` }],
  sonarqube: ['/api/user_tokens/search', { authorization: `Bearer ${SECRET}` }],
};

/** The test paths that depend on the account. */
const OWN_PATHS: Record<string, string> = {
  rollbar: '/item/1',
  sentry: '/organizations/acme/projects/',
};

const credentialHeaders = (headers: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name, value]) =>
        name === 'anthropic-version' ||
        [SECRET, basic(`robot:${SECRET}`)].some(part =>
          String(value).includes(part),
        ),
    ),
  );

describe('N1: the presets for keys, passwords and tokens', () => {
  let presets: Preset[];
  let api: LocalServer;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;

  beforeAll(async () => {
    presets = (await new PresetRegistry().list()).filter(({ ways }) =>
      ways.includes('static'),
    );
    api = await LocalServer.start(json({}));
    knex = await databases.init('SQLITE_3');
    app = await startDatasourceAuth({
      knex,
      datasourceAuth: {
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
        egress: { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'] },
      },
    });
    jane = await app.user('user:default/jane');
  });

  afterAll(async () => {
    await app?.stop();
    await api?.stop();
  });

  it('are all called here', () => {
    expect(presets.map(({ id }) => id).sort()).toEqual(
      Object.keys(CALLS).sort(),
    );
  });

  it.each(Object.entries(CALLS))(
    'call %s with the secret where its API expects it, and nowhere else',
    async (id, [path, headers]) => {
      const preset = presets.find(each => each.id === id)!;
      const instance = Object.fromEntries(
        preset.instance.map(({ name, example }) => [name, example]),
      );
      const draft = presetSettings(preset, { way: 'static', instance });
      const filled = JSON.parse(
        JSON.stringify(draft)
          .replaceAll('{"secret":true}', `{"secret":true,"value":"${SECRET}"}`)
          .replaceAll('{"set":false}', `"${SECRET}"`),
      );
      if (filled.auth.basic)
        filled.auth.basic = { username: 'robot', password: SECRET };
      const baseUrl = replaceTemplates(
        draft.baseUrl!,
        expression => instance[expression.replace(/^.*instance\./, '')],
      );
      const created = await jane('POST', '/datasources', {
        testPath: OWN_PATHS[id],
        ...filled,
        name: id,
        baseUrl: `${api.url}${new URL(baseUrl).pathname}`,
      });
      expect(created.body.status).toMatchObject({ state: 'AUTHORIZED' });
      api.requests.length = 0;
      const tested = await jane('POST', `/datasources/${id}/test`);
      expect(tested.body).toMatchObject({ status: 200 });
      expect(api.requests).toHaveLength(1);
      const { query } = api.last;
      expect([api.last.path, ...(query.size ? [query] : [])].join('?')).toBe(
        path,
      );
      expect(credentialHeaders(api.last.headers)).toEqual(headers);
    },
  );
});
