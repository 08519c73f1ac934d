import crypto, {
  createDecipheriv,
  hkdfSync,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';
import {
  HashPurpose,
  randomToken,
  SealedPlace,
  Sealer,
  UnreadableError,
} from './Sealer';

jest.mock('node:crypto', () => {
  const actual = jest.requireActual('node:crypto');
  return { ...actual, timingSafeEqual: jest.fn(actual.timingSafeEqual) };
});

const compared = timingSafeEqual as jest.MockedFunction<typeof timingSafeEqual>;

const SECRET = 'one-secret-of-more-than-32-bytes-1';
const OTHER = 'another-secret-of-more-than-32-bytes';
const PLACE: SealedPlace = {
  table: 'credentials',
  row: '3f2a7f0e-0a52-4a0e-9a39-3a6b8a2ad3a1',
  column: 'sealed',
  owner: 'datasource-1 user:default/jane',
  binding: 'binding-1',
};

const sealerOf = (...keys: Array<[string, string]>) =>
  Sealer.create({ keys: keys.map(([id, secret]) => ({ id, secret })) });

const k1 = () => sealerOf(['k1', SECRET]);

/** Returns why a value can't be opened. */
function refusal(open: () => string): UnreadableError {
  try {
    open();
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableError);
    return error as UnreadableError;
  }
  throw new Error('The value was opened');
}

/** Changes the bytes after the last dot. */
function altered(sealed: string, change: (bytes: Buffer) => Buffer): string {
  const [version, kid, payload] = sealed.split('.');
  const bytes = change(Buffer.from(payload, 'base64url'));
  return [version, kid, bytes.toString('base64url')].join('.');
}

describe('Sealer', () => {
  it.each(['', 'token', 'ünï¢ode 🔐', 'x'.repeat(100_000), '.|"\u0000'])(
    'S3.24 decrypts what it encrypted, whatever it is (%#)',
    text => {
      const sealer = k1();
      expect(sealer.open(sealer.seal(text, PLACE), PLACE)).toBe(text);
    },
  );

  it('S3.24 reveals nothing of a value, and never encrypts it the same way twice', () => {
    const sealer = k1();
    const sealed = Array.from({ length: 50 }, () =>
      sealer.seal('hush-hush', PLACE),
    );
    expect(new Set(sealed).size).toBe(50);
    const nonces = sealed.map(value =>
      Buffer.from(value.split('.')[2], 'base64url')
        .toString('hex')
        .slice(0, 24),
    );
    expect(new Set(nonces).size).toBe(50);
    for (const form of ['utf8', 'base64', 'base64url', 'hex'] as const) {
      const clear = Buffer.from('hush-hush').toString(form);
      expect(sealed.join()).not.toContain(clear);
    }
  });

  it('threats 16: writes v1.<kid>.<base64url(iv‖ciphertext‖tag)> under AES-256-GCM with a key by HKDF-SHA256 (RFC 5869)', () => {
    const sealed = k1().seal('hush', PLACE);
    expect(sealed).toMatch(/^v1\.k1\.[A-Za-z0-9_-]+$/);
    const bytes = Buffer.from(sealed.split('.')[2], 'base64url');
    expect(bytes).toHaveLength(12 + 4 + 16);
    const key = hkdfSync('sha256', SECRET, '', 'datasource-auth/seal/v1', 32);
    const decipher = createDecipheriv(
      'aes-256-gcm',
      Buffer.from(key),
      bytes.subarray(0, 12),
      { authTagLength: 16 },
    );
    decipher.setAAD(
      Buffer.from(
        `v1|k1|credentials|${PLACE.row}|sealed|binding-1|${PLACE.owner}`,
      ),
    );
    decipher.setAuthTag(bytes.subarray(-16));
    expect(
      decipher.update(bytes.subarray(12, -16), undefined, 'utf8') +
        decipher.final('utf8'),
    ).toBe('hush');
  });

  describe('threats 16, 26: one part of the place changed at a time', () => {
    const CHANGES: Array<[keyof SealedPlace, Partial<SealedPlace>]> = [
      ['table', { table: 'authorizations' }],
      ['table', { table: 'datasources' }],
      ['row', { row: randomUUID() }],
      ['column', { column: 'sealed_spare' }],
      ['binding', { binding: 'binding-2' }],
      ['binding', { binding: '' }],
      ['owner', { owner: 'datasource-2 user:default/jane' }],
      ['owner', { owner: undefined }],
    ];

    it.each(CHANGES)(
      "a value can't be decrypted under another %s",
      (_, change) => {
        const sealer = k1();
        const sealed = sealer.seal('hush', PLACE);
        expect(
          refusal(() => sealer.open(sealed, { ...PLACE, ...change })).reason,
        ).toBe('tampered');
        expect(sealer.open(sealed, PLACE)).toBe('hush');
      },
    );

    it("a value can't be decrypted under another key ID, even with the same secret", () => {
      const sealer = sealerOf(['k1', SECRET], ['k2', SECRET]);
      const moved = sealer.seal('hush', PLACE).replace('v1.k1.', 'v1.k2.');
      expect(refusal(() => sealer.open(moved, PLACE)).reason).toBe('tampered');
    });

    it("a value can't be decrypted under another version", () => {
      const sealer = k1();
      const sealed = sealer.seal('hush', PLACE);
      for (const version of ['v0', 'v2', 'V1', '']) {
        const moved = sealed.replace(/^v1/, version);
        expect(refusal(() => sealer.open(moved, PLACE)).reason).toBe(
          'tampered',
        );
      }
    });

    it("a value can't be decrypted if the parts only look the same when joined", () => {
      const sealer = k1();
      const sealed = sealer.seal('hush', {
        ...PLACE,
        column: 'a',
        binding: 'b|c',
      });
      expect(
        refusal(() =>
          sealer.open(sealed, { ...PLACE, column: 'a', binding: 'b' }),
        ).reason,
      ).toBe('tampered');
    });
  });

  describe("an altered value can't be decrypted", () => {
    it('if any byte of nonce, ciphertext or tag was changed', () => {
      const sealer = k1();
      const sealed = sealer.seal('hush', PLACE);
      for (let index = 0; index < 32; index++) {
        const changed = altered(sealed, bytes => {
          bytes[index] ^= 1;
          return bytes;
        });
        expect(refusal(() => sealer.open(changed, PLACE)).reason).toBe(
          'tampered',
        );
      }
    });

    it.each([1, 4, 8, 12, 15, 16])(
      'threats 26: with a tag shorter by %i bytes',
      bytesLess => {
        const sealer = k1();
        const sealed = sealer.seal('a longer text than a tag is', PLACE);
        const shorter = altered(sealed, bytes => bytes.subarray(0, -bytesLess));
        expect(refusal(() => sealer.open(shorter, PLACE)).reason).toBe(
          'tampered',
        );
      },
    );

    it('with less in it than a nonce and a tag, or with more', () => {
      const sealer = k1();
      const sealed = sealer.seal('', PLACE);
      expect(sealer.open(sealed, PLACE)).toBe('');
      for (const change of [
        (bytes: Buffer) => bytes.subarray(0, 27),
        (bytes: Buffer) => bytes.subarray(0, 12),
        (bytes: Buffer) => bytes.subarray(0, 1),
        (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)]),
      ]) {
        expect(
          refusal(() => sealer.open(altered(sealed, change), PLACE)).reason,
        ).toBe('tampered');
      }
    });

    it.each(['', 'v1', 'v1.k1', 'v1.k1.', 'v1..abc', '..', 'plain text'])(
      "if it isn't encrypted at all: %j",
      text => {
        expect(refusal(() => k1().open(text, PLACE)).reason).toBe('tampered');
      },
    );

    it('with extra characters at its end', () => {
      const sealer = k1();
      const sealed = `${sealer.seal('hush', PLACE)}.x`;
      expect(refusal(() => sealer.open(sealed, PLACE)).reason).toBe('tampered');
    });

    it('and the error reveals nothing of the value', () => {
      const sealer = k1();
      const sealed = sealer.seal('hush', PLACE);
      const error = refusal(() =>
        sealer.open(sealed, { ...PLACE, binding: 'x' }),
      );
      expect(error.cause).toBeUndefined();
      expect(JSON.stringify({ ...error, message: error.message })).not.toMatch(
        new RegExp(`hush|${sealed.split('.')[2]}`),
      );
    });
  });

  describe('keys', () => {
    it('threats 17, 26: an unknown key id is distinguished from tampering, and named with the remedy', () => {
      const sealed = sealerOf(['k2', OTHER]).seal('hush', PLACE);
      const error = refusal(() => k1().open(sealed, PLACE));
      expect(error).toMatchObject({
        reason: 'key_missing',
        keyId: 'k2',
        message:
          "Encryption key 'k2' is missing. Restore it under datasourceAuth.encryption.keys, or where its key provider reads it.",
      });
    });

    it('another secret under the same key ID decrypts nothing', () => {
      const sealed = sealerOf(['k1', OTHER]).seal('hush', PLACE);
      expect(refusal(() => k1().open(sealed, PLACE)).reason).toBe('tampered');
    });

    it('threats 17: the first key encrypts and all decrypt, so that a key can be rolled out as a reader first', () => {
      const before = k1();
      const reader = sealerOf(['k1', SECRET], ['k2', OTHER]);
      const writer = sealerOf(['k2', OTHER], ['k1', SECRET]);
      const old = before.seal('old', PLACE);
      const fresh = writer.seal('new', PLACE);
      expect(Sealer.keyIdOf(reader.seal('x', PLACE))).toBe('k1');
      expect(Sealer.keyIdOf(fresh)).toBe('k2');
      expect(writer.activeKeyId).toBe('k2');
      expect(reader.open(fresh, PLACE)).toBe('new');
      expect(writer.open(old, PLACE)).toBe('old');
    });

    it('requires secrets of 32 bytes, and says how to create one', () => {
      const error = /shorter than 32 bytes.*openssl rand -base64 32/;
      expect(() => sealerOf(['k1', 'x'.repeat(31)])).toThrow(error);
      expect(() => sealerOf(['k1', 'x'.repeat(32)])).not.toThrow();
      expect(() => sealerOf(['k1', SECRET], ['k2', 'short'])).toThrow(error);
      // 16 characters of two bytes each.
      expect(() => sealerOf(['k1', 'é'.repeat(16)])).not.toThrow();
    });

    it("doesn't quote a secret that it rejects", () => {
      expect(() => sealerOf(['k1', 'too-short'])).toThrow(
        expect.objectContaining({
          message: expect.not.stringContaining('too-short'),
        }),
      );
    });

    it.each(['', 'a.b', 'a|b', 'a b', 'x'.repeat(65)])(
      'rejects the key ID %j, which would make the parts of a value ambiguous',
      id => {
        expect(() => sealerOf([id, SECRET])).toThrow(/1 to 64 letters/);
      },
    );

    it('rejects two keys with one ID, and an empty list', () => {
      expect(() => sealerOf(['k1', SECRET], ['k1', OTHER])).toThrow(
        /configured twice/,
      );
      expect(() => Sealer.create({ keys: [] })).toThrow(/At least one/);
    });

    it('reveals by check values only whether two secrets are the same', () => {
      const [first, second] = sealerOf(
        ['k1', SECRET],
        ['k2', OTHER],
      ).checkValues();
      expect(first).toEqual(k1().checkValues()[0]);
      expect(first.checkValue).not.toBe(second.checkValue);
      expect(sealerOf(['k1', OTHER]).checkValues()[0].checkValue).toBe(
        second.checkValue,
      );
      expect(first.checkValue).not.toBe(
        Buffer.from(
          hkdfSync('sha256', SECRET, '', 'datasource-auth/seal/v1', 32),
        ).toString('base64url'),
      );
    });
  });

  describe('one-time values', () => {
    const PURPOSES: HashPurpose[] = [
      'ticket',
      'state',
      'browser',
      'completion',
      'handle',
      'inputs',
      'terms',
      'token',
    ];

    it('threats 16: hash differently for each purpose and for each key', () => {
      const sealers = [k1(), sealerOf(['k1', OTHER])];
      const hashes = sealers.flatMap(sealer =>
        PURPOSES.map(purpose => sealer.hash(purpose, 'value')),
      );
      expect(new Set(hashes).size).toBe(hashes.length);
      expect(k1().hash('state', 'value')).toBe(hashes[1]);
    });

    it("aren't hashed with the key that encrypts", () => {
      const key = Buffer.from(
        hkdfSync('sha256', SECRET, '', 'datasource-auth/seal/v1', 32),
      );
      expect(k1().hash('state', 'value')).not.toBe(
        crypto
          .createHmac('sha256', key)
          .update('state|value')
          .digest('base64url'),
      );
    });

    it('are found again after a key rotation', () => {
      const hash = k1().hash('state', 'value');
      const rotated = sealerOf(['k2', OTHER], ['k1', SECRET]);
      expect(rotated.hash('state', 'value')).not.toBe(hash);
      expect(rotated.hashes('state', 'value')).toContain(hash);
      expect(rotated.matches('state', 'value', hash)).toBe(true);
    });

    it('match only their own hash', () => {
      const sealer = k1();
      const hash = sealer.hash('browser', 'value');
      expect(sealer.matches('browser', 'value', hash)).toBe(true);
      expect(sealer.matches('browser', 'valuE', hash)).toBe(false);
      expect(sealer.matches('state', 'value', hash)).toBe(false);
      expect(sealer.matches('browser', 'value', `${hash}x`)).toBe(false);
      expect(sealer.matches('browser', 'value', hash.slice(1))).toBe(false);
      expect(sealer.matches('browser', 'value', undefined)).toBe(false);
      expect(sealer.matches('browser', '', '')).toBe(false);
    });

    it('threats 26: are compared with the constant-time function', () => {
      const sealer = k1();
      const hash = sealer.hash('browser', 'value');
      compared.mockClear();
      expect(sealer.matches('browser', 'wrong', hash)).toBe(false);
      expect(compared).toHaveBeenCalledTimes(1);
      expect(String(compared.mock.calls[0][1])).toBe(hash);
      compared.mockReturnValueOnce(false);
      expect(sealer.matches('browser', 'value', hash)).toBe(false);
      compared.mockReturnValueOnce(true);
      expect(sealer.matches('browser', 'wrong', hash)).toBe(true);
    });

    it('[checklist 1] have 256 random bits, and fit into URLs and cookies', () => {
      const tokens = Array.from({ length: 100 }, randomToken);
      expect(new Set(tokens).size).toBe(100);
      for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    });
  });
});
