import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader } from 'jose';
import { createDpopKey } from './dpopProof';
import { DpopProofs, REMEMBERED_NONCES } from './DpopProofs';
import { ServerClocks } from './ServerClocks';

const URL_ = 'https://api.example.com/v1/things';
const request = { method: 'GET', url: URL_ };

describe('N6, RFC 9449: DPoP proofs', () => {
  const create = () => new DpopProofs({ clocks: new ServerClocks() });
  const nonceFor = async (proofs: DpopProofs, url: string) =>
    decodeJwt(await proofs.sign(await createDpopKey(), { ...request, url }))
      .nonce;

  it('[checklist 45] section 4.2: name the request without query and fragment, the token, and the public key only', async () => {
    const key = await createDpopKey();
    const proofs = create();
    const proof = await proofs.sign(key, {
      ...{ method: 'POST', url: `${URL_}?key=secret#top` },
      // The example of RFC 9449 section 7.1.
      accessToken: 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU',
    });
    expect(decodeProtectedHeader(proof)).toEqual({
      ...{ typ: 'dpop+jwt', alg: 'ES256' },
      jwk: { kty: 'EC', crv: 'P-256', x: key.x, y: key.y },
    });
    expect(decodeJwt(proof)).toEqual({
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ...{ htm: 'POST', htu: URL_, iat: expect.any(Number) },
      ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo',
    });
    const other = await proofs.sign(key, request);
    expect(decodeJwt(other).jti).not.toBe(decodeJwt(proof).jti);
    expect(decodeJwt(other)).not.toHaveProperty('ath');
  });

  it('have a key of their own for each credential', async () => {
    const keys = await Promise.all([createDpopKey(), createDpopKey()]);
    const [one, two] = await Promise.all(
      keys.map(({ d, ...jwk }) => calculateJwkThumbprint(jwk)),
    );
    expect(one).not.toBe(two);
  });

  it('repeat the latest nonce of an origin, and of no other', async () => {
    const proofs = create();
    const note = (nonce?: string) =>
      proofs.note(`${URL_}/1`, { nonce, date: undefined });
    expect(note()).toBe(false);
    expect(note('first')).toBe(true);
    expect(note('second')).toBe(true);
    expect(note()).toBe(false);
    expect(await nonceFor(proofs, URL_)).toBe('second');
    expect(
      await nonceFor(proofs, 'https://api.example.com:8443/'),
    ).toBeUndefined();
  });

  it('threats 29: repeat no nonce that is too long or no text, and remember a limited number', async () => {
    const proofs = create();
    const note = (url: string, nonce: string) =>
      proofs.note(url, { nonce, date: undefined });
    for (const nonce of ['x'.repeat(1_001), 'a b', 'ü', ''])
      expect(note(URL_, nonce)).toBe(false);
    expect(await nonceFor(proofs, URL_)).toBeUndefined();
    note(URL_, 'kept');
    for (let index = 0; index < REMEMBERED_NONCES; index += 1)
      note(`https://host-${index}.example/`, 'x');
    expect(await nonceFor(proofs, URL_)).toBeUndefined();
  });

  it('have the time of the server', async () => {
    const proofs = create();
    const ahead = (seconds: number) =>
      proofs.note(URL_, {
        nonce: undefined,
        date: new Date(Date.now() + seconds * 1_000).toUTCString(),
      });
    expect(ahead(300)).toBe(true);
    const { iat } = decodeJwt(
      await proofs.sign(await createDpopKey(), request),
    );
    expect(iat! - Date.now() / 1_000).toBeGreaterThan(290);
    // The same clock again.
    expect(ahead(300)).toBe(false);
    // A difference of hours is no clock.
    expect(ahead(36_000)).toBe(true);
    expect(
      decodeJwt(await proofs.sign(await createDpopKey(), request)).iat! -
        Date.now() / 1_000,
    ).toBeLessThan(1);
  });
});
