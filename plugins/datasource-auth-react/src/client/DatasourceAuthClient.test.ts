import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { DatasourceAuthClient } from './DatasourceAuthClient';

function clientAnswering(status: number, body?: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const fetch = jest.fn(
    async (_url: string | URL | Request, _init?: RequestInit) =>
      new Response(status === 204 ? null : text, { status }),
  );
  const client = new DatasourceAuthClient({ fetchApi: { fetch } });
  const sent = () => {
    const [url, init] = fetch.mock.calls[0];
    return {
      call: `${init?.method} ${url}`,
      headers: init?.headers,
      body:
        init?.body === undefined ? undefined : JSON.parse(String(init.body)),
    };
  };
  return { client, sent };
}

async function errorOf(
  promise: Promise<unknown>,
): Promise<DatasourceAuthError> {
  return promise.then(
    () => {
      throw new Error('It did not fail');
    },
    error => error,
  );
}

const BASE = 'plugin://datasource-auth';
const WRITE = {
  name: 'crm',
  auth: { grantType: 'client_credentials' as const },
};

describe('DatasourceAuthClient', () => {
  it('sends only the filters that are set', async () => {
    const { client, sent } = clientAnswering(200, {
      items: [],
      mayCreate: true,
    });
    expect(
      await client.listDatasources({
        search: 'a b',
        status: '',
        attention: 'true',
        cursor: undefined,
      }),
    ).toEqual({ items: [], mayCreate: true });
    expect(sent().call).toBe(
      `GET ${BASE}/datasources?search=a+b&attention=true`,
    );
  });

  it("N10: lists, confirms, and ends the user's own connections", async () => {
    const listed = clientAnswering(200, { items: [] });
    expect(await listed.client.listConnections()).toEqual({ items: [] });
    expect(listed.sent().call).toBe(`GET ${BASE}/connections`);
    const confirmed = clientAnswering(200, {});
    await confirmed.client.confirmConnection('id', {
      acknowledged: ['other_email'],
    });
    expect(confirmed.sent()).toMatchObject({
      call: `POST ${BASE}/authorizations/id/confirmation`,
      body: { acknowledged: ['other_email'] },
    });
    const ended = clientAnswering(200, { revoked: true });
    expect(await ended.client.disconnect('jira')).toEqual({ revoked: true });
    expect(ended.sent().call).toBe(`DELETE ${BASE}/connections/jira`);
  });

  it('reads activity by kind and page, consumers, and settings as YAML', async () => {
    const activity = clientAnswering(200, { items: [] });
    await activity.client.listActivity('crm', {
      kind: 'tested,updated',
      before: 5,
    });
    expect(activity.sent().call).toBe(
      `GET ${BASE}/datasources/crm/activity?kind=tested%2Cupdated&before=5`,
    );
    const consumers = clientAnswering(200, { items: [], hours: [] });
    expect(await consumers.client.listConsumers('crm')).toEqual({
      items: [],
      hours: [],
    });
    const yaml = 'datasourceAuth:\n  datasources: {}\n';
    const { client, sent } = clientAnswering(200, yaml);
    expect(await client.exportDatasource('crm')).toBe(yaml);
    expect(sent().call).toBe(`GET ${BASE}/datasources/crm/export`);
  });

  it('requests how an API description has changed', async () => {
    const answer = { comparable: true, changes: [] };
    const { client, sent } = clientAnswering(200, answer);
    expect(await client.getDescriptionChanges('crm')).toEqual(answer);
    expect(sent().call).toBe(`GET ${BASE}/datasources/crm/description-changes`);
  });

  it('escapes path segments', async () => {
    const { client, sent } = clientAnswering(200, {});
    await client.getDatasource('../health');
    expect(sent().call).toBe(`GET ${BASE}/datasources/..%2Fhealth`);
  });

  it('sends the version that it replaces', async () => {
    const { client, sent } = clientAnswering(200, { version: 8 });
    await client.updateDatasource('crm', WRITE, { version: 7 });
    expect(sent()).toEqual({
      call: `PUT ${BASE}/datasources/crm`,
      headers: { 'Content-Type': 'application/json', 'If-Match': '"7"' },
      body: WRITE,
    });
  });

  it.each([
    [
      'createDatasource',
      (c: DatasourceAuthClient) => c.createDatasource(WRITE),
      'POST /datasources',
    ],
    [
      'testDatasource',
      (c: DatasourceAuthClient) => c.testDatasource('crm'),
      'POST /datasources/crm/test',
    ],
    [
      'createAuthorization',
      (c: DatasourceAuthClient) => c.createAuthorization({ datasource: 'crm' }),
      'POST /authorizations',
    ],
    [
      'getAuthorization',
      (c: DatasourceAuthClient) => c.getAuthorization('x'),
      'GET /authorizations/x',
    ],
    [
      'getImpact',
      (c: DatasourceAuthClient) => c.getImpact('crm'),
      'GET /datasources/crm/impact',
    ],
    [
      'listAuthorizationRequests',
      (c: DatasourceAuthClient) => c.listAuthorizationRequests('crm'),
      'GET /datasources/crm/authorization-requests',
    ],
    [
      'createAuthorizationRequest',
      (c: DatasourceAuthClient) =>
        c.createAuthorizationRequest({ datasource: 'crm' }),
      'POST /authorization-requests',
    ],
    [
      'getAuthorizationRequest',
      (c: DatasourceAuthClient) => c.getAuthorizationRequest('l'),
      'GET /authorization-requests/invitation',
    ],
    [
      'authorizeAsRequested',
      (c: DatasourceAuthClient) => c.authorizeAsRequested('l'),
      'POST /authorization-requests/invitation/authorization',
    ],
    [
      'declineAuthorizationRequest',
      (c: DatasourceAuthClient) => c.declineAuthorizationRequest('l'),
      'POST /authorization-requests/invitation/decline',
    ],
    [
      'testAuthorization',
      (c: DatasourceAuthClient) => c.testAuthorization('x'),
      'POST /authorizations/x/test',
    ],
    [
      'completeAuthorization',
      (c: DatasourceAuthClient) => c.completeAuthorization('x', 'once'),
      'POST /authorizations/x/completion',
    ],
    [
      'clearCredential',
      (c: DatasourceAuthClient) => c.clearCredential('crm', { revoke: true }),
      'DELETE /datasources/crm/credential?revoke=true',
    ],
    [
      'rehearseRenewal',
      (c: DatasourceAuthClient) => c.rehearseRenewal('crm'),
      'POST /datasources/crm/rehearsal',
    ],
    [
      'importOpenApi',
      (c: DatasourceAuthClient) => c.importOpenApi({ entityRef: 'api:x' }),
      'POST /imports/openapi',
    ],
    [
      'listPresets',
      (c: DatasourceAuthClient) => c.listPresets(),
      'GET /providers',
    ],
    [
      'listPlugins',
      (c: DatasourceAuthClient) => c.listPlugins(),
      'GET /plugins',
    ],
    [
      'listConnectedPeople',
      (c: DatasourceAuthClient) => c.listConnectedPeople('crm', { limit: 2 }),
      'GET /datasources/crm/connections?limit=2',
    ],
    [
      'disconnectPerson',
      (c: DatasourceAuthClient) =>
        c.disconnectPerson('crm', 'user:default/jane'),
      'DELETE /datasources/crm/connections/user%3Adefault%2Fjane',
    ],
    [
      'disconnectEveryone',
      (c: DatasourceAuthClient) => c.disconnectEveryone('crm'),
      'DELETE /datasources/crm/connections',
    ],
    ['getHealth', (c: DatasourceAuthClient) => c.getHealth(), 'GET /health'],
  ])('%s makes one call', async (_, act, call) => {
    const { client, sent } = clientAnswering(200, { answer: 1 });
    expect(await act(client)).toEqual({ answer: 1 });
    expect(sent().call).toBe(call.replace(' ', ` ${BASE}`));
  });

  it('sends the completion in the body, never in the URL', async () => {
    const { client, sent } = clientAnswering(200, {});
    await client.completeAuthorization('x', 'once-only');
    expect(sent().call).not.toContain('once-only');
    expect(sent().body).toEqual({ completion: 'once-only' });
  });

  it.each([
    [
      'reads the approval request',
      (c: DatasourceAuthClient, secret: string) =>
        c.getAuthorizationRequest(secret),
    ],
    [
      'begins the approval',
      (c: DatasourceAuthClient, secret: string) =>
        c.authorizeAsRequested(secret),
    ],
    [
      'says no',
      (c: DatasourceAuthClient, secret: string) =>
        c.declineAuthorizationRequest(secret),
    ],
  ])(
    '%s with the secret of the link in a header, never in the URL',
    async (_, act) => {
      const { client, sent } = clientAnswering(200, {});
      await act(client, 'the-secret');
      expect(sent().call).not.toContain('the-secret');
      expect(sent().headers).toMatchObject({
        'Datasource-Auth-Request': 'the-secret',
      });
      const typed = clientAnswering(200, {});
      await act(typed.client, 'é\r\nX: 1');
      expect(() => new Headers(typed.sent().headers)).not.toThrow();
    },
  );

  it('sends the issuer in the body', async () => {
    const { client, sent } = clientAnswering(200, { set: {} });
    await client.readIssuer('https://login.example.com');
    expect(sent()).toMatchObject({
      call: `POST ${BASE}/imports/issuer`,
      body: { issuer: 'https://login.example.com' },
    });
  });

  it.each([
    [{}, ''],
    [{ force: false, revoke: true }, '?revoke=true'],
    [{ force: true, revoke: true }, '?force=true&revoke=true'],
  ])('deletes with %j', async (options, query) => {
    const { client, sent } = clientAnswering(204);
    await client.deleteDatasource('crm', options);
    expect(sent().call).toBe(`DELETE ${BASE}/datasources/crm${query}`);
  });

  it('withdraws a request', async () => {
    const { client, sent } = clientAnswering(204);
    await client.withdrawAuthorizationRequest('r');
    expect(sent().call).toBe(`DELETE ${BASE}/authorization-requests/r`);
  });

  it('rejects with the typed error of the response', async () => {
    const { client } = clientAnswering(400, {
      error: {
        name: 'DatasourceAuthError',
        message: 'Not valid',
        code: 'invalid_request',
        link: 'https://backstage.example.com/datasource-auth/crm',
        fields: { 'auth.token.url': 'Not a URL' },
      },
      response: { statusCode: 400 },
    });
    const error = await errorOf(client.createDatasource(WRITE));
    expect(error).toBeInstanceOf(DatasourceAuthError);
    expect(error).toMatchObject({
      message: 'Not valid',
      code: 'invalid_request',
      statusCode: 400,
      link: 'https://backstage.example.com/datasource-auth/crm',
      fields: { 'auth.token.url': 'Not a URL' },
    });
  });

  it.each([
    [401, 'not_allowed'],
    [403, 'not_allowed'],
    [422, 'invalid_request'],
    [502, 'datasource_unavailable'],
  ])(
    'assigns a %i response of Backstage itself the code %s, and keeps its message',
    async (status, code) => {
      const { client } = clientAnswering(status, {
        error: { name: 'SomeError', message: 'Said so' },
      });
      expect(await errorOf(client.getHealth())).toMatchObject({
        code,
        statusCode: status,
        message: 'Said so',
      });
    },
  );

  it.each([
    ['<html>404</html>'],
    [{ error: { name: 'NotFoundError', message: 'Not found' } }],
  ])(
    'treats a 404 without one of our codes as a missing backend plugin',
    async body => {
      const { client } = clientAnswering(404, body);
      const error = await errorOf(client.listDatasources());
      expect(error.code).toBe('not_installed');
      expect(error.message).toContain('datasource-auth backend plugin');
    },
  );

  it('does not treat a missing datasource as a missing plugin', async () => {
    const { client } = clientAnswering(404, {
      error: {
        name: 'DatasourceAuthError',
        message: "No datasource 'crm'",
        code: 'not_found',
      },
    });
    expect(await errorOf(client.getDatasource('crm'))).toMatchObject({
      code: 'not_found',
      message: "No datasource 'crm'",
    });
  });
});
