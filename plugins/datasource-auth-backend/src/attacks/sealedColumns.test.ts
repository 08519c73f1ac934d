import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { bareSettingsOf } from '../__testUtils__/settings';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';
import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { AuthorizationSecrets } from '../authorizations/AuthorizationSecrets';
import { AuthorizationStore } from '../authorizations/AuthorizationStore';
import { placeOf } from '../credentials/CredentialReader';
import { CredentialRow, keyColumns, keyOf } from '../credentials/CredentialRow';
import { CredentialKey, SERVICE } from '../database/CredentialKey';
import { revocationPlace } from '../revocations/Revocations';
import { delegationPlace } from '../sealing/delegationPlace';
import { UnreadableError } from '../sealing/Sealer';
import { bindingOf } from '../settings/binding';

jest.setTimeout(60_000);

const JANE = 'user:default/jane';
const JOE = 'user:default/joe';

/** Finds a row. */
type Where = Record<string, string>;

/** Rows of one table that differ in one part of whose they are. */
interface Rows {
  /** Jane's, and the others. */
  own: Where;
  others: Where[];
  /** Decrypts a column as the plugin does. */
  open: Record<string, (row: Where) => Promise<unknown>>;
}

/** Every encrypted column, by table. A test compares them with the schema. */
const COLUMNS = {
  datasources: ['sealed'],
  credentials: ['sealed', 'sealed_spare', 'sealed_terms'],
  authorizations: [
    ...['sealed_secrets', 'sealed_verifier'],
    ...['sealed_callback', 'sealed_result'],
  ],
  delegations: ['sealed'],
  revocations: ['sealed'],
};
type Table = keyof typeof COLUMNS;
const CASES = Object.entries(COLUMNS).flatMap(([table, columns]) =>
  columns.map(column => [table as Table, column] as const),
);

/** Columns that say whose a credential or an attempt is. */
const OWNER = ['datasource_id', 'subject'];
const OWNED = CASES.filter(
  ([table]) => table !== 'datasources' && table !== 'revocations',
);

describe('the encrypted columns', () => {
  it('threats 16: are all attacked below', async () => {
    const knex = await migratedDatabase('SQLITE_3');
    const found: Array<{ place: string }> = await knex.raw(
      `select m.name || '.' || c.name as place from sqlite_master m, pragma_table_info(m.name) c
        where m.type = 'table' and c.name like 'sealed%'`,
    );
    expect(found.map(({ place }) => place).sort()).toEqual(
      CASES.map(([table, column]) => `${table}.${column}`).sort(),
    );
  });
});

describe.each(databaseIds())('rows that change hands on %s', databaseId => {
  let knex: Knex;
  let provider: ScriptedProvider;
  let replica: TestReplica;
  let tables: Record<Table, Rows>;

  beforeEach(async () => {
    ({ knex, provider, replica } = await setUpReplica(databaseId));
    await knex('authorizations').delete();
    const settings = { subjects: 'both' };
    const crm = await replica.save(provider.grant(), { settings });
    const tickets = await replica.save(provider.grant(), {
      ...{ settings, name: 'tickets' },
    });
    tables = {
      datasources: datasources(crm, tickets),
      credentials: await credentials(crm, tickets),
      authorizations: await authorizations(crm, tickets),
      delegations: await delegations(crm, tickets),
      revocations: await revocations(crm, tickets),
    };
  });

  const first = (table: Table, where: Where) =>
    knex(table).where(where).first();

  function datasources(crm: string, tickets: string): Rows {
    return {
      own: { id: crm },
      others: [{ id: tickets }],
      open: {
        sealed: async ({ id }) => {
          const { secrets, unreadable } = (await replica.datasources.findById(
            id,
          ))!;
          if (unreadable) throw unreadable;
          return [...secrets];
        },
      },
    };
  }

  async function credentials(crm: string, tickets: string): Promise<Rows> {
    const key = new CredentialKey({ datasourceId: crm, subject: JANE });
    const others = [
      new CredentialKey({ datasourceId: crm, subject: JOE }),
      new CredentialKey({ datasourceId: tickets, subject: JANE }),
      CredentialKey.service(crm),
    ];
    for (const each of [key, ...others]) {
      await replica.obtain(each, bareSettingsOf(), provider.grant());
      const row = (await replica.credentials.read(each))!;
      const terms = { ...row, sealedTerms: undefined };
      await knex('credentials')
        .where({ credential_id: row.credentialId })
        .update({
          sealed_spare: replica.tokens.seal(
            replica.open(row),
            placeOf(row, 'sealed_spare'),
          ),
          // The shared one has none of its own.
          sealed_terms:
            row.sealedTerms ??
            replica.tokens.sealTerms(
              {
                ...{ hosts: [], scopes: [], consumers: [], routes: [] },
                calls: '',
              },
              terms,
            ),
        });
    }
    const read = async (where: Where): Promise<CredentialRow> =>
      (await replica.credentials.read(keyOf(where)))!;
    return {
      own: keyColumns(key),
      others: others.map(keyColumns),
      open: {
        sealed: async where => replica.open(await read(where)),
        sealed_spare: async where =>
          replica.open(await read(where), 'sealed_spare'),
        sealed_terms: async where =>
          replica.tokens.openTerms(await read(where)),
      },
    };
  }

  async function authorizations(crm: string, tickets: string): Promise<Rows> {
    const store = new AuthorizationStore({ knex });
    const secrets = new AuthorizationSecrets({
      sealer: replica.sealer,
      callbackUrl: 'https://backstage.example/callback',
    });
    const settings = bareSettingsOf();
    const insert = async (userRef: string, owner: object) => {
      const key = {
        ...{ id: randomUUID(), binding: bindingOf(settings) },
        ...{ datasourceId: crm, subject: userRef, ...owner },
      };
      await store.insert({
        ...{ ...key, userRef, settings, secretPaths: ['auth.clientSecret'] },
        sealedSecrets: secrets.sealSecrets(
          key,
          new Map([['auth.clientSecret', 'hush']]),
        ),
        sealedResult: secrets.sealResult(key, { answer: provider.grant() }),
        ...{ commit: false, display: 'popup', status: 'granted' },
      });
      await knex('authorizations')
        .where({ id: key.id })
        .update({
          sealed_verifier: secrets.sealVerifier(key, { codeVerifier: 'v' }),
          sealed_callback: secrets.sealCallback(key, 'code=c'),
        });
      return { id: key.id };
    };
    const read = async ({ id }: Where): Promise<AuthorizationRow> =>
      (await store.find(id))!;
    return {
      own: await insert(JANE, {}),
      others: [
        await insert(JOE, {}),
        await insert(JANE, { datasourceId: tickets }),
        await insert(JANE, { subject: SERVICE }),
        await insert(JANE, {}),
      ],
      open: {
        sealed_secrets: async where => [
          ...secrets.openForm(await read(where)).secrets,
        ],
        sealed_verifier: async where => secrets.openVerifier(await read(where)),
        sealed_callback: async where => secrets.openCallback(await read(where)),
        sealed_result: async where => {
          const row = await read(where);
          return secrets.openResult(row, row.sealedResult!);
        },
      },
    };
  }

  async function delegations(crm: string, tickets: string): Promise<Rows> {
    const insert = async (datasourceId: string, subject: string) => {
      const id = randomUUID();
      const key = new CredentialKey({ datasourceId, subject });
      await knex('delegations').insert({
        ...{ id, ...keyColumns(key), plugin: 'reports', ask_hash: 'x' },
        sealed: replica.sealer.seal(`${id} agreed`, delegationPlace(id, key)),
        ...{ status: 'live', ends_at: 1, created_at: 1 },
      });
      return { id };
    };
    return {
      own: await insert(crm, JANE),
      others: [
        await insert(crm, JOE),
        await insert(tickets, JANE),
        await insert(crm, SERVICE),
        await insert(crm, JANE),
      ],
      open: {
        sealed: async where => {
          const row = await first('delegations', where);
          return replica.sealer.open(
            row.sealed,
            delegationPlace(row.id, keyOf(row)),
          );
        },
      },
    };
  }

  async function revocations(crm: string, tickets: string): Promise<Rows> {
    const insert = async (datasourceId: string) => {
      const id = randomUUID();
      const row = { id, datasource_id: datasourceId };
      await knex('revocations').insert({
        ...{ ...row, name: 'crm', attempts: 0 },
        sealed: replica.sealer.seal(`${id} tokens`, revocationPlace(row)),
        ...{ next_attempt_at: 1, created_at: 1 },
      });
      return { id };
    };
    return {
      own: await insert(crm),
      others: [await insert(crm), await insert(tickets)],
      open: {
        sealed: async where => {
          const row = await first('revocations', where);
          return replica.sealer.open(row.sealed, revocationPlace(row));
        },
      },
    };
  }

  describe.each(CASES)('%s.%s', (table, column) => {
    it("threats 16, 42: can't be decrypted in another row, in either direction", async () => {
      const { own, others, open } = tables[table];
      const mine = await first(table, own);
      const expected = await open[column](own);
      expect(expected).toBeTruthy();
      const put = (where: Where, value: string) =>
        knex(table)
          .where(where)
          .update({ [column]: value });
      for (const other of others) {
        const theirs = await first(table, other);
        expect(await open[column](other)).toBeTruthy();
        await put(own, theirs[column]);
        await put(other, mine[column]);
        for (const where of [own, other]) {
          await expect(open[column](where)).rejects.toThrow(UnreadableError);
        }
        await put(own, mine[column]);
      }
      expect(await open[column](own)).toEqual(expected);
    });
  });

  describe.each(OWNED)('%s.%s', (table, column) => {
    it("threats 16: can't be decrypted in another column", async () => {
      const { own, open } = tables[table];
      const mine = await first(table, own);
      for (const other of COLUMNS[table].filter(each => each !== column)) {
        await knex(table)
          .where(own)
          .update({ [column]: mine[other] });
        await expect(open[column](own)).rejects.toThrow(UnreadableError);
      }
    });

    it("threats 16, 42: can't be decrypted after its whole row was given to someone else", async () => {
      const { own, others, open } = tables[table];
      const mine = await first(table, own);
      const owner = Object.fromEntries(OWNER.map(name => [name, mine[name]]));
      let given = 0;
      for (const other of others) {
        const theirs = await first(table, other);
        if (OWNER.every(name => theirs[name] === mine[name])) continue;
        given += 1;
        await knex(table).where(own).delete();
        await knex(table).where(other).update(owner);
        const moved = { ...other, ...(table === 'credentials' && owner) };
        expect((await first(table, moved))[column]).toBe(theirs[column]);
        await expect(open[column](moved)).rejects.toThrow(UnreadableError);
        await knex(table).where(moved).delete();
        await knex(table).insert([mine, theirs]);
        expect(await open[column](other)).toBeTruthy();
      }
      expect(given).toBe(3);
    });
  });
});
