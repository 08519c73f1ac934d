import { ProviderClient } from '../oauth/ProviderClient';
import { ProviderClocks } from './ProviderClocks';

describe('ProviderClocks', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is unknown before a provider has responded', () => {
    expect(new ProviderClocks().check()).toMatchObject({
      state: 'unknown',
      title: "The clock couldn't be compared yet",
      detail: "This replica hasn't had a provider's response since it started.",
    });
  });

  it.each([
    [400, true, 'Less than a second apart, seen 5 seconds ago.'],
    [
      20_000,
      true,
      "The last provider's clock is 20 seconds ahead, seen 5 seconds ago.",
    ],
    [
      -3_600_000,
      false,
      "The last provider's clock is 1 hour behind, seen 5 seconds ago.",
    ],
  ])('evaluates a difference of %p milliseconds', (skew, ok, detail) => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
    const clocks = new ProviderClocks();
    clocks.note(skew);
    clock.mockReturnValue(5_000);
    expect(clocks.check()).toMatchObject({
      state: ok ? 'ok' : 'problem',
      detail,
    });
  });

  it('says what to do about a wrong clock only', () => {
    const clocks = new ProviderClocks();
    clocks.note(31_000);
    expect(clocks.check().remedy).toContain('time server');
    clocks.note(-29_000);
    expect(clocks.check().remedy).toBeUndefined();
  });

  it('reads every token response, and forwards all calls', async () => {
    const answer = { accessToken: 'a', clockSkew: -90_000 };
    const call = jest.fn(async () => answer);
    const clocks = new ProviderClocks();
    const client = clocks.watch({
      authorizeRequest: call,
      readCallback: call,
      exchangeCode: call,
      requestToken: call,
      refresh: call,
      revoke: call,
    } as unknown as ProviderClient) as unknown as Record<
      keyof ProviderClient,
      typeof call
    >;
    for (const name of ['exchangeCode', 'requestToken', 'refresh'] as const) {
      clocks.note(0);
      expect(await client[name]()).toBe(answer);
      expect(clocks.check().state).toBe('problem');
    }
    clocks.note(0);
    for (const name of [
      'authorizeRequest',
      'readCallback',
      'revoke',
    ] as const) {
      expect(await client[name]()).toBe(answer);
    }
    expect(clocks.check().state).toBe('ok');
    expect(call).toHaveBeenCalledTimes(6);
  });
});
