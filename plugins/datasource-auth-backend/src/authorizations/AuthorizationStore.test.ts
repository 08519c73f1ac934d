import { randomUUID } from 'node:crypto';
import {
  Diagnosis,
  diagnosisTexts,
  renderDiagnosis,
} from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { bareSettingsOf } from '../__testUtils__/settings';
import { SERVICE } from '../database/CredentialKey';
import { databaseNowPlus, readDatabaseClock } from '../database/database';
import { AuthorizationStore } from './AuthorizationStore';

jest.setTimeout(60_000);

const DENIED: Diagnosis = {
  code: 'access_denied',
  ...renderDiagnosis(diagnosisTexts('accessDenied', { client: 'x' })),
  retryable: false,
  details: {},
};

const DATASOURCE = randomUUID();

const STEP = {
  stateHash: 'state-hash',
  browserHash: 'browser-hash',
  callbackPath: '/callback',
  sealedVerifier: 'sealed-verifier',
};

/** Columns of an attempt that an attacker could want. */
const SENSITIVE = [
  'ticket_hash',
  'state_hash',
  'browser_hash',
  'handle_hash',
  'completion_hash',
  'sealed_secrets',
  'sealed_verifier',
  'sealed_callback',
  'sealed_result',
];

/** Hashes by which a repeated callback finds its attempt. */
const REPEATABLE = ['browser_hash', 'handle_hash'];

describe.each(databaseIds())('AuthorizationStore on %s', databaseId => {
  let knex: Knex;
  let store: AuthorizationStore;
  let id: string;

  beforeAll(async () => {
    knex = await migratedDatabase(databaseId);
    store = new AuthorizationStore({ knex });
  });
  beforeEach(async () => {
    await knex('authorizations').delete();
    id = await begin();
  });

  async function begin(
    change: Partial<Parameters<AuthorizationStore['insert']>[0]> = {},
  ): Promise<string> {
    const attempt = randomUUID();
    await store.insert({
      id: attempt,
      userRef: 'user:default/jane',
      datasourceId: DATASOURCE,
      subject: SERVICE,
      binding: 'b1',
      settings: bareSettingsOf(),
      secretPaths: ['auth.clientSecret'],
      sealedSecrets: 'sealed-secrets',
      commit: false,
      display: 'popup',
      status: 'pending',
      ticketHash: 'ticket-hash',
      ...change,
    });
    return attempt;
  }

  const toRedirected = () => store.redirect(id, ['x', 'ticket-hash'], STEP);
  const toExchanging = async () =>
    (await toRedirected()) &&
    store.exchange(id, 'browser-hash', 'callback-hash');
  const toReturned = async () =>
    (await toExchanging()) &&
    store.returned(id, 'sealed-result', 'completion-hash');
  const toGranted = async () =>
    (await toReturned()) && store.grant(id, ['x', 'completion-hash']);

  const raw = () => knex('authorizations').where({ id }).first();
  const statusOf = async () => (await raw()).status;

  /** Lets a deadline pass: the database's clock can't be changed. */
  const pass = (column: string) =>
    knex('authorizations')
      .where({ id })
      .update({ [column]: databaseNowPlus(knex, -1) });

  const consume = async (
    condition: Partial<Parameters<AuthorizationStore['consume']>[1]> = {},
    trx: Knex = knex,
  ) => {
    const consumed = await store.consume(
      id,
      {
        userRef: 'user:default/jane',
        datasourceId: DATASOURCE,
        subject: SERVICE,
        binding: 'b1',
        ...condition,
      },
      trx,
    );
    if (consumed) expect(consumed.settings).toEqual(bareSettingsOf());
    return consumed?.sealedResult;
  };

  async function expectEmptied(kept: string[] = []) {
    const row = await raw();
    for (const column of SENSITIVE.filter(name => !kept.includes(name)))
      expect([column, row[column]]).toEqual([column, null]);
  }

  it('goes from the ticket to the grant in five steps, each of which keeps only what the next one needs', async () => {
    expect(await store.find(id)).toMatchObject({
      status: 'pending',
      sealedSecrets: 'sealed-secrets',
      secretPaths: ['auth.clientSecret'],
      settings: bareSettingsOf(),
      commit: false,
    });
    expect(await toRedirected()).toBe(true);
    expect(await raw()).toMatchObject({
      status: 'redirected',
      ticket_hash: 'ticket-hash',
      state_hash: 'state-hash',
    });
    expect(await store.exchange(id, 'browser-hash', 'callback-hash')).toBe(
      true,
    );
    expect(await raw()).toMatchObject({
      status: 'exchanging',
      ticket_hash: null,
      ticket_expires_at: null,
      state_hash: null,
      handle_hash: 'callback-hash',
      sealed_verifier: 'sealed-verifier',
    });
    expect(await store.returned(id, 'sealed-result', 'completion-hash')).toBe(
      true,
    );
    expect(await raw()).toMatchObject({
      status: 'returned',
      browser_hash: 'browser-hash',
      sealed_verifier: null,
      sealed_result: 'sealed-result',
    });
    expect(await store.grant(id, ['completion-hash'])).toBe(true);
    expect(await raw()).toMatchObject({
      status: 'granted',
      completion_hash: null,
      sealed_result: 'sealed-result',
    });
    expect(await consume()).toBe('sealed-result');
    expect(await statusOf()).toBe('consumed');
    await expectEmptied(REPEATABLE);
  });

  it('[checklist 1] limits the ticket to a minute, the user to ten, the exchange to one and the completion to two', async () => {
    const { created_at: created, ...begun } = await raw();
    expect(begun.ticket_expires_at - created).toBe(60_000);
    expect(begun.expires_at - created).toBe(3_600_000);
    const limitOf = async (step: () => Promise<unknown>, limit: number) => {
      const before = await readDatabaseClock(knex);
      await step();
      const end = Number((await raw()).state_expires_at);
      expect(end).toBeGreaterThanOrEqual(before + limit);
      expect(end).toBeLessThanOrEqual((await readDatabaseClock(knex)) + limit);
    };
    await limitOf(toRedirected, 600_000);
    await limitOf(
      () => store.exchange(id, 'browser-hash', 'callback-hash'),
      60_000,
    );
    await limitOf(
      () => store.returned(id, 'sealed-result', 'completion-hash'),
      120_000,
    );
  });

  it('accepts a repeated form for ten seconds, and a repeated callback for thirty', async () => {
    const left = async (column: string) =>
      Number((await raw())[column]) - (await readDatabaseClock(knex));
    await toRedirected();
    expect(await left('ticket_expires_at')).toBeLessThanOrEqual(10_000);
    await store.exchange(id, 'browser-hash', 'callback-hash');
    await store.returned(id, 'sealed-result', 'completion-hash');
    await store.grant(id, ['completion-hash']);
    expect(await left('state_expires_at')).toBeLessThanOrEqual(30_000);
  });

  describe('allows each step once, whatever arrives twice', () => {
    it.each<[string, () => Promise<unknown>, () => Promise<boolean>]>([
      [
        'ticket',
        async () => {},
        () => store.redirect(id, ['ticket-hash'], STEP),
      ],
      [
        'state',
        () => toRedirected(),
        () => store.exchange(id, 'browser-hash', 'callback-hash'),
      ],
      [
        'result',
        () => toExchanging(),
        () => store.returned(id, 'sealed-result', 'completion-hash'),
      ],
      [
        'completion',
        () => toReturned(),
        () => store.grant(id, ['completion-hash']),
      ],
    ])('[checklist 14] %s', async (_, before, step) => {
      await before();
      const outcomes = await Promise.all([step(), step(), step()]);
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await step()).toBe(false);
    });

    it('promotion', async () => {
      await toGranted();
      const outcomes = await Promise.all([consume(), consume(), consume()]);
      expect(outcomes.filter(Boolean)).toEqual(['sealed-result']);
      expect(await consume()).toBeUndefined();
    });
  });

  describe('no step is possible', () => {
    it('with another ticket, or an expired one', async () => {
      expect(await store.redirect(id, ['other'], STEP)).toBe(false);
      expect(await store.redirect(id, [], STEP)).toBe(false);
      await pass('ticket_expires_at');
      expect(await toRedirected()).toBe(false);
      expect(await statusOf()).toBe('pending');
    });

    it("[checklist 14] for another browser, which doesn't use up the state either", async () => {
      await toRedirected();
      expect(await store.exchange(id, 'stolen', 'callback-hash')).toBe(false);
      expect(await raw()).toMatchObject({
        status: 'redirected',
        state_hash: 'state-hash',
      });
      expect(await store.exchange(id, 'browser-hash', 'callback-hash')).toBe(
        true,
      );
    });

    it('[checklist 14] with an expired state', async () => {
      await toRedirected();
      await pass('state_expires_at');
      expect(await store.exchange(id, 'browser-hash', 'callback-hash')).toBe(
        false,
      );
    });

    it('with another completion, or an expired one', async () => {
      await toReturned();
      expect(await store.grant(id, ['other'])).toBe(false);
      await pass('state_expires_at');
      expect(await store.grant(id, ['completion-hash'])).toBe(false);
    });

    it('out of turn', async () => {
      expect(await store.exchange(id, 'browser-hash', 'callback-hash')).toBe(
        false,
      );
      expect(await store.returned(id, 'r', 'c')).toBe(false);
      expect(await store.grant(id, ['completion-hash'])).toBe(false);
      expect(await store.keepCallback(id, 'h', 's')).toBe(false);
      expect(await consume()).toBeUndefined();
      expect(await statusOf()).toBe('pending');
    });
  });

  describe('a credential is promoted only', () => {
    beforeEach(() => toGranted());

    it.each([
      ['for the user who obtained it', { userRef: 'user:default/bob' }],
      ['under the binding it was obtained with', { binding: 'b2' }],
    ])('%s', async (_, condition) => {
      expect(await consume(condition)).toBeUndefined();
      expect(await statusOf()).toBe('granted');
      expect(await consume()).toBe('sealed-result');
    });

    it('threats 27: for its own datasource', async () => {
      expect(await consume({ datasourceId: randomUUID() })).toBeUndefined();
      expect(await consume({ datasourceId: undefined })).toBeUndefined();
      expect(await consume()).toBe('sealed-result');
    });

    it('threats 27: for a new datasource if it belongs to none', async () => {
      await knex('authorizations')
        .where({ id })
        .update({ datasource_id: null });
      expect(await consume()).toBeUndefined();
      expect(await consume({ datasourceId: undefined })).toBe('sealed-result');
    });

    it('threats 37: for its own subject', async () => {
      const subject = 'user:default/jane';
      expect(await consume({ subject })).toBeUndefined();
      await knex('authorizations').where({ id }).update({ subject });
      expect(await consume()).toBeUndefined();
      expect(await consume({ subject })).toBe('sealed-result');
    });

    it('threats 27: for its own request', async () => {
      await knex('authorizations')
        .where({ id })
        .update({ request_id: DATASOURCE });
      expect(await consume()).toBeUndefined();
      expect(await consume({ requestId: randomUUID() })).toBeUndefined();
      expect(await consume({ requestId: DATASOURCE })).toBe('sealed-result');
    });

    it('before it expires', async () => {
      await pass('expires_at');
      expect(await consume()).toBeUndefined();
    });

    it('together with its transaction', async () => {
      await expect(
        knex.transaction(async trx => {
          expect(await consume({}, trx)).toBe('sealed-result');
          throw new Error('version conflict');
        }),
      ).rejects.toThrow('version conflict');
      expect(await consume()).toBe('sealed-result');
    });
  });

  describe('a failure', () => {
    it.each([
      ['pending', async () => true],
      ['redirected', () => toRedirected()],
      ['exchanging', () => toExchanging()],
      ['returned', () => toReturned()],
    ])('ends an attempt that is %s, and empties it', async (_, before) => {
      await before();
      expect(await store.fail(id, DENIED)).toBe(true);
      expect(await store.find(id)).toMatchObject({
        status: 'failed',
        error: DENIED,
        settings: bareSettingsOf(),
      });
      await expectEmptied();
    });

    it('of an exchange keeps the hashes for a repeated callback', async () => {
      expect(await store.failExchange(id, DENIED)).toBe(false);
      await toExchanging();
      expect(await store.failExchange(id, DENIED)).toBe(true);
      expect(await store.findByHandle(['callback-hash'])).toMatchObject({
        ...{ status: 'failed', error: DENIED, browserHash: 'browser-hash' },
      });
      await expectEmptied(REPEATABLE);
    });

    it("doesn't change a granted attempt to a failed one", async () => {
      await toGranted();
      expect(await store.fail(id, DENIED)).toBe(false);
      expect(await consume()).toBe('sealed-result');
      expect(await store.fail(id, DENIED)).toBe(false);
      expect(await statusOf()).toBe('consumed');
    });

    it('that happened at once keeps no secrets of the form', async () => {
      id = await begin({
        status: 'failed',
        error: DENIED,
        ticketHash: undefined,
      });
      await expectEmptied();
      expect((await store.find(id))!.error).toEqual(DENIED);
    });
  });

  describe('an attempt that timed out', () => {
    it.each([
      ['pending', 'ticket_expires_at', async () => true],
      ['redirected', 'state_expires_at', () => toRedirected()],
      ['exchanging', 'state_expires_at', () => toExchanging()],
      ['returned', 'state_expires_at', () => toReturned()],
    ])('as %s reads as failed, and is emptied', async (_, column, before) => {
      await before();
      await pass(column);
      expect(await store.find(id)).toMatchObject({
        status: 'failed',
        error: { code: 'timed_out', remedy: 'Start again.' },
      });
      await expectEmptied();
    });

    it.each([
      ['pending', 'ticket_expires_at', async () => true],
      ['redirected', 'state_expires_at', () => toRedirected()],
      ['exchanging', 'state_expires_at', () => toExchanging()],
      ['returned', 'state_expires_at', () => toReturned()],
    ])(
      'as %s is emptied by the sweep too if it is never read',
      async (_, column, before) => {
        await before();
        await pass(column);
        await store.removeExpired();
        expect(await statusOf()).toBe('failed');
        await expectEmptied();
      },
    );

    it('stays granted: only its hour counts then', async () => {
      await toGranted();
      await store.removeExpired();
      expect(await store.find(id)).toMatchObject({
        status: 'granted',
        sealedResult: 'sealed-result',
      });
    });

    it('is gone after its hour, and emptied when read', async () => {
      await toGranted();
      await pass('expires_at');
      expect(await store.find(id)).toBeUndefined();
      await expectEmptied();
    });

    it('is removed by the sweep after its hour, and others stay', async () => {
      const other = await begin({ ticketHash: 'other-ticket' });
      await pass('expires_at');
      expect(await store.removeExpired()).toBe(1);
      expect(await knex('authorizations').pluck('id')).toEqual([other]);
    });

    it('has another hour after each read by its user', async () => {
      await knex('authorizations')
        .where({ id })
        .update({ expires_at: databaseNowPlus(knex, 1_000) });
      await store.touch(id);
      const { expiresAt, readAt } = (await store.find(id))!;
      expect(expiresAt - readAt).toBeGreaterThan(59 * 60_000);
    });

    it('threats 34: ends two hours after it began, however often it is read', async () => {
      const [nearlyTwoHours, twoHours] = [119 * 60_000, 120 * 60_000];
      await knex('authorizations')
        .where({ id })
        .update({ created_at: databaseNowPlus(knex, -nearlyTwoHours) });
      await store.touch(id);
      await store.touch(id);
      const { expiresAt, createdAt } = (await store.find(id))!;
      expect(expiresAt).toBe(createdAt + twoHours);
    });
  });

  it('is found by ticket, state and handle, under the hashes of any key', async () => {
    expect((await store.findByTicket(['x', 'ticket-hash']))?.id).toBe(id);
    await toRedirected();
    expect((await store.findByTicket(['ticket-hash']))?.id).toBe(id);
    expect((await store.findByState(['x', 'state-hash']))?.id).toBe(id);
    expect(await store.findByState([])).toBeUndefined();
    expect(await store.keepCallback(id, 'handle-hash', 'sealed-cb')).toBe(true);
    expect(await store.findByHandle(['handle-hash'])).toMatchObject({
      id,
      sealedCallback: 'sealed-cb',
    });
    await store.exchange(id, 'browser-hash', 'callback-hash');
    expect(await store.findByTicket(['ticket-hash'])).toBeUndefined();
    expect(await store.findByState(['state-hash'])).toBeUndefined();
    expect(await store.findByHandle(['handle-hash'])).toBeUndefined();
    expect((await store.findByHandle(['callback-hash']))?.id).toBe(id);
  });

  it.each(['', 'x', '1', "' or 1=1", '\u0000', 'x'.repeat(1_000)])(
    "finds nothing under the id %j, and doesn't fail",
    async text => {
      expect(await store.find(text)).toBeUndefined();
    },
  );

  it('is gone when discarded', async () => {
    await store.delete(id);
    expect(await store.find(id)).toBeUndefined();
  });
});
