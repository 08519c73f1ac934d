import { randomUUID } from 'node:crypto';
import { ConfigReader } from '@backstage/config';
import { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { sealerOf } from '../__testUtils__/sealing';
import { bareSettingsOf, contentOf } from '../__testUtils__/settings';
import { bindingOf } from '../settings/binding';
import { datasourcePlace, Datasources } from './Datasources';
import { DatasourceStore } from './DatasourceStore';
import { DeclaredDatasources } from './DeclaredDatasources';
import { BareSettings, serializeSecrets } from '../settings/secrets';

jest.setTimeout(60_000);

const sealer = sealerOf();

describe.each(databaseIds())('Datasources on %s', databaseId => {
  let knex: Knex;
  let datasources: Datasources;
  const id = randomUUID();
  const settings = bareSettingsOf();

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    const store = new DatasourceStore({ knex });
    datasources = new Datasources({
      store,
      declared: new DeclaredDatasources({ config: new ConfigReader({}) }),
      sealer,
      callbackUrl: 'https://backstage.example/callback',
    });
    await store.insert({
      id,
      name: 'crm',
      source: 'database',
      ...contentOf(settings, {
        sealed: sealer.seal(
          serializeSecrets(new Map([['auth.clientSecret', 'hush']])),
          datasourcePlace(id, bindingOf(settings)),
        ),
      }),
    });
  });

  /** Simulates someone who can only write the database. */
  const tamper = (change: BareSettings, columns: object = {}) =>
    knex('datasources')
      .where({ id })
      .update({ settings: JSON.stringify(change), ...columns });

  const moved = bareSettingsOf(
    {},
    { token: { url: 'https://evil.example/token' } },
  );

  it('decrypts the secrets of a datasource', async () => {
    const { secrets, unreadable } = await datasources.get('crm');
    expect(unreadable).toBeUndefined();
    expect(Object.fromEntries(secrets)).toEqual({
      'auth.clientSecret': 'hush',
    });
  });

  it('threats 16: does not decrypt them after the settings were changed in the database', async () => {
    for (const columns of [{}, { binding: bindingOf(moved) }]) {
      await tamper(moved, columns);
      const loaded = await datasources.get('crm');
      expect(loaded.secrets.size).toBe(0);
      expect(loaded.unreadable).toMatchObject({ reason: 'tampered' });
    }
  });

  it('threats 16: calculates the binding from the settings, so changing to a public client reveals nothing', async () => {
    await tamper(moved, { sealed: null });
    const { record } = await datasources.get('crm');
    expect(record.binding).toBe(bindingOf(moved));
    expect(record.binding).not.toBe(bindingOf(settings));
  });

  it('threats 16: does not decrypt the secrets of another row', async () => {
    const other = randomUUID();
    const row = await knex('datasources').where({ id }).first();
    await knex('datasources').insert({ ...row, id: other, name: 'other' });
    expect((await datasources.get('other')).unreadable).toMatchObject({
      reason: 'tampered',
    });
  });
});
