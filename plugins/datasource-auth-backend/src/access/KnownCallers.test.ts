import { mockCredentials } from '@backstage/backend-test-utils';
import { tokenTypes } from '@backstage/plugin-auth-node';
import type { Request } from 'express';
import { Caller } from './caller';
import { KnownCallers } from './KnownCallers';

const part = (value: unknown) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that looks real; `identify` simulates its verification. */
function tokenOf(options: { typ?: string; seconds?: number; id?: string }) {
  const { typ = tokenTypes.plugin.typParam, seconds = 3600, id } = options;
  const exp = Date.now() / 1000 + seconds;
  return [part({ typ }), part({ exp, id }), 'signature'].join('.');
}

const requestWith = (token?: string) =>
  ({
    headers: { authorization: token && `Bearer ${token}` },
  } as Request);

const CALLER: Caller = {
  kind: 'plugin',
  plugin: 'catalog',
  credentials: mockCredentials.service('plugin:catalog'),
};

describe('remembered callers', () => {
  const identify = jest.fn<Promise<Caller>, [Request]>();
  let callers: KnownCallers;
  let now: jest.SpiedFunction<typeof performance.now>;

  beforeEach(() => {
    identify.mockReset().mockResolvedValue(CALLER);
    callers = new KnownCallers({ identify });
    now = jest.spyOn(performance, 'now').mockReturnValue(0);
  });
  afterEach(() => now.mockRestore());

  it.each([tokenTypes.plugin.typParam, tokenTypes.user.typParam])(
    'verify a token of the type %s once in ten seconds',
    async typ => {
      const token = tokenOf({ typ });
      expect(await callers.callerOf(requestWith(token))).toBe(CALLER);
      now.mockReturnValue(9_999);
      expect(await callers.callerOf(requestWith(token))).toBe(CALLER);
      expect(identify).toHaveBeenCalledTimes(1);
      now.mockReturnValue(10_000);
      await callers.callerOf(requestWith(token));
      expect(identify).toHaveBeenCalledTimes(2);
    },
  );

  it('threats 11: are forgotten when their token expires', async () => {
    const token = tokenOf({ seconds: 3 });
    await callers.callerOf(requestWith(token));
    now.mockReturnValue(3_001);
    identify.mockRejectedValue(new Error('expired'));
    await expect(callers.callerOf(requestWith(token))).rejects.toThrow(
      'expired',
    );
  });

  it('threats 11: are not confused with a token that differs in one character', async () => {
    const token = tokenOf({});
    await callers.callerOf(requestWith(token));
    identify.mockRejectedValue(new Error('forged'));
    await expect(
      callers.callerOf(requestWith(`${token.slice(0, -1)}f`)),
    ).rejects.toThrow('forged');
  });

  it('include no rejection', async () => {
    const token = tokenOf({});
    identify.mockRejectedValueOnce(new Error('not yet'));
    await expect(callers.callerOf(requestWith(token))).rejects.toThrow();
    expect(await callers.callerOf(requestWith(token))).toBe(CALLER);
  });

  it.each([
    ['no token', undefined],
    ['a static token', 'some-static-token'],
    ["another user's token", tokenOf({ typ: 'JWT' })],
    [
      'a token without an end',
      `${part({ typ: tokenTypes.user.typParam })}.e30`,
    ],
  ])('verify %s each time', async (_, token) => {
    await callers.callerOf(requestWith(token));
    await callers.callerOf(requestWith(token));
    expect(identify).toHaveBeenCalledTimes(2);
  });

  it('are a thousand at most, and the oldest is removed first', async () => {
    const tokens = Array.from({ length: 1_001 }, (_, index) =>
      tokenOf({ id: String(index) }),
    );
    for (const token of tokens) await callers.callerOf(requestWith(token));
    await callers.callerOf(requestWith(tokens[1_000]));
    await callers.callerOf(requestWith(tokens[1]));
    expect(identify).toHaveBeenCalledTimes(1_001);
    await callers.callerOf(requestWith(tokens[0]));
    expect(identify).toHaveBeenCalledTimes(1_002);
  });
});
