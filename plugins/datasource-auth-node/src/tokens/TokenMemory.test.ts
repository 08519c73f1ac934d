import {
  DatasourceNotAuthorizedError,
  DatasourceUnavailableError,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceToken, readToken } from './DatasourceToken';
import { notInstalledError } from './errorFromResponse';
import { tokenKey } from './TokenKey';
import { TokenMemory } from './TokenMemory';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const API = tokenKey('api');

const token = (accessToken: string, lifetimeMs?: number): DatasourceToken =>
  readToken({
    allowedHosts: [],
    rejectedStatuses: [401],
    accessToken,
    headers: { Authorization: `Bearer ${accessToken}` },
    query: {},
    secrets: [],
    version: accessToken,
    ...(lifetimeMs !== undefined && { expiresAt: Date.now() + lifetimeMs }),
  })!;

/** A backend whose answers the test gives, one by one. */
class Backend {
  readonly asked: Array<{ minValidityMs: number; rejectedVersion?: string }> =
    [];
  readonly #waiting: Array<{
    resolve: (answer: DatasourceToken) => void;
    reject: (error: Error) => void;
  }> = [];

  load = (need: { minValidityMs: number; rejectedVersion?: string }) => {
    this.asked.push(need);
    return new Promise<DatasourceToken>((resolve, reject) =>
      this.#waiting.push({ resolve, reject }),
    );
  };

  async answer(answer: DatasourceToken | Error, index = 0) {
    const [waiting] = this.#waiting.splice(index, 1);
    if (answer instanceof Error) waiting.reject(answer);
    else waiting.resolve(answer);
    await jest.advanceTimersByTimeAsync(0);
  }
}

describe('TokenMemory', () => {
  let memory: TokenMemory;
  let backend: Backend;

  beforeEach(() => {
    jest.useFakeTimers({ now: 1_700_000_000_000 });
    memory = new TokenMemory();
    backend = new Backend();
  });
  afterEach(() => jest.useRealTimers());

  const get = (minValidityMs = 0) =>
    memory.get(API, minValidityMs, backend.load);
  const reject = (rejected: string) =>
    memory.reject(API, { version: rejected }, backend.load);
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('threats 29: remembers a limited number of tokens, the newest ones', async () => {
    const load = async () => token('t', 10 * MINUTE);
    for (let user = 0; user < 10_010; user++) {
      await memory.get(tokenKey('api', `user:default/u${user}`), 0, load);
    }
    expect(memory.size).toBe(10_000);
    expect(
      memory.fresh(tokenKey('api', 'user:default/u10009'), 0),
    ).toBeDefined();
    expect(memory.fresh(tokenKey('api', 'user:default/u0'), 0)).toBeUndefined();
  });

  async function know(known: DatasourceToken) {
    const asked = get();
    await backend.answer(known);
    await asked;
    backend.asked.length = 0;
    return known;
  }

  it('asks once and answers from memory while the token is fresh', async () => {
    const known = await know(token('one', 60 * MINUTE));
    await pass(29 * SECOND);
    expect(memory.fresh(API, 0)).toBe(known);
    expect(await get()).toBe(known);
    expect(backend.asked).toHaveLength(0);
  });

  it('S0.29: answers any number of waiting callers with one question', async () => {
    const callers = Array.from({ length: 500 }, () => get());
    await backend.answer(token('one', 60 * MINUTE));
    const answers = await Promise.all(callers);
    expect(new Set(answers.map(({ accessToken }) => accessToken))).toEqual(
      new Set(['one']),
    );
    expect(backend.asked).toHaveLength(1);
  });

  it('serves no copy for more than 60 seconds unverified', async () => {
    await know(token('one', 60 * MINUTE));
    await pass(61 * SECOND);
    expect(memory.fresh(API, 0)).toBeUndefined();
    const waiting = get();
    expect(backend.asked).toHaveLength(1);
    await backend.answer(token('two', 60 * MINUTE));
    expect((await waiting).accessToken).toBe('two');
  });

  it('counts the 60 seconds from before the question: a slow answer is not younger', async () => {
    const slow = get();
    await pass(59 * SECOND);
    await backend.answer(token('one', 60 * MINUTE));
    await slow;
    await pass(2 * SECOND);
    const next = get();
    await backend.answer(token('two', 60 * MINUTE));
    expect((await next).accessToken).toBe('two');
  });

  it('verifies behind the callers before the 60 seconds are over', async () => {
    await know(token('one', 60 * MINUTE));
    await pass(31 * SECOND);
    expect((await get()).accessToken).toBe('one');
    expect((await get()).accessToken).toBe('one');
    expect(backend.asked).toHaveLength(1);
    await backend.answer(token('two', 60 * MINUTE));
    expect((await get()).accessToken).toBe('two');
    expect(backend.asked).toHaveLength(1);
  });

  it('near the expiry answers at once and renews behind: in the last fifth of a short life', async () => {
    await know(token('one', 20 * SECOND));
    await pass(15 * SECOND);
    await get();
    expect(backend.asked).toHaveLength(0);
    await pass(2 * SECOND);
    expect((await get()).accessToken).toBe('one');
    expect(backend.asked).toHaveLength(1);
    await backend.answer(token('two', 20 * SECOND));
    expect((await get()).accessToken).toBe('two');
  });

  it('near the expiry of a long life: in the last five minutes', async () => {
    const known = await know(token('one', 30 * MINUTE));
    const age = async (target: number) => {
      while (Date.now() < known.expiresAt! - 30 * MINUTE + target) {
        await pass(30 * SECOND);
        await get();
        await backend.answer(known);
      }
      backend.asked.length = 0;
    };
    await age(24 * MINUTE); // in the last fifth, and not in the last five minutes
    await pass(6 * SECOND);
    await get();
    expect(backend.asked).toHaveLength(0);
    await age(25 * MINUTE + 30 * SECOND);
    await pass(6 * SECOND);
    expect((await get()).accessToken).toBe('one');
    expect(backend.asked).toHaveLength(1);
  });

  it('does not ask with every caller while the backend still renews', async () => {
    const known = await know(token('one', 20 * SECOND));
    await pass(17 * SECOND);
    await get();
    await backend.answer(known);
    backend.asked.length = 0;
    for (let i = 0; i < 100; i++) await get();
    expect(backend.asked).toHaveLength(0);
    await pass(0.9 * SECOND);
    await get();
    expect(backend.asked).toHaveLength(1);
  });

  it.each([
    [20 * SECOND, 18 * SECOND],
    [55 * SECOND, 50 * SECOND],
  ])(
    'waits in the last moments of a token: of %d ms after %d',
    async (lifetime, age) => {
      await know(token('one', lifetime));
      await pass(age - 1);
      expect((await get()).accessToken).toBe('one');
      await backend.answer(new DatasourceUnavailableError('away'));
      await pass(1);
      const waiting = get();
      await backend.answer(token('two', 20 * SECOND));
      expect((await waiting).accessToken).toBe('two');
    },
  );

  it('serves a token without an expiry, verifying it all the same', async () => {
    await know(token('eternal'));
    await pass(29 * SECOND);
    expect((await get()).accessToken).toBe('eternal');
    expect(backend.asked).toHaveLength(0);
    await pass(2 * SECOND);
    await get();
    expect(backend.asked).toHaveLength(1);
  });

  it('hands a token without a life on to those who waited, and remembers nothing (expires_in: 0)', async () => {
    const waiting = [get(), get()];
    await backend.answer(token('dead', 0));
    expect((await Promise.all(waiting)).map(t => t.accessToken)).toEqual([
      'dead',
      'dead',
    ]);
    expect(backend.asked).toHaveLength(1);
    get();
    expect(backend.asked).toHaveLength(2);
  });

  it.each([
    ['provider or backend are away', new DatasourceUnavailableError('away')],
    ['the backend is being replaced', notInstalledError()],
  ])(
    'keeps serving a valid token while %s, and does not ask in a loop',
    async (_, failure) => {
      await know(token('one', 60 * MINUTE));
      await pass(31 * SECOND);
      await get();
      await backend.answer(failure);
      backend.asked.length = 0;
      for (let i = 0; i < 10; i++)
        expect((await get()).accessToken).toBe('one');
      expect(backend.asked).toHaveLength(0);
      await pass(6 * SECOND);
      await get();
      expect(backend.asked).toHaveLength(1);
    },
  );

  it('drops the copy at once when the answer is that a person has to act', async () => {
    await know(token('one', 60 * MINUTE));
    await pass(31 * SECOND);
    await get();
    await backend.answer(new DatasourceNotAuthorizedError('cleared'));
    expect(memory.fresh(API, 0)).toBeUndefined();
    await Promise.all([
      expect(get()).rejects.toThrow('cleared again'),
      backend.answer(new DatasourceNotAuthorizedError('cleared again')),
    ]);
  });

  it('passes a failure to all who waited, and asks again for the next', async () => {
    await Promise.all([
      expect(get()).rejects.toThrow('away'),
      expect(get()).rejects.toThrow('away'),
      backend.answer(new DatasourceUnavailableError('away')),
    ]);
    expect(backend.asked).toHaveLength(1);
    get();
    expect(backend.asked).toHaveLength(2);
  });

  it('does not trust ages after the clock was set back', async () => {
    await know(token('one', 60 * MINUTE));
    jest.setSystemTime(Date.now() - 10 * MINUTE);
    expect(memory.fresh(API, 0)).toBeUndefined();
    get();
    expect(backend.asked).toHaveLength(1);
  });

  describe('minValidity', () => {
    it('asks for another token when the known one does not live long enough', async () => {
      await know(token('one', 5 * MINUTE));
      expect(memory.fresh(API, 10 * MINUTE)).toBeUndefined();
      const waiting = get(10 * MINUTE);
      expect(backend.asked).toEqual([{ minValidityMs: 10 * MINUTE }]);
      await backend.answer(token('two', 60 * MINUTE));
      expect((await waiting).accessToken).toBe('two');
    });

    it('joins a question under way, and asks again only if its answer does not do', async () => {
      const modest = get();
      const enough = get(10 * MINUTE);
      await backend.answer(token('one', 60 * MINUTE));
      expect(await enough).toBe(await modest);
      expect(backend.asked).toHaveLength(1);

      await pass(61 * SECOND);
      get();
      const demanding = get(2 * 60 * MINUTE);
      await backend.answer(token('one', 59 * MINUTE));
      expect(backend.asked.at(-1)).toEqual({ minValidityMs: 120 * MINUTE });
      await backend.answer(token('two', 180 * MINUTE));
      expect((await demanding).accessToken).toBe('two');
    });

    it('does not ask again and again for a validity that no token of the provider has', async () => {
      const impossible = get(10 * MINUTE);
      await backend.answer(token('short', MINUTE));
      expect((await impossible).accessToken).toBe('short');
      expect((await get(10 * MINUTE)).accessToken).toBe('short');
      expect(memory.fresh(API, 10 * MINUTE)).toBeDefined();
      expect(backend.asked).toHaveLength(1);
    });
  });

  describe('a rejected token', () => {
    it('is told with its route, and one that was accepted afterwards with the next question', async () => {
      await know(token('one', 60 * MINUTE));
      memory.accept(API, 'one');
      const answer = memory.reject(
        API,
        { version: 'one', route: 'GET /incidents' },
        backend.load,
      );
      expect(backend.asked.at(-1)).toEqual({
        minValidityMs: 0,
        rejectedVersion: 'one',
        rejectedRoute: 'GET /incidents',
      });
      await backend.answer(token('two', 60 * MINUTE));
      await answer;
      memory.accept(API, 'two');
      memory.accept(API, 'two');
      for (const acceptedVersion of ['two', undefined]) {
        await pass(31_000);
        get();
        expect(backend.asked.at(-1)).toEqual({
          minValidityMs: 0,
          ...(acceptedVersion && { acceptedVersion }),
        });
        await backend.answer(token('two', 60 * MINUTE));
      }
    });

    it('is replaced by one question, whatever the number of callers', async () => {
      await know(token('one', 60 * MINUTE));
      const callers = Array.from({ length: 100 }, () => reject('one'));
      expect(backend.asked).toEqual([
        { minValidityMs: 0, rejectedVersion: 'one' },
      ]);
      await backend.answer(token('two', 60 * MINUTE));
      for (const caller of callers)
        expect((await caller).accessToken).toBe('two');
      expect((await get()).accessToken).toBe('two');
    });

    it('that is not the known one any more needs no question', async () => {
      await know(token('two', 60 * MINUTE));
      expect((await reject('one')).accessToken).toBe('two');
      expect(backend.asked).toHaveLength(0);
    });

    it('does not come back with a slow answer from before', async () => {
      const known = await know(token('one', 60 * MINUTE));
      await pass(31 * SECOND);
      await get(); // asks behind
      const rejection = reject('one');
      await backend.answer(token('two', 60 * MINUTE), 1);
      await rejection;
      await backend.answer(known); // the slow one
      expect((await get()).accessToken).toBe('two');
    });

    it('that the backend keeps is not reported again at once: some paths always answer 401', async () => {
      const known = await know(token('one', 60 * MINUTE));
      const first = reject('one');
      await backend.answer(known);
      expect(await first).toBe(known);
      expect(await reject('one')).toBe(known);
      expect(backend.asked).toHaveLength(1);
      await pass(11 * SECOND);
      reject('one');
      expect(backend.asked).toHaveLength(2);
    });

    it('is still served to others while the backend is asked, and after that failed', async () => {
      const known = await know(token('one', 60 * MINUTE));
      const rejection = reject('one');
      expect(await get()).toBe(known);
      await Promise.all([
        expect(rejection).rejects.toThrow('away'),
        backend.answer(new DatasourceUnavailableError('away')),
      ]);
      expect(await get()).toBe(known);
      await expect(reject('one')).rejects.toThrow('away');
      expect(backend.asked).toHaveLength(1);
      await pass(31 * SECOND);
      await get();
      await backend.answer(known); // verified, and so taken back
      await pass(29 * SECOND);
      expect(memory.fresh(API, 0)).toBe(known);
    });

    it('is dropped when the backend says that a person has to act', async () => {
      await know(token('one', 60 * MINUTE));
      const rejection = reject('one');
      await Promise.all([
        expect(rejection).rejects.toThrow('refused'),
        backend.answer(new DatasourceNotAuthorizedError('refused')),
      ]);
      expect(memory.fresh(API, 0)).toBeUndefined();
    });

    it('may be one that was never seen here', async () => {
      const rejection = reject('from elsewhere');
      await backend.answer(token('one', 60 * MINUTE));
      expect((await rejection).accessToken).toBe('one');
      expect((await get()).accessToken).toBe('one');
    });
  });

  it('keeps keys apart, and forgets those it could not serve anyway', async () => {
    await know(token('one', 60 * MINUTE));
    expect(memory.fresh(tokenKey('other'), 0)).toBeUndefined();
    await pass(2 * MINUTE);
    const other = memory.get(tokenKey('other'), 0, backend.load);
    await backend.answer(token('two', 60 * MINUTE));
    await other;
    expect(memory.size).toBe(1);
  });
});
