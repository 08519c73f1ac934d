import { randomBytes, randomUUID } from 'node:crypto';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { jwtVerify } from 'jose';
import { contentOf } from '../../__testUtils__/settings';
import { settingsGrant } from '../../credentials/settingsGrant';
import { CredentialKey } from '../../database/CredentialKey';
import { datasourcePlace } from '../../datasources/Datasources';
import {
  BareSettings,
  Secrets,
  serializeSecrets,
} from '../../settings/secrets';
import { Installation } from './Installation';
import { Taken } from './Replica';

/** Kinds whose settings contain the credential. */
export type KeyedKind = 'static' | 'jwt';

const AUTH: Record<KeyedKind, object> = {
  static: {},
  jwt: { assertion: { alg: 'HS256', audience: '' } },
};
const SECRET: Record<KeyedKind, string> = {
  static: 'auth.bearer',
  jwt: 'auth.assertion.key',
};

/** An API key, or the key that signs JWTs, saved with its datasource as Save does. */
export class KeyedCredential {
  readonly id = randomUUID();
  readonly name: string;
  readonly kind: KeyedKind;
  readonly #site: Installation;
  /** All secrets, the current one last. */
  readonly #secrets = [newSecret()];

  /** Saves a new datasource. The first caller begins its credential. */
  static async save(
    site: Installation,
    kind: KeyedKind,
  ): Promise<KeyedCredential> {
    const credential = new KeyedCredential(site, kind);
    const { content, secrets } = credential.#parts();
    await site.observer.datasourceStore.insert({
      ...content,
      ...{ id: credential.id, name: credential.name, source: 'database' },
      sealed: credential.#seal(content.binding, secrets),
    });
    return credential;
  }

  private constructor(site: Installation, kind: KeyedKind) {
    this.#site = site;
    this.kind = kind;
    this.name = `${kind}-${this.id.slice(0, 8)}`;
  }

  /** Saves another secret, which begins another credential. */
  async enterSecret(): Promise<void> {
    this.#secrets.push(newSecret());
    const { observer } = this.#site;
    const { content, settings, secrets } = this.#parts();
    const { record } = (await observer.datasources.findById(this.id))!;
    const grant = await settingsGrant(
      CredentialKey.service(this.id),
      observer.tokens,
      {
        ...{ settings, secrets, binding: content.binding },
      },
    );
    await observer.knex.transaction(async trx => {
      const sealed = this.#seal(content.binding, secrets);
      await observer.datasourceStore.update(
        this.id,
        record.version,
        { ...content, name: this.name, sealed },
        trx,
      );
      await observer.credentials.replace(
        CredentialKey.service(this.id),
        grant,
        trx,
      );
    });
  }

  /** Clears the credential. */
  async clear(): Promise<void> {
    await this.#site.observer.clear(this.id);
  }

  /** Tells the replicas about a change, as Save does. Without this, they notice when they read the database again. */
  async announce(): Promise<void> {
    await this.#site.observer.feed.announce({ datasourceId: this.id });
  }

  /** Returns whether a caller got the current secret, or a JWT that it signed. */
  async isServed({ status, authorization = '' }: Taken): Promise<boolean> {
    const secret = this.#secrets.at(-1)!;
    const text = authorization.replace('Bearer ', '');
    if (status !== 200) return false;
    if (this.kind === 'static') return text === secret;
    return jwtVerify(text, Buffer.from(secret), {
      // Clocks of replicas differ.
      clockTolerance: 60,
    }).then(
      () => true,
      () => false,
    );
  }

  /** Returns whether a text contains one of the secrets. */
  isIn(text: string): boolean {
    return this.#secrets.some(secret => text.includes(secret));
  }

  #parts() {
    const { kind, name } = this;
    const settings: BareSettings = datasourceSettingsSchema.parse({
      ...{ name, consumers: '*', auth: { type: kind, ...AUTH[kind] } },
    });
    const secrets = new Map([[SECRET[kind], this.#secrets.at(-1)!]]);
    const secretInfos = { [SECRET[kind]]: {} };
    return { settings, secrets, content: contentOf(settings, { secretInfos }) };
  }

  #seal(binding: string, secrets: Secrets) {
    return this.#site.observer.sealer.seal(
      serializeSecrets(secrets),
      datasourcePlace(this.id, binding),
    );
  }
}

/** Checks that logs and failed calls contain neither a secret nor what it signed. */
export function expectNoLeak(
  site: Installation,
  credentials: KeyedCredential[],
  taken: Taken[],
): void {
  const issued = taken.flatMap(({ authorization }) => authorization ?? []);
  const failed = taken.filter(({ status }) => status !== 200);
  const shown = [site.logs(), ...failed.map(({ text = '' }) => text)];
  for (const text of shown) {
    expect(credentials.filter(each => each.isIn(text))).toEqual([]);
    expect(issued.filter(each => text.includes(each.split(' ')[1]))).toEqual(
      [],
    );
  }
}

function newSecret(): string {
  return randomBytes(32).toString('hex');
}
