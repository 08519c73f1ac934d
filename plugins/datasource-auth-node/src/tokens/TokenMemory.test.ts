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

/** A backend whose responses the test provides one by one. */
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

  it('threats 29: remembers a limited number of tokens, the most recently used ones', async () => {
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

  it('calls the backend once and serves from memory while the token is fresh', async () => {
    const known = await know(token('one', 60 * MINUTE));
    await pass(29 * SECOND);
    expect(memory.fresh(API, 0)).toBe(known);
    expect(await get()).toBe(known);
    expect(backend.asked).toHaveLength(0);
  });

  it('S0.29: serves any number of waiting callers with one request', async () => {
    const callers = Array.from({ length: 500 }, () => get());
    await backend.answer(token('one', 60 * MINUTE));
    const answers = await Promise.all(callers);
    expect(new Set(answers.map(({ accessToken }) => accessToken))).toEqual(
      new Set(['one']),
    );
    expect(backend.asked).toHaveLength(1);
  });

  it('serves no copy for more than 60 seconds without verification', async () => {
    await know(token('one', 60 * MINUTE));
    await pass(61 * SECOND);
    expect(memory.fresh(API, 0)).toBeUndefined();
    const waiting = get();
    expect(backend.asked).toHaveLength(1);
    await backend.answer(token('two', 60 * MINUTE));
    expect((await waiting).accessToken).toBe('two');
  });

  it('counts the 60 seconds from the start of the request, however slow the response is', async () => {
    const slow = get();
    await pass(59 * SECOND);
    await backend.answer(token('one', 60 * MINUTE));
    await slow;
    await pass(2 * SECOND);
    const next = get();
    await backend.answer(token('two', 60 * MINUTE));
    expect((await next).accessToken).toBe('two');
  });

  it('verifies in the background before the 60 seconds are over', async () => {
    await know(token('one', 60 * MINUTE));
    await pass(31 * SECOND);
    expect((await get()).accessToken).toBe('one');
    expect((await get()).accessToken).toBe('one');
    expect(backend.asked).toHaveLength(1);
    await backend.answer(token('two', 60 * MINUTE));
    expect((await get()).accessToken).toBe('two');
    expect(backend.asked).toHaveLength(1);
  });

  it('near the expiry of a short-lived token, serves immediately and refreshes in the background in the last fifth', async () => {
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

  it('near the expiry of a long-lived token, does the same in the last five minutes', async () => {
    const known = await know(token('one', 30 * MINUTE));
    const age = async (target: number) => {
      while (Date.now() < known.expiresAt! - 30 * MINUTE + target) {
        await pass(30 * SECOND);
        await get();
        await backend.answer(known);
      }
      backend.asked.length = 0;
    };
    await age(24 * MINUTE); // in the last fifth, but not in the last five minutes
    await pass(6 * SECOND);
    await get();
    expect(backend.asked).toHaveLength(0);
    await age(25 * MINUTE + 30 * SECOND);
    await pass(6 * SECOND);
    expect((await get()).accessToken).toBe('one');
    expect(backend.asked).toHaveLength(1);
  });

  it('does not call the backend for every caller while it is still refreshing', async () => {
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

  it('serves a token without an expiry, but still verifies it', async () => {
    await know(token('eternal'));
    await pass(29 * SECOND);
    expect((await get()).accessToken).toBe('eternal');
    expect(backend.asked).toHaveLength(0);
    await pass(2 * SECOND);
    await get();
    expect(backend.asked).toHaveLength(1);
  });

  it('gives a token without a lifetime to those who waited, and remembers nothing (expires_in: 0)', async () => {
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
    'keeps serving a valid token while %s, without calling the backend in a loop',
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

  it('drops the copy immediately if the response is that a person must act', async () => {
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

  it('passes a failure to all who waited, and calls again for the next', async () => {
    await Promise.all([
      expect(get()).rejects.toThrow('away'),
      expect(get()).rejects.toThrow('away'),
      backend.answer(new DatasourceUnavailableError('away')),
    ]);
    expect(backend.asked).toHaveLength(1);
    get();
    expect(backend.asked).toHaveLength(2);
  });

  it('ignores ages after the clock was set back', async () => {
    await know(token('one', 60 * MINUTE));
    jest.setSystemTime(Date.now() - 10 * MINUTE);
    expect(memory.fresh(API, 0)).toBeUndefined();
    get();
    expect(backend.asked).toHaveLength(1);
  });

  describe('minValidity', () => {
    it('requests another token if the known one expires too early', async () => {
      await know(token('one', 5 * MINUTE));
      expect(memory.fresh(API, 10 * MINUTE)).toBeUndefined();
      const waiting = get(10 * MINUTE);
      expect(backend.asked).toEqual([{ minValidityMs: 10 * MINUTE }]);
      await backend.answer(token('two', 60 * MINUTE));
      expect((await waiting).accessToken).toBe('two');
    });

    it("joins a pending request, and sends another only if its response isn't enough", async () => {
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

    it('does not keep requesting a validity that no token of the provider has', async () => {
      const impossible = get(10 * MINUTE);
      await backend.answer(token('short', MINUTE));
      expect((await impossible).accessToken).toBe('short');
      expect((await get(10 * MINUTE)).accessToken).toBe('short');
      expect(memory.fresh(API, 10 * MINUTE)).toBeDefined();
      expect(backend.asked).toHaveLength(1);
    });
  });

  describe('a rejected token', () => {
    it('is reported with its route, and a later accepted token with the next request', async () => {
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

    it('is replaced with one request, whatever the number of callers', async () => {
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

    it("needs no request if it isn't the current one anymore", async () => {
      await know(token('two', 60 * MINUTE));
      expect((await reject('one')).accessToken).toBe('two');
      expect(backend.asked).toHaveLength(0);
    });

    it('is not restored by a slow earlier response', async () => {
      const known = await know(token('one', 60 * MINUTE));
      await pass(31 * SECOND);
      await get(); // calls the backend in the background
      const rejection = reject('one');
      await backend.answer(token('two', 60 * MINUTE), 1);
      await rejection;
      await backend.answer(known); // the slow response
      expect((await get()).accessToken).toBe('two');
    });

    it("isn't reported again immediately if the backend keeps it, because some paths always return 401", async () => {
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

    it('is still served to others while the backend is called, and after that failed', async () => {
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
      await backend.answer(known); // verified, and so accepted again
      await pass(29 * SECOND);
      expect(memory.fresh(API, 0)).toBe(known);
    });

    it('is dropped if the backend says that a person must act', async () => {
      await know(token('one', 60 * MINUTE));
      const rejection = reject('one');
      await Promise.all([
        expect(rejection).rejects.toThrow('refused'),
        backend.answer(new DatasourceNotAuthorizedError('refused')),
      ]);
      expect(memory.fresh(API, 0)).toBeUndefined();
    });

    it('may be unknown here', async () => {
      const rejection = reject('from elsewhere');
      await backend.answer(token('one', 60 * MINUTE));
      expect((await rejection).accessToken).toBe('one');
      expect((await get()).accessToken).toBe('one');
    });
  });

  it("keeps keys apart, and forgets tokens that it couldn't serve anyway", async () => {
    await know(token('one', 60 * MINUTE));
    expect(memory.fresh(tokenKey('other'), 0)).toBeUndefined();
    await pass(2 * MINUTE);
    const other = memory.get(tokenKey('other'), 0, backend.load);
    await backend.answer(token('two', 60 * MINUTE));
    await other;
    expect(memory.size).toBe(1);
  });
});
