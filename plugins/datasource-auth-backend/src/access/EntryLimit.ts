import {
  DatasourceAuthError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { CredentialKey } from '../database/CredentialKey';
import { GrowingCache } from '../memory/GrowingCache';

const MOST_PEOPLE = 5_000;
const TRIES = 10;
/** Milliseconds. */
const WITHIN = 10 * 60_000;

/** Limits how often a person tries secrets at an API, so that nobody guesses passwords through Backstage. */
export class EntryLimit {
  readonly #tries = new GrowingCache<{ count: number; from: number }>(
    MOST_PEOPLE,
    { ttl: WITHIN },
  );

  /** @throws DatasourceAuthError `too_many_attempts` */
  count({ text }: CredentialKey): void {
    const tries = this.#tries.get(text) ?? { count: 0, from: Date.now() };
    if (tries.count >= TRIES) {
      throw new DatasourceAuthError(message('error.tooManyEntries'), {
        ...{ code: 'too_many_attempts', statusCode: 429 },
        retryAt: tries.from + WITHIN,
      });
    }
    tries.count += 1;
    if (tries.count === 1) this.#tries.set(text, tries);
  }
}
