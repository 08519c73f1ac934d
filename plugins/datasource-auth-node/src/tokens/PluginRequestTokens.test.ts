import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { PluginRequestTokens } from './PluginRequestTokens';

const SECOND = 1_000;

describe('PluginRequestTokens', () => {
  let count: number;
  let lifetime: number;
  const auth = mockServices.auth.mock();

  /** Returns a JWT with the parts that are read here. */
  const jwt = (claims: object) =>
    `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;

  beforeEach(() => {
    jest.useFakeTimers({ now: 1_700_000_000_000 });
    count = 0;
    lifetime = 3_600;
    auth.getOwnServiceCredentials.mockResolvedValue(
      mockCredentials.service('plugin:me'),
    );
    auth.getPluginRequestToken.mockImplementation(async () => {
      count += 1;
      return { token: jwt({ count, exp: Date.now() / 1000 + lifetime }) };
    });
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.resetAllMocks();
  });

  it('signs one token per target and keeps it until shortly before it expires', async () => {
    const tokens = new PluginRequestTokens({ auth });
    const first = await tokens.own('datasource-auth');
    jest.advanceTimersByTime(3_539 * SECOND);
    expect(await tokens.own('datasource-auth')).toBe(first);
    jest.advanceTimersByTime(2 * SECOND);
    expect(await tokens.own('datasource-auth')).not.toBe(first);
    await tokens.own('other');
    expect(
      auth.getPluginRequestToken.mock.calls.map(
        ([{ targetPluginId }]) => targetPluginId,
      ),
    ).toEqual(['datasource-auth', 'datasource-auth', 'other']);
  });

  it('keeps a short-lived token for four fifths of its lifetime', async () => {
    lifetime = 10;
    const tokens = new PluginRequestTokens({ auth });
    const first = await tokens.own('x');
    jest.advanceTimersByTime(7 * SECOND);
    expect(await tokens.own('x')).toBe(first);
    jest.advanceTimersByTime(2 * SECOND);
    expect(await tokens.own('x')).not.toBe(first);
  });

  it('signs one token for concurrent callers', async () => {
    const tokens = new PluginRequestTokens({ auth });
    await Promise.all(Array.from({ length: 20 }, () => tokens.own('x')));
    expect(count).toBe(1);
  });

  it("does not keep a token that it can't read", async () => {
    auth.getPluginRequestToken.mockResolvedValue({ token: 'opaque' });
    const tokens = new PluginRequestTokens({ auth });
    await tokens.own('x');
    await tokens.own('x');
    expect(auth.getPluginRequestToken).toHaveBeenCalledTimes(2);
  });

  it('does not keep a token on behalf of a user', async () => {
    const tokens = new PluginRequestTokens({ auth });
    const user = mockCredentials.user();
    await tokens.onBehalfOf(user, 'x');
    await tokens.onBehalfOf(user, 'x');
    await tokens.own('x');
    expect(count).toBe(3);
    expect(auth.getPluginRequestToken).toHaveBeenCalledWith({
      onBehalfOf: user,
      targetPluginId: 'x',
    });
  });

  it('signs a new token after the old one was rejected', async () => {
    const tokens = new PluginRequestTokens({ auth });
    const first = await tokens.own('x');
    tokens.forgetOwn('x');
    expect(await tokens.own('x')).not.toBe(first);
  });

  it('throws 403, never 401, if the framework refuses to act for a user', async () => {
    const tokens = new PluginRequestTokens({
      auth: mockServices.auth({ pluginId: 'me' }),
    });
    await expect(
      tokens.onBehalfOf(mockCredentials.none(), 'x'),
    ).rejects.toMatchObject({ code: 'not_allowed', statusCode: 403 });
  });
});
