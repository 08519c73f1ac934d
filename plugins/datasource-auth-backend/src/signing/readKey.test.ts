import { generateKeyPairSync } from 'node:crypto';
import { readKey } from './readKey';

const { privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
});
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const SHARED = Buffer.alloc(48, 'ab').toString('hex');

describe('readKey', () => {
  it('parses a text once', () => {
    const keys = [1, 2, 3].map(() => readKey({ key: PEM, alg: 'ES256' }));
    expect(new Set(keys).size).toBe(1);
  });

  it('reads a known key again for another passphrase or encoding', () => {
    const encrypted = privateKey
      .export({
        ...{ type: 'pkcs8', format: 'pem' },
        ...{ cipher: 'aes-256-cbc', passphrase: 'right' },
      })
      .toString();
    readKey({ key: encrypted, alg: 'ES256', passphrase: 'right' });
    for (const passphrase of ['wrong', undefined]) {
      expect(() =>
        readKey({ key: encrypted, alg: 'ES256', passphrase }),
      ).toThrow('passphrase');
    }
    const bytesOf = (keyEncoding: 'hex' | 'utf8') =>
      readKey({ key: SHARED, alg: 'HS256', keyEncoding }).symmetricKeySize;
    expect([bytesOf('hex'), bytesOf('utf8')]).toEqual([48, 96]);
  });

  it('does not remember a key that is refused', () => {
    const refused = { key: 'short', alg: 'HS256' } as const;
    expect(() => readKey(refused)).toThrow('32');
    expect(() => readKey(refused)).toThrow('32');
  });
});
