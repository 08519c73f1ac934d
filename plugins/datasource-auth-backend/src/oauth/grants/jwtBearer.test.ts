import { generateKeyPairSync } from 'node:crypto';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import { databaseIds, databases } from '../../__testUtils__/databases';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../../__testUtils__/startDatasourceAuth';
import { databaseNow } from '../../database/database';

jest.setTimeout(60_000);

const ISSUER = 'robot@project.example';

const keys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

describe.each(databaseIds())('the grant jwt_bearer on %s', databaseId => {
  const { privateKey, publicKey } = keys();
  let provider: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;

  beforeAll(async () => {
    provider = await createDemoProvider({
      recordIssued: true,
      trustedIssuers: { [ISSUER]: publicKey },
      clients: [
        {
          id: 'service',
          secret: 'unused-secret',
          name: 'Service',
          grants: ['urn:ietf:params:oauth:grant-type:jwt-bearer'],
          scope: 'read write',
          authentication: 'none',
        },
      ],
    });
    knex = await databases.init(databaseId);
    app = await startDatasourceAuth({ knex });
    jane = await app.user('user:default/jane');
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  const settings = (name: string, assertion: Record<string, unknown> = {}) => ({
    name,
    baseUrl: `${provider.url}/api`,
    testPath: '/me',
    consumers: '*',
    auth: {
      grantType: 'jwt_bearer',
      clientId: 'service',
      token: { url: `${provider.url}/token` },
      scopes: ['read'],
      assertion: { key: privateKey, issuer: ISSUER, kid: 'k1', ...assertion },
    },
  });

  const created = async (name: string, assertion = {}) => {
    const written = settings(name, assertion);
    const attempt = await jane('POST', '/authorizations', {
      settings: written,
    });
    expect(attempt.body).toMatchObject({ status: 'granted' });
    return jane('POST', '/datasources', {
      ...written,
      credential: { action: 'replace', authorizationId: attempt.body.id },
    });
  };

  it('gets a token for the subject without a person, and reveals nothing of the key', async () => {
    const { body } = await created('robot', {
      subject: 'jane',
    });
    expect(body.status).toMatchObject({
      state: 'AUTHORIZED',
      hasRefreshToken: false,
    });
    expect(body.auth).toMatchObject({
      clientAuthentication: 'none',
      assertion: { alg: 'RS256', issuer: ISSUER, key: { set: true } },
    });
    expect(JSON.stringify(body)).not.toContain('PRIVATE KEY');
    const token = await app.consume('consumer-a', 'robot');
    const me = await fetch(`${provider.url}/api/me`, {
      headers: { authorization: `Bearer ${token.body.accessToken}` },
    });
    expect(me.status).toBe(200);
  });

  it('replaces an expired token with a new assertion', async () => {
    await created('expiring');
    const first = await app.consume('consumer-a', 'expiring');
    const { id } = await knex('datasources')
      .where({ name: 'expiring' })
      .first();
    await knex('credentials')
      .where({ datasource_id: id })
      .update({
        obtained_at: 0,
        expires_at: 1,
        refresh_due_at: 1,
        changed_at: databaseNow(knex),
      });
    app.tellChange(id);
    const second = await app.consume('consumer-a', 'expiring');
    expect(second.status).toBe(200);
    expect(second.body.accessToken).not.toBe(first.body.accessToken);
  });

  it('requires a key and an issuer, but no client ID', async () => {
    const { body } = await jane('POST', '/datasources', {
      name: 'incomplete',
      auth: { grantType: 'jwt_bearer' },
    });
    expect(body.status.missing).toEqual([
      'auth.token.url',
      'auth.assertion.key',
      'auth.assertion.issuer',
    ]);
  });

  it('explains a rejected assertion and never repeats it', async () => {
    const { body } = await jane('POST', '/authorizations', {
      settings: settings('foreign', { key: keys().privateKey }),
    });
    expect(body).toMatchObject({
      status: 'failed',
      error: { title: 'The provider rejected the assertion' },
    });
    expect(JSON.stringify(body)).not.toMatch(/eyJ|PRIVATE KEY/);
  });

  it('threats 1: a new subject ends the credential and requires no other secret again', async () => {
    const { body } = await created('moved', { subject: 'jane' });
    const put = await jane(
      'PUT',
      '/datasources/moved',
      settings('moved', { key: undefined, subject: 'bob' }),
      { 'if-match': `"${body.version}"` },
    );
    expect(put.body.status).toMatchObject({
      state: 'NOT_AUTHORIZED',
      reasonCode: 'settings_changed',
    });
  });
});
