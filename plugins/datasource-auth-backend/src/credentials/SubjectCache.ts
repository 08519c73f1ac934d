import { SERVICE } from '../database/CredentialKey';
import { GrowingCache } from '../memory/GrowingCache';

/** Entries for credentials that all plugins share. */
const SERVICES = 5_000;
/** Entries for people's own credentials. */
const PEOPLE = 10_000;

/**
 * Caches a value for each credential, by a text key. The least recently used entry is dropped first. People have a cache of
 * their own, so their calls never drop an entry that all plugins share.
 */
export class SubjectCache<V extends object | number> {
  readonly #services: GrowingCache<V>;
  readonly #people: GrowingCache<V>;

  constructor(options: { services?: number; people?: number } = {}) {
    const { services = SERVICES, people = PEOPLE } = options;
    this.#services = new GrowingCache(services);
    this.#people = new GrowingCache(people);
  }

  /** The entries of this subject. */
  of(subject: string): GrowingCache<V> {
    return subject === SERVICE ? this.#services : this.#people;
  }

  /** Drops people's entries of a datasource from a cache by {@link CredentialKey.text}. */
  dropPeople(datasourceId: string): void {
    for (const text of [...this.#people.keys()]) {
      if (text.startsWith(`${datasourceId} `)) this.#people.delete(text);
    }
  }

  values(): V[] {
    return [...this.#services.values(), ...this.#people.values()];
  }
}
