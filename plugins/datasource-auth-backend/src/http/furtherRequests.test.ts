import { createDemoProvider, DemoProvider } from 'demo-provider';
import {
  fragmentOf,
  visitCallback,
  visitProvider,
} from '../__testUtils__/browser';
import { databaseIds } from '../__testUtils__/databases';
import { web } from '../__testUtils__/demoSettings';
import { useApp } from '../__testUtils__/useApp';
import { json } from '../egress/__testUtils__/LocalServer';

jest.setTimeout(120_000);

describe.each(databaseIds())(
  'N5 an approval that leads to a further request, on %s',
  databaseId => {
    let provider: DemoProvider;
    const site = useApp({
      databaseId,
      servers: {
        first: json({ ticket: 'ticket-secret-1' }),
        second: undefined,
      },
      app: () => ({
        datasourceAuth: {
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
        },
      }),
    });
    const { jane } = site;
    const { first, second } = site.servers;

    beforeAll(async () => {
      provider = await createDemoProvider();
    });
    afterAll(() => provider?.close());

    beforeEach(() => {
      second.behave(json({ access_token: 'token-secret-2', expires_in: 600 }));
    });

    const settingsOf = (name: string) => {
      const settings = web(name, provider.url);
      delete settings.auth.issuer;
      delete settings.auth.revoke;
      settings.auth.scopes = ['read'];
      settings.auth.token = {
        url: `http://localhost:${first.port}/token`,
        then: {
          url: `http://localhost:${second.port}/long-lived`,
          params: { exchange: '{{answer.ticket}}' },
        },
      };
      return settings;
    };
    const begin = async (settings: object) => {
      const begun = await jane('POST', '/authorizations', { settings });
      expect(begun.body).toMatchObject({ status: 'pending' });
      const { callback, cookie } = await visitProvider(
        site.app,
        begun.body.ticket,
      );
      return {
        id: begun.body.id as string,
        visit: () => visitCallback(site.app, callback, cookie),
      };
    };
    const complete = async (
      id: string,
      returned: Awaited<ReturnType<typeof visitCallback>>,
    ) => {
      const completion = fragmentOf(returned).get('completion');
      return jane('POST', `/authorizations/${id}/completion`, { completion });
    };
    const save = (settings: object, authorizationId: string) =>
      jane('POST', '/datasources', {
        ...settings,
        credential: { action: 'replace', authorizationId },
      });

    it('has the token of the further request', async () => {
      const settings = settingsOf('whole');
      const { id, visit } = await begin(settings);
      expect((await complete(id, await visit())).body.status).toBe('granted');
      const { body } = await save(settings, id);
      expect(body.status).toMatchObject({
        state: 'AUTHORIZED',
        reasonCode: 'valid',
      });
      const token = await site.app.consume('consumer-a', 'whole');
      expect(token.body.accessToken).toBe('token-secret-2');
      expect(second.requests).toHaveLength(1);
      expect(second.last.form.get('exchange')).toBe('ticket-secret-1');
    });

    it('fails with the reason of the further request, and repeats nothing of the first response', async () => {
      second.behave((response, sent) =>
        json(
          {
            error: 'invalid_request',
            error_description: sent.form.get('exchange'),
          },
          400,
        )(response, sent),
      );
      const { id, visit } = await begin(settingsOf('rejected'));
      const returned = await visit();
      expect(fragmentOf(returned).get('completion')).toBeNull();
      const { body } = await jane('GET', `/authorizations/${id}`);
      expect(body).toMatchObject({ status: 'failed' });
      expect(JSON.stringify(body)).not.toContain('ticket-secret-1');
      const row = await site.knex('authorizations').where({ id }).first();
      expect(row.sealed_result).toBeNull();
    });

    it('I2 I3: goes on with the further request where the process stopped between the two', async () => {
      const settings = settingsOf('stopped');
      const { id, visit } = await begin(settings);
      // The browser asks again while the first process waits without an end.
      const asked = new Promise<void>(resolve =>
        second.behave(() => resolve()),
      );
      const lost = visit();
      await asked;
      expect((await complete(id, await visit())).body.status).toBe('granted');
      second.behave(json({ access_token: 'token-secret-3', expires_in: 600 }));
      const saved = await save(settings, id);
      expect(saved.body.status.state).toBe('AUTHORIZED');

      const token = await site.app.consume('consumer-a', 'stopped');
      expect(token.body.accessToken).toBe('token-secret-3');
      expect(first.requests).toHaveLength(1);
      second.cut();
      await lost;
      expect((await site.app.consume('consumer-a', 'stopped')).status).toBe(
        200,
      );
    });

    it('I3: has no token to test while the further request is open', async () => {
      const settings = settingsOf('open');
      const { id, visit } = await begin(settings);
      const asked = new Promise<void>(resolve =>
        second.behave(() => resolve()),
      );
      const lost = visit();
      await asked;
      await complete(id, await visit());
      const test = await jane('POST', '/test', {
        authorizationId: id,
        settings,
      });
      expect(test.status).toBeGreaterThanOrEqual(400);
      expect(JSON.stringify(test.body)).not.toContain('ticket-secret-1');
      second.cut();
      await lost;
    });
  },
);
