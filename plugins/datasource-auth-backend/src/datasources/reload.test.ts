import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Caller } from '../access/caller';
import { assemble, changingConfig } from '../__testUtils__/assemble';
import { databases } from '../__testUtils__/databases';
import { eventually } from '../__testUtils__/eventually';
import { openDatabase } from '../database/database';
import { oauthOf } from '../settings/oauthOf';

const declaring = (datasources: object) => ({
  app: { baseUrl: 'http://localhost:3000' },
  backend: { baseUrl: 'http://localhost:7007' },
  datasourceAuth: {
    encryption: { keys: [{ id: 'k1', secret: 'x'.repeat(32) }] },
    datasources,
  },
});

const CALLER: Caller = {
  kind: 'user',
  userRef: 'user:default/jane',
  credentials: mockCredentials.user('user:default/jane'),
};

const crm = (tokenUrl: string) => ({
  crm: {
    auth: {
      grantType: 'client_credentials',
      clientId: 'id',
      clientSecret: 'secret',
      token: { url: tokenUrl },
    },
  },
});

describe('declared datasources when the configuration changes', () => {
  it('are applied as a whole or not at all: the previous ones stay', async () => {
    const logger = mockServices.logger.mock();
    const { config, change } = changingConfig(
      declaring(crm('https://one.example/token')),
    );
    const parts = await assemble(config, logger);
    const tokenUrl = async () =>
      oauthOf((await parts.store.findByName('crm'))!.settings).token.url;
    const declarations = async () =>
      (await parts.health({ withHosts: false, caller: CALLER })).checks.find(
        ({ id }) => id === 'declarations',
      );
    expect(await tokenUrl()).toBe('https://one.example/token');

    change(declaring(crm('not a url')));
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining(
        'datasourceAuth.datasources.crm.auth.token.url: Enter an absolute URL',
      ),
    );
    expect(await tokenUrl()).toBe('https://one.example/token');
    expect(await declarations()).toMatchObject({
      state: 'problem',
      detail:
        'The changed configuration is invalid, so the last valid one is used.',
    });

    change(declaring(crm('https://two.example/token')));
    expect(await declarations()).toMatchObject({ state: 'ok' });
    await eventually(async () =>
      expect(await tokenUrl()).toBe('https://two.example/token'),
    );

    const { id } = (await parts.store.findByName('crm'))!;
    change(declaring({}));
    await eventually(async () =>
      expect(await parts.store.findByName('crm')).toBeUndefined(),
    );
    change(declaring(crm('https://two.example/token')));
    await eventually(async () =>
      expect((await parts.store.findByName('crm'))?.id).toBe(id),
    );
  });
});

describe('declared datasources that request something else', () => {
  it('S1.8 threats 37: get another token at once, without a caller', async () => {
    const requests: string[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      requests.push(new URLSearchParams(body).get('scope') ?? '');
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ access_token: 'a', token_type: 'Bearer' }));
    });
    server.keepAliveTimeout = 0;
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const under = (scopes: string[]) => {
      const declared = declaring(crm(`http://127.0.0.1:${port}/token`));
      const { datasourceAuth } = declared;
      (datasourceAuth.datasources as any).crm.auth.scopes = scopes;
      const local = ['127.0.0.1'];
      return {
        ...declared,
        datasourceAuth: {
          ...datasourceAuth,
          egress: { allow: local, allowHttp: local },
        },
      };
    };
    try {
      const { config, change } = changingConfig(under(['read']));
      const knex = await openDatabase({
        getClient: async () => databases.init('SQLITE_3'),
      });
      const logger = mockServices.logger.mock();
      const parts = await assemble(config, logger, knex);
      await parts.authorizeDeclared();
      expect(requests).toEqual(['read']);
      // Long enough ago that another replica may request one too.
      await knex('credentials').update({ presented_at: 1 });
      change(under(['read', 'write']));
      await eventually(async () =>
        expect(requests).toEqual(['read', 'read write']),
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('declared datasources that this installation does not allow', () => {
  const legacy = (auth: object = {}) => ({
    legacy: {
      instance: { host: { secret: true, value: 'one.example' } },
      auth: {
        ...{ grantType: 'password', clientId: 'id', clientSecret: 'secret' },
        ...{ username: 'robot', password: 'word' },
        token: { url: 'https://one.example/token' },
        ...auth,
      },
    },
  });
  const without = (datasources: object) => {
    const { datasourceAuth, ...rest } = declaring(datasources);
    const passwordGrant = { enabled: false };
    return { ...rest, datasourceAuth: { ...datasourceAuth, passwordGrant } };
  };

  it('[checklist 33] stop the start if the password grant is disabled', async () => {
    const { config } = changingConfig(without(legacy()));
    await expect(assemble(config)).rejects.toThrow(
      'Invalid configuration. datasourceAuth.datasources.legacy: The password grant is disabled.',
    );
  });

  it('[checklist 33] are not applied by a reload', async () => {
    const logger = mockServices.logger.mock();
    const { config, change } = changingConfig(without({}));
    const { store } = await assemble(config, logger);
    change(without(legacy()));
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('The password grant is disabled.'),
    );
    expect(await store.findByName('legacy')).toBeUndefined();
  });

  it('threats 2: stop the start if a host contains a secret', async () => {
    const url = 'https://{{instance.host}}/token';
    const { config } = changingConfig(declaring(legacy({ token: { url } })));
    await expect(assemble(config)).rejects.toThrow(
      "A value in a host can't be secret",
    );
  });

  it('threats 5: exist with a URL that no rule allows, and call nothing', async () => {
    const token = { url: 'http://169.254.169.254/token' };
    const { config } = changingConfig(declaring(legacy({ token })));
    const parts = await assemble(config);
    await parts.authorizeDeclared();
    const { status } = await parts.datasources.get('legacy', {
      caller: CALLER,
    });
    expect(status).toMatchObject({
      state: 'NOT_AUTHORIZED',
      lastError: { code: 'blocked' },
    });
  });
});

describe('rules about destinations when the configuration changes', () => {
  const under = (egress: object) => ({
    ...declaring({}),
    datasourceAuth: { ...declaring({}).datasourceAuth, egress },
  });

  it('are reloaded as a whole, and the previous ones stay if a new one is invalid', async () => {
    const logger = mockServices.logger.mock();
    const { config, change } = changingConfig(under({}));
    const { egress, health } = await assemble(config, logger);
    const check = () => egress.check('http://localhost:9000/token');
    const shown = async () =>
      (await health({ withHosts: true, caller: CALLER })).checks.find(
        ({ id }) => id === 'egress',
      );
    expect(check).toThrow(/egress\.allow, datasourceAuth\.egress\.allowHttp/);
    change(under({ allow: ['localhost'], allowHttp: ['localhost'] }));
    expect(check).not.toThrow();
    expect(await shown()).toMatchObject({
      state: 'ok',
      detail: expect.stringContaining('Internal: localhost'),
    });
    change(under({ allow: ['no host!'], allowHttp: ['localhost'] }));
    expect(check).not.toThrow();
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining("datasourceAuth.egress.allow: 'no host!'"),
    );
    expect(await shown()).toMatchObject({ state: 'problem' });
    change(under({ allowHttp: ['localhost'] }));
    expect(check).toThrow(/egress\.allow\./);
    expect(await shown()).toMatchObject({ state: 'ok' });
  });
});

describe('the start', () => {
  it('warns about a database that is lost when the backend stops', async () => {
    const logger = mockServices.logger.mock();
    const { config } = changingConfig(declaring({}));
    await assemble(config, logger);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(
        /^The database is SQLite in memory:.*backend\.database/,
      ),
    );
  });
});
