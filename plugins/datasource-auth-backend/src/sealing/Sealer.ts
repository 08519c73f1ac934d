import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import {
  message,
  renderMessages,
  Message,
} from 'backstage-plugin-datasource-auth-common';
import { EncryptionKey } from 'backstage-plugin-datasource-auth-node';

const VERSION = 'v1';
const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const MINIMUM_SECRET_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Where a sealed value belongs. Changing any part of it makes the value unreadable. */
export interface SealedPlace {
  table: 'datasources' | 'credentials' | 'authorizations' | 'delegations';
  /** UUID of the row. */
  row: string;
  column: string;
  binding: string;
  /** Whose it is: the datasource and the subject of a credential. */
  owner?: string;
}

/** Purposes of keyed hashes: each has its own key. */
export type HashPurpose =
  | 'ticket'
  | 'state'
  | 'browser'
  | 'completion'
  | 'handle'
  | 'callback'
  | 'state_of_ticket'
  | 'browser_of_ticket'
  | 'completion_of_browser'
  | 'request'
  | 'inputs'
  | 'terms'
  | 'token';

/** A sealed value that can't be read. Its message never contains the value. */
export class UnreadableError extends Error {
  readonly name = 'UnreadableError';
  readonly reason: 'key_missing' | 'tampered';
  readonly keyId?: string;
  /** The message as a code and values. */
  readonly text: Message;

  constructor(reason: 'key_missing' | 'tampered', keyId?: string) {
    const text =
      keyId === undefined
        ? message('reason.unreadable')
        : message('reason.keyMissing', { id: keyId });
    super(renderMessages([text]));
    this.text = text;
    this.reason = reason;
    this.keyId = keyId;
  }
}

interface DerivedKeys {
  seal: Buffer;
  hash: Buffer;
  check: string;
}

/**
 * Seals secrets and tokens for the database: AES-256-GCM, `v1.<kid>.<base64url(iv‖ciphertext‖tag)>`.
 *
 * The additional data is `v1|kid|table|row|column|binding`, and the datasource and subject of a credential. So anyone
 * who can write to the database can neither move a value to another row, column or person, nor change the settings and
 * have the value opened for the new destination. Keys are derived with HKDF-SHA256 (RFC 5869), one per purpose. The first key seals, all open.
 */
export class Sealer {
  readonly #keys: Map<string, DerivedKeys>;
  readonly #active: string;

  static create(options: { keys: EncryptionKey[] }): Sealer {
    const keys = new Map<string, DerivedKeys>();
    for (const key of options.keys) {
      assertEncryptionKey(key);
      const { id, secret } = key;
      if (keys.has(id)) {
        throw new Error(`Encryption key ID '${id}' is configured twice`);
      }
      keys.set(id, {
        seal: derive(secret, 'seal'),
        hash: derive(secret, 'hash'),
        check: derive(secret, 'check').toString('base64url'),
      });
    }
    const first = options.keys[0];
    if (!first) throw new Error('At least one encryption key is required');
    return new Sealer(keys, first.id);
  }

  private constructor(keys: Map<string, DerivedKeys>, active: string) {
    this.#keys = keys;
    this.#active = active;
  }

  /** Id of the key that seals. */
  get activeKeyId(): string {
    return this.#active;
  }

  /** Ids of all keys, the active one first, with a value that shows whether two secrets under one id are the same. */
  checkValues(): Array<{ kid: string; checkValue: string }> {
    return [...this.#keys].map(([kid, keys]) => ({
      kid,
      checkValue: keys.check,
    }));
  }

  /** Seals a text for its place. */
  seal(text: string, place: SealedPlace): string {
    const kid = this.#active;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#keys.get(kid)!.seal, iv, {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(additionalData(kid, place));
    const sealed = Buffer.concat([
      iv,
      cipher.update(text, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return `${VERSION}.${kid}.${sealed.toString('base64url')}`;
  }

  /**
   * Opens what {@link Sealer.seal} returned for the same place.
   *
   * @throws {@link UnreadableError} if the key is missing, or the value or its place was changed
   */
  open(sealed: string, place: SealedPlace): string {
    const [version, kid, payload, ...rest] = sealed.split('.');
    if (version !== VERSION || !kid || !payload || rest.length > 0) {
      throw new UnreadableError('tampered');
    }
    const keys = this.#keys.get(kid);
    if (!keys) throw new UnreadableError('key_missing', kid);
    const bytes = Buffer.from(payload, 'base64url');
    if (bytes.length < IV_BYTES + TAG_BYTES) {
      throw new UnreadableError('tampered');
    }
    try {
      const decipher = createDecipheriv(
        ALGORITHM,
        keys.seal,
        bytes.subarray(0, IV_BYTES),
        { authTagLength: TAG_BYTES },
      );
      decipher.setAAD(additionalData(kid, place));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      return (
        decipher.update(
          bytes.subarray(IV_BYTES, bytes.length - TAG_BYTES),
          undefined,
          'utf8',
        ) + decipher.final('utf8')
      );
    } catch {
      throw new UnreadableError('tampered');
    }
  }

  /** Returns the id of the key that sealed a value. */
  static keyIdOf(sealed: string): string | undefined {
    return sealed.split('.')[1];
  }

  /**
   * Returns the keyed hash of a one-time value. It differs for each purpose and key, so that a stored hash can be
   * neither replayed nor looked up elsewhere.
   */
  hash(purpose: HashPurpose, value: string): string {
    return this.#hashWith(this.#active, purpose, value);
  }

  /** Returns hashes under every key, to find values hashed before a key rotation. */
  hashes(purpose: HashPurpose, value: string): string[] {
    return [...this.#keys.keys()].map(kid =>
      this.#hashWith(kid, purpose, value),
    );
  }

  /** Compares a one-time value with its stored hash in constant time. */
  matches(purpose: HashPurpose, value: string, hash: string | undefined) {
    if (!hash) return false;
    const expected = Buffer.from(hash);
    return this.hashes(purpose, value).some(candidate => {
      const actual = Buffer.from(candidate);
      return (
        actual.length === expected.length && timingSafeEqual(actual, expected)
      );
    });
  }

  #hashWith(kid: string, purpose: HashPurpose, value: string): string {
    return createHmac('sha256', this.#keys.get(kid)!.hash)
      .update(`${purpose}|${value}`)
      .digest('base64url');
  }
}

/**
 * @throws Error that says what is wrong with a key, without its secret
 */
export function assertEncryptionKey({ id, secret }: EncryptionKey): void {
  if (typeof id !== 'string' || !KEY_ID.test(id)) {
    throw new Error(
      `Encryption key ID '${id}' must be 1 to 64 letters, digits, '-' or '_'`,
    );
  }
  if (
    typeof secret !== 'string' ||
    Buffer.byteLength(secret) < MINIMUM_SECRET_BYTES
  ) {
    throw new Error(
      `The secret of encryption key '${id}' is shorter than ${MINIMUM_SECRET_BYTES} bytes. Make one with: openssl rand -base64 32`,
    );
  }
}

/** Returns a new one-time value of 256 bits, usable in URLs, forms and cookies. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Returns whether a text can be a {@link randomToken}: a cheap check before a hash or query. */
export function isRandomToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(
    hkdfSync('sha256', secret, '', `datasource-auth/${purpose}/v1`, KEY_BYTES),
  );
}

function additionalData(kid: string, place: SealedPlace): Buffer {
  const { table, row, column, binding, owner } = place;
  // The owner is last, because only it can contain the separator.
  const parts = [VERSION, kid, table, row, column, binding, owner];
  return Buffer.from(parts.join('|'));
}
