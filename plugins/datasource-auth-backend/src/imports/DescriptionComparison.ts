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

/** How long a URL isn't fetched again. Milliseconds. */
const ASKED_FOR_MS = 5 * 60_000;
const MOST_REMEMBERED = 200;

/**
 * Compares a datasource with the current version of the API description it was imported from.
 *
 * Unlike an import, everyone who may see the datasource can start this, whenever they open its page. So a URL
 * is fetched once in five minutes for all, and the same text is read once: readers must not use up our
 * network or CPU. An entity is read each time with the reader's own permissions, because they may not see
 * what another reader saw.
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

  /** An unreadable description isn't a failure of the datasource: the response says why. */
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
    // Callers that wait get the error; without one, it must not be unhandled.
    answer.catch(() => {});
    this.#remembered.set(key, answer);
    return answer;
  }
}

/**
 * Returns what is compared, without the large parts of a proposal. It is a copy, because text cut from a
 * document keeps the whole document in memory.
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
    keys: proposal.keys,
    others: [],
    notes: [],
  });
}
