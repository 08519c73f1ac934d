import { generateKeyPairSync } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { decodeJwt } from 'jose';
import { CredentialKey } from '../database/CredentialKey';
import { ServerClocks } from '../signing/ServerClocks';
import { ServedToken } from './CredentialReader';
import { SignedTokens } from './SignedTokens';
import { TokenErrors } from './TokenErrors';

const KEY = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;

const held = (
  auth: object = { type: 'jwt', assertion: { alg: 'EdDSA', audience: '' } },
  { generation = 1, version = 1, key = KEY } = {},
) => {
  const settings = datasourceSettingsSchema.parse({
    name: 'tickets',
    baseUrl: 'https://api.example.com/v1',
    auth,
  });
  return {
    datasource: {
      record: { name: 'tickets', settings, version },
      secrets: new Map([['auth.assertion.key', key]]),
    },
    row: {
      key: CredentialKey.service('id-1'),
      credentialId: 'credential-1',
      generation,
    },
    payload: { accessToken: '', tokenType: '', kept: {}, apiOrigins: [] },
  } as unknown as ServedToken;
};

describe('N3: JWTs in the memory of a process', () => {
  let signed: SignedTokens;
  let clocks: ServerClocks;

  const create = () =>
    new SignedTokens({
      clocks,
      errors: new TokenErrors({
        pageUrl: 'https://backstage.example/datasource-auth',
        logger: mockServices.logger.mock(),
      }),
    });
  const tokenOf = async (...args: Parameters<SignedTokens['of']>) =>
    (await signed.of(...args)).payload.accessToken;

  beforeEach(() => {
    clocks = new ServerClocks();
    signed = create();
  });
  afterEach(() => jest.restoreAllMocks());

  it('are signed once for callers at the same time, with their own end', async () => {
    let now = Date.now();
    // Each reading of the clock is in another second.
    jest.spyOn(Date, 'now').mockImplementation(() => (now += 1_000));
    const all = await Promise.all([1, 2, 3].map(() => signed.of(held(), {})));
    expect(new Set(all).size).toBe(1);
    const [{ row, payload }] = all;
    expect(decodeJwt(payload.accessToken).exp).toBe(
      Math.floor(row.expiresAt! / 1000),
    );
  });

  it('leave other credentials as they are', async () => {
    const other = held({ type: 'static', bearer: 'x' });
    expect(await signed.of(other, {})).toBe(other);
  });

  it('are signed again for another generation, and for other settings', async () => {
    const tokens = [
      await tokenOf(held(), {}),
      await tokenOf(held(undefined, { generation: 2 }), {}),
      await tokenOf(held(undefined, { version: 2 }), {}),
    ];
    expect(new Set(tokens).size).toBe(3);
  });

  it('are signed again shortly before they expire, and sooner for callers who need them longer', async () => {
    const now = Date.now();
    const first = await tokenOf(held(), {});
    const clock = jest.spyOn(Date, 'now');
    clock.mockReturnValue(now + 45_000);
    expect(await tokenOf(held(), {})).toBe(first);
    clock.mockReturnValue(now + 25_000);
    expect(await tokenOf(held(), { minValidity: 120_000 })).toBe(first);
    clock.mockReturnValue(now + 35_000);
    expect(await tokenOf(held(), { minValidity: 120_000 })).not.toBe(first);
    clock.mockReturnValue(now + 87_000);
    const last = await tokenOf(held(), {});
    clock.mockReturnValue(now + 87_000 + 51_000);
    expect(await tokenOf(held(), {})).not.toBe(last);
  });

  it("have the times of the API's clock once it is known, and expire by ours", async () => {
    clocks.note('api.example.com', 120_000);
    const { row, payload } = await signed.of(held(), {});
    const { exp = 0 } = decodeJwt(payload.accessToken);
    const ahead = exp * 1_000 - row.expiresAt!;
    expect(ahead).toBeGreaterThan(118_000);
    expect(ahead).toBeLessThanOrEqual(121_000);
    clocks.note('api.example.com', 2 * 3_600_000);
    const { row: next, payload: now } = await signed.of(held(), {
      person: true,
    });
    const later = (decodeJwt(now.accessToken).exp ?? 0) * 1_000;
    expect(Math.abs(later - next.expiresAt!)).toBeLessThan(2_000);
  });

  it('are signed again for a user who tests the connection, and after a change', async () => {
    const first = await tokenOf(held(), {});
    const second = await tokenOf(held(), { person: true });
    expect(second).not.toBe(first);
    expect(await tokenOf(held(), {})).toBe(second);
    signed.drop({ datasourceId: 'id-2' });
    signed.drop({ datasourceId: 'id-1', subject: 'user:default/jane' });
    expect(await tokenOf(held(), {})).toBe(second);
    signed.drop({ datasourceId: 'id-1' });
    const third = await tokenOf(held(), {});
    expect(third).not.toBe(second);
    signed.drop({ datasourceId: 'id-1', subject: 'service' });
    expect(await tokenOf(held(), {})).not.toBe(third);
  });

  it('threats 38: are an error without the key in it where it does not fit', async () => {
    const wrong = held({ type: 'jwt', assertion: { alg: 'RS256' } });
    const failed = signed.of(wrong, {});
    await expect(failed).rejects.toMatchObject({
      code: 'datasource_not_configured',
      message: expect.stringContaining(
        'RS256. Enter a PEM or JWK of that kind',
      ),
    });
    await expect(failed).rejects.not.toMatchObject({
      message: expect.stringContaining('PRIVATE'),
    });
    await expect(signed.of(wrong, {})).rejects.toThrow('RS256');
    expect(await tokenOf(held(), {})).toMatch(/^eyJ/);
  });
});
