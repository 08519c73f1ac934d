import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { databaseIds, databases } from '../__testUtils__/databases';
import { openDatabase } from '../database/database';
import { bindingOf } from '../settings/binding';
import { datasourcePlace } from '../datasources/Datasources';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { bareSettingsOf } from '../__testUtils__/settings';
import { CredentialStore } from './CredentialStore';
import { CredentialKey } from '../database/CredentialKey';
import { Revocations } from '../revocations/Revocations';
import { Reseal } from './Reseal';
import { sealedTokens } from '../__testUtils__/sealing';
import { delegationPlace } from '../sealing/delegationPlace';
import { Sealer } from '../sealing/Sealer';

const OLD = { id: 'old', secret: 'o'.repeat(32) };
const NEW = { id: 'new', secret: 'n'.repeat(32) };

describe.each(databaseIds())('threats 17: a new key on %s', databaseId => {
  const before = Sealer.create({ keys: [OLD] });
  const after = Sealer.create({ keys: [NEW, OLD] });
  const logger = mockServices.logger.mock();
  let knex: Knex;

  beforeEach(async () => {
    const client = await databases.init(databaseId);
    knex = await openDatabase({ getClient: async () => client });
  });

  /** Datasources with a secret and a credential each, sealed with the old key. */
  async function stored(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index++) {
      const id = randomUUID();
      const settings = bareSettingsOf({ name: `crm-${index}` });
      const binding = bindingOf(settings);
      await new DatasourceStore({ knex }).insert({
        id,
        name: `crm-${index}`,
        source: 'database',
        settings,
        sealed: before.seal(`secret-${index}`, datasourcePlace(id, binding)),
        secretInfos: {},
        binding,
        attention: 0,
      });
      const credentialId = randomUUID();
      await new CredentialStore({ knex }).replace(
        CredentialKey.service(id),
        {
          ...{ credentialId, requested: 'r1' },
          binding,
          apiOrigins: [],
          tokens: {
            sealed: sealedTokens(before).seal(
              {
                ...{ accessToken: `token-${index}`, tokenType: 'Bearer' },
                ...{ kept: {}, apiOrigins: [] },
              },
              {
                ...{ key: CredentialKey.service(id), credentialId },
                column: 'sealed',
                binding,
              },
            ),
            hasRefreshToken: false,
            age: 0,
          },
        },
        knex,
      );
      ids.push(id);
    }
    return ids;
  }

  it('moves everything to the active key, and counts what is left', async () => {
    await stored(3);
    const reseal = new Reseal({ knex, sealer: after, logger });
    expect(await reseal.progress()).toEqual({ left: 6 });
    expect(await reseal.run()).toBe(6);
    expect(await reseal.progress()).toEqual({ left: 0 });
    expect(await reseal.run()).toBe(0);

    const alone = Sealer.create({ keys: [NEW] });
    for (const row of await knex('datasources')) {
      const place = datasourcePlace(row.id, row.binding);
      expect(alone.open(row.sealed, place)).toMatch(/^secret-\d$/);
    }
    for (const row of await knex('credentials')) {
      const payload = sealedTokens(alone).open(row.sealed, {
        key: CredentialKey.service(row.datasource_id),
        credentialId: row.credential_id,
        column: 'sealed',
        binding: row.binding,
      });
      expect(payload.accessToken).toMatch(/^token-\d$/);
    }
  });

  it('N11: moves what people agreed to', async () => {
    const [datasourceId] = await stored(1);
    const key = new CredentialKey({ datasourceId, subject: 'user:default/u' });
    const id = randomUUID();
    const place = delegationPlace(id, key);
    await knex('delegations').insert({
      ...{ id, datasource_id: datasourceId, subject: key.subject },
      ...{ plugin: 'x', ask_hash: 'x', status: 'live' },
      ...{ ends_at: 1, created_at: 1 },
      sealed: before.seal('leave', place),
    });
    const reseal = new Reseal({ knex, sealer: after, logger });
    expect(await reseal.progress()).toEqual({ left: 3 });
    expect(await reseal.run()).toBe(3);
    const { sealed } = await knex('delegations').first();
    const alone = Sealer.create({ keys: [NEW] });
    expect(alone.open(sealed, place)).toBe('leave');
  });

  it('moves the credentials of all people of one datasource, however many', async () => {
    const [id] = await stored(1);
    const [first] = await knex('credentials');
    const people = Array.from({ length: 250 }, (_, user) => {
      const key = new CredentialKey({
        datasourceId: id,
        subject: `user:default/u${user}`,
      });
      const place = { key, column: 'sealed' as const };
      const { credential_id: credentialId, binding } = first;
      return {
        ...first,
        subject: key.subject,
        sealed: sealedTokens(before).seal(
          {
            ...{ accessToken: `token-${user}`, tokenType: 'Bearer' },
            ...{ kept: {}, apiOrigins: [] },
          },
          { ...place, credentialId, binding },
        ),
      };
    });
    await knex.batchInsert('credentials', people, 20);
    const reseal = new Reseal({ knex, sealer: after, logger });
    expect(await reseal.run()).toBe(252);
    expect(await reseal.progress()).toEqual({ left: 0 });
  });

  it('moves the tokens that are yet to be revoked', async () => {
    const revoke = jest.fn();
    const revocations = (sealer: Sealer) =>
      new Revocations({
        ...{ knex, sealer, logger, client: { revoke } as never },
        onAbandoned: async () => {},
      });
    const tokens = { refreshToken: 'refresh-1' };
    const revokeAt = { url: 'https://login.example.com/revoke' };
    const ids = await revocations(before).add([
      {
        datasourceId: randomUUID(),
        context: { name: 'crm', auth: { revoke: revokeAt } } as never,
        tokens,
      },
    ]);
    const reseal = new Reseal({ knex, sealer: after, logger });
    expect(await reseal.progress()).toEqual({ left: 1 });
    expect(await reseal.run()).toBe(1);
    const alone = Sealer.create({ keys: [NEW] });
    expect(await revocations(alone).attempt(ids)).toBe(true);
    expect(revoke).toHaveBeenCalledWith(expect.anything(), tokens);
  });

  it('moment 18: gives way to a refresh at the same time', async () => {
    const [id] = await stored(1);
    const renewed = 'v1.new.renewed-beside';
    const reseal = new Reseal({ knex, sealer: after, logger });
    const opened = jest.spyOn(after, 'open');
    const realOpen = Sealer.prototype.open;
    let renewal: Promise<unknown> = Promise.resolve();
    opened.mockImplementation((sealed, place) => {
      if (place.table === 'credentials') {
        renewal = knex('credentials')
          .where({ datasource_id: id })
          .update({ sealed: renewed })
          .then();
      }
      return realOpen.call(after, sealed, place);
    });
    await reseal.run();
    await renewal;
    const row = await knex('credentials').where({ datasource_id: id }).first();
    expect(row.sealed).toBe(renewed);
    opened.mockRestore();
  });

  it("doesn't touch values for which it has no key", async () => {
    await stored(1);
    const reader = Sealer.create({ keys: [NEW] });
    const reseal = new Reseal({ knex, sealer: reader, logger });
    const rows = await knex('credentials');
    expect(await reseal.run()).toBe(0);
    expect(await reseal.progress()).toEqual({ left: 2 });
    expect(await knex('credentials')).toEqual(rows);
  });

  it('stops on request, and continues where it was', async () => {
    await stored(2);
    const stopped = new AbortController();
    stopped.abort();
    const reseal = new Reseal({ knex, sealer: after, logger });
    expect(await reseal.run(stopped.signal)).toBe(0);
    expect(await reseal.run()).toBe(4);
  });
});
