import { HMAC_KEY_BYTES } from 'backstage-plugin-datasource-auth-common';
import { fileNameSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import {
  Signer,
  SignersExtensionPoint,
  SigningRequest,
} from 'backstage-plugin-datasource-auth-node';
import { SettingsError } from '../settings/SettingsError';

/** What a JWT is signed for. */
export interface SigningUse {
  /** Name of the datasource. */
  datasource: string;
  /** Every origin that it can be sent to, templates filled in: `https://host[:port]`. */
  origins: readonly string[];
  /** The claim `aud`. */
  audience: string | undefined;
}

/** Much less than the time limit of a request. */
const LIMIT_MILLISECONDS = 10_000;

/** Lengths of signatures that are two numbers in a row. DER has others. */
const SIGNATURE_BYTES: Readonly<Record<string, number>> = {
  ES256: 64,
  ES384: 96,
  EdDSA: 64,
};

/** The signers of modules. Each use is checked, because settings choose the claims and the URL. */
export class Signers implements SignersExtensionPoint {
  readonly #signers = new Map<string, Signer>();
  readonly #limit: number;

  constructor(options: { limitMilliseconds?: number } = {}) {
    this.#limit = options.limitMilliseconds ?? LIMIT_MILLISECONDS;
  }

  register(name: string, signer: Signer): void {
    if (!fileNameSchema.safeParse(name).success) {
      throw new Error(
        `The signer '${name}' needs a name of letters, digits, dashes and underscores.`,
      );
    }
    if (this.#signers.has(name)) {
      throw new Error(
        `There is already a signer '${name}'. Choose another name.`,
      );
    }
    for (const list of ['origins', 'audiences', 'datasources'] as const) {
      if (signer[list].length > 0) continue;
      throw new Error(
        `The signer '${name}' has no ${list}. List the ${list} that it signs for.`,
      );
    }
    const foreign = signer.origins.find(
      origin => !URL.canParse(origin) || new URL(origin).origin !== origin,
    );
    if (foreign !== undefined) {
      throw new Error(
        `The signer '${name}' has an origin that isn't one: '${foreign}'. Enter it as https://login.example.com.`,
      );
    }
    this.#signers.set(name, signer);
  }

  /**
   * Returns the signature of a JWT.
   *
   * @throws SettingsError that says what to do. What a signer throws is not passed on, because it can have secrets.
   */
  async sign(
    name: string,
    use: SigningUse,
    request: Pick<SigningRequest, 'algorithm' | 'keyId' | 'data'>,
  ): Promise<Uint8Array> {
    const signer = this.#signers.get(name);
    if (!signer) throw new SettingsError('signerUnknown', { signer: name });
    assertFor(name, signer, use);
    const { algorithm } = request;
    if (algorithm in HMAC_KEY_BYTES) {
      throw new SettingsError('signerAlgorithm', { signer: name, algorithm });
    }
    const signature = await this.#limited(name, signal =>
      signer.sign({ ...request, datasource: use.datasource, signal }),
    );
    const length = SIGNATURE_BYTES[algorithm];
    if (
      !(signature instanceof Uint8Array) ||
      signature.length === 0 ||
      (length !== undefined && signature.length !== length)
    ) {
      throw new SettingsError('signerSignature', { signer: name, algorithm });
    }
    return signature;
  }

  async #limited(
    name: string,
    sign: (signal: AbortSignal) => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new SettingsError('signerTimeout', { signer: name }));
        controller.abort();
      }, this.#limit);
    });
    // A signer can throw before it returns a promise.
    const signing = (async () => sign(controller.signal))().catch(() => {
      throw new SettingsError('signerFailed', { signer: name });
    });
    try {
      return await Promise.race([signing, late]);
    } finally {
      clearTimeout(timer);
      signing.catch(() => {});
    }
  }
}

/** @throws SettingsError unless the signer is meant for this use */
function assertFor(name: string, signer: Signer, use: SigningUse): void {
  const { datasource, origins, audience } = use;
  if (!signer.datasources.includes(datasource)) {
    throw new SettingsError('signerOfOtherDatasource', {
      signer: name,
      datasource,
    });
  }
  const foreign = origins.find(origin => !signer.origins.includes(origin));
  if (foreign !== undefined) {
    throw new SettingsError('signerForOtherOrigin', {
      signer: name,
      origin: foreign,
    });
  }
  if (audience === undefined || !signer.audiences.includes(audience)) {
    throw new SettingsError('signerForOtherAudience', { signer: name });
  }
}
