import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { sealedTokens, sealerOf } from '../__testUtils__/sealing';
import { bareSettingsOf, contentOf } from '../__testUtils__/settings';
import { ActivityStore } from '../activity/ActivityStore';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { DeclaredDatasources } from '../datasources/DeclaredDatasources';
import { BareSettings } from '../settings/secrets';
import { ProviderClient } from '../oauth/ProviderClient';
import { CredentialStore } from './CredentialStore';
import { EndedCredentials } from './EndedCredentials';
import { Revocation } from './Revocation';
import { Revocations } from '../revocations/Revocations';
import { CredentialKey } from '../database/CredentialKey';

jest.setTimeout(60_000);

describe.each(databaseIds())('Revocation on %s', databaseId => {
  let knex: Knex;
  let store: CredentialStore;
  let datasource: LoadedDatasource;
  const revoke = jest.fn<Promise<void>, Parameters<ProviderClient['revoke']>>();
  const logger = mockServices.logger.mock();
  const change = jest.fn(async () => 'changed');

  const settings = bareSettingsOf(
    {},
    { revoke: { url: 'https://login.example.com/revoke' } },
  );

  beforeEach(async () => {
    jest.resetAllMocks();
    change.mockResolvedValue('changed');
    knex = await migratedDatabase(databaseId);
    store = new CredentialStore({ knex });
    datasource = await saved(settings);
    await obtain('access-1', 'refresh-1');
  });

  async function saved(content: BareSettings): Promise<LoadedDatasource> {
    const id = randomUUID();
    const datasources = new DatasourceStore({ knex });
    await datasources.insert({
      id,
      name: content.name,
      source: 'database',
      ...contentOf(content),
    });
    return {
      record: (await datasources.findById(id))!,
      secrets: new Map([['auth.clientSecret', 'hush']]),
    };
  }

  async function obtain(accessToken: string, refreshToken: string) {
    const { id, binding } = datasource.record;
    const credentialId = randomUUID();
    await store.replace(
      CredentialKey.service(id),
      {
        credentialId,
        binding,
        requested: 'r1',
        tokens: {
          sealed: sealedTokens().seal(
            {
              ...{ accessToken, refreshToken, tokenType: 'Bearer' },
              ...{ kept: {}, apiOrigins: [] },
            },
            {
              key: CredentialKey.service(datasource.record.id),
              credentialId,
              column: 'sealed',
              binding,
            },
          ),
          hasRefreshToken: true,
          age: 0,
        },
        apiOrigins: [],
      },
      knex,
    );
  }

  function revocation(tokens = sealedTokens(), isQuarantined = () => false) {
    const datasources = new Datasources({
      store: new DatasourceStore({ knex }),
      declared: new DeclaredDatasources({ config: new ConfigReader({}) }),
      sealer: sealerOf(),
      callbackUrl: 'https://backstage.example/callback',
    });
    const client = { revoke } as unknown as ProviderClient;
    const revocations = new Revocations({
      ...{ knex, sealer: sealerOf(), client, logger },
      onAbandoned: async () => {},
    });
    const parts = { store, tokens, datasources, logger };
    return new Revocation({
      ...{ ...parts, client, isQuarantined },
      activity: new ActivityStore({ knex }),
      ended: new EndedCredentials({ ...parts, revocations }),
    });
  }

  const row = async () =>
    (await store.read(CredentialKey.service(datasource.record.id)))!;

  it('[checklist 42] revokes nothing unless asked to', async () => {
    await expect(revocation().around(datasource, false, change)).resolves.toBe(
      'changed',
    );
    expect(revoke).not.toHaveBeenCalled();
    expect((await row()).leaseUntil).toBeUndefined();
  });

  it("moment 7: changes a copied database without revoking the original's credential", async () => {
    await expect(
      revocation(sealedTokens(), () => true).around(datasource, true, change),
    ).resolves.toBe('changed');
    expect(revoke).not.toHaveBeenCalled();
    expect((await row()).leaseUntil).toBeUndefined();
  });

  it('[checklist 42] revokes both tokens after the change, with what the call needs (RFC 7009)', async () => {
    change.mockImplementation(async () => {
      expect(revoke).not.toHaveBeenCalled();
      return 'changed';
    });
    await expect(revocation().around(datasource, true, change)).resolves.toBe(
      'changed',
    );
    expect(revoke).toHaveBeenCalledTimes(1);
    const [context, tokens] = revoke.mock.calls[0];
    expect(tokens).toEqual({
      refreshToken: 'refresh-1',
      accessToken: 'access-1',
    });
    expect(context).toMatchObject({
      auth: {
        clientSecret: 'hush',
        revoke: { url: 'https://login.example.com/revoke' },
      },
    });
  });

  it('[checklist 42] changes whatever the provider responds, and logs no token', async () => {
    revoke.mockRejectedValue(new Error('Token endpoint returned 503'));
    await expect(revocation().around(datasource, true, change)).resolves.toBe(
      'changed',
    );
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('did not confirm the revocation'),
    );
    expect(JSON.stringify(logger.warn.mock.calls)).not.toMatch(
      /refresh-1|access-1|hush/,
    );
  });

  it('holds the lease during the change, so that no refresh replaces the revoked tokens', async () => {
    change.mockImplementation(async () => {
      expect(
        await store.leases.take(await row(), randomUUID()),
      ).toBeUndefined();
      return 'changed';
    });
    await revocation().around(datasource, true, change);
    expect(change).toHaveBeenCalledTimes(1);
  });

  it('waits for a running refresh and revokes its tokens', async () => {
    const before = await row();
    await store.leases.take(before, 'another replica');
    const done = revocation().around(datasource, true, change);
    await new Promise(resolve => setTimeout(resolve, 250));
    expect(change).not.toHaveBeenCalled();
    const { credentialId, binding } = before;
    await store.storeTokens(
      before,
      randomUUID(),
      {
        sealed: sealedTokens().seal(
          {
            accessToken: 'access-2',
            refreshToken: 'refresh-2',
            tokenType: 'Bearer',
            kept: {},
            apiOrigins: [],
          },
          {
            key: CredentialKey.service(datasource.record.id),
            credentialId,
            column: 'sealed',
            binding,
          },
        ),
        hasRefreshToken: true,
        age: 0,
      },
      [],
    );
    await done;
    expect(revoke.mock.calls[0][1]).toEqual({
      refreshToken: 'refresh-2',
      accessToken: 'access-2',
    });
  });

  it('releases the lease when the change fails: nothing was sent, and refreshes continue', async () => {
    const before = await row();
    change.mockRejectedValue(new Error('version conflict'));
    await expect(revocation().around(datasource, true, change)).rejects.toThrow(
      'version conflict',
    );
    expect(revoke).not.toHaveBeenCalled();
    const after = await row();
    expect(after).toMatchObject({
      leaseUntil: undefined,
      leaseOwner: undefined,
      presentedGeneration: before.presentedGeneration,
      sealed: before.sealed,
      attempts: 0,
    });
    expect(await store.leases.take(after, randomUUID())).toBeDefined();
  });

  it("changes although the credential can't be read, and logs that it wasn't revoked", async () => {
    const lost = sealedTokens(sealerOf('another-secret-of-more-than-32-bytes'));
    await expect(
      revocation(lost).around(datasource, true, change),
    ).resolves.toBe('changed');
    expect(revoke).not.toHaveBeenCalled();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('is not revoked'),
    );
  });

  it("threats 1: doesn't send tokens of earlier settings to the new endpoint", async () => {
    const moved = bareSettingsOf(
      {},
      { revoke: { url: 'https://evil.example/revoke' } },
    );
    datasource = {
      ...datasource,
      record: { ...datasource.record, ...contentOf(moved) },
    };
    await expect(revocation().around(datasource, true, change)).resolves.toBe(
      'changed',
    );
    expect(revoke).not.toHaveBeenCalled();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('obtained under other settings'),
    );
  });

  it('has nothing to revoke if nothing is stored, or it was cleared', async () => {
    await store.clear(
      CredentialKey.service(datasource.record.id),
      {
        credentialId: randomUUID(),
        binding: datasource.record.binding,
        reason: 'cleared',
      },
      knex,
    );
    await revocation().around(datasource, true, change);
    datasource = await saved({ ...settings, name: 'fresh' });
    await revocation().around(datasource, true, change);
    expect(change).toHaveBeenCalledTimes(2);
    expect(revoke).not.toHaveBeenCalled();
  });
});
