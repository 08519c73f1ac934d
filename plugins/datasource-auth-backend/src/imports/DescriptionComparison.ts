import { createHash } from 'node:crypto';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  DescribedSettings,
  DescriptionChanges,
  OpenApiProposal,
  openChanges,
} from 'backstage-plugin-datasource-auth-common';
import { LRUCache } from 'lru-cache';
import { DescriptionError } from '../openapi/DescriptionError';
import { DescriptionSource } from './DescriptionSource';
import { OpenApiImporter } from './OpenApiImporter';

/** For how long an address is not asked again. Milliseconds. */
const ASKED_FOR_MS = 5 * 60_000;
const MOST_REMEMBERED = 200;

/**
 * Compares a datasource with the API description that it was imported from, as that is now.
 *
 * Unlike an import this is for everybody who may see the datasource, and it is asked whenever a person opens its page. So
 * an address is asked once in five minutes for all of them, and the same text is read once: neither our network nor our
 * processor are a reader's to spend. An entity is asked for each time with the reader's own rights, because what is
 * remembered of it must not be told to somebody who may not see it.
 */
export class DescriptionComparison {
  readonly #source: DescriptionSource;
  readonly #importer: OpenApiImporter;
  readonly #remembered = new LRUCache<string, Promise<OpenApiProposal>>({
    max: MOST_REMEMBERED,
    ttl: ASKED_FOR_MS,
    ttlResolution: 0,
    perf: Date,
  });

  constructor(options: {
    source: DescriptionSource;
    importer: OpenApiImporter;
  }) {
    this.#source = options.source;
    this.#importer = options.importer;
  }

  /** A description that cannot be read is no failure of the datasource: the answer says why. */
  async compare(
    settings: DescribedSettings,
    options: { credentials: BackstageCredentials },
  ): Promise<DescriptionChanges> {
    const { entityRef, url } = settings.importedFrom ?? {};
    if (entityRef === undefined && url === undefined) {
      return { comparable: false, changes: [] };
    }
    try {
      const proposal =
        entityRef === undefined
          ? await this.#atUrl(url!)
          : await this.#ofEntity(entityRef, options);
      return {
        comparable: true,
        changes: openChanges(settings, proposal),
      };
    } catch (error) {
      if (!(error instanceof DescriptionError)) throw error;
      return { comparable: true, changes: [], unreadable: error.message };
    }
  }

  #atUrl(url: string): Promise<OpenApiProposal> {
    return this.#once(`url ${url}`, async () =>
      this.#importer.propose(await this.#source.atUrl(url)),
    );
  }

  async #ofEntity(
    entityRef: string,
    options: { credentials: BackstageCredentials },
  ): Promise<OpenApiProposal> {
    const found = await this.#source.ofEntity(entityRef, options);
    const hash = createHash('sha256').update(found.text).digest('base64url');
    return this.#once(`text ${hash}`, () => this.#importer.propose(found));
  }

  #once(
    key: string,
    read: () => Promise<OpenApiProposal>,
  ): Promise<OpenApiProposal> {
    const known = this.#remembered.get(key);
    if (known) return known;
    const answer = read().then(withoutRest);
    // Whoever waits is told of a failure; nobody may be left who is not.
    answer.catch(() => {});
    this.#remembered.set(key, answer);
    return answer;
  }
}

/**
 * What is compared, without what makes a proposal large. A copy, because a text that was cut out of a document keeps the
 * whole document in memory for as long as it is remembered.
 */
function withoutRest(proposal: OpenApiProposal): OpenApiProposal {
  return structuredClone({
    specification: proposal.specification,
    url: proposal.url,
    servers: proposal.servers,
    schemes: proposal.schemes.map(scheme => ({
      ...scheme,
      description: undefined,
      operations: [],
      requiredScopes: [],
      flows: scheme.flows.map(flow => ({
        ...flow,
        preset: undefined,
        scopes: [],
      })),
    })),
    others: [],
    notes: [],
  });
}
