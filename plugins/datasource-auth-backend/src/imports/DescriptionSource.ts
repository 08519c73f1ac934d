import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  hostOf,
  TYPES_WITHOUT_OPENAPI,
  Message,
  message,
} from 'backstage-plugin-datasource-auth-common';
import {
  EgressBlockedError,
  EgressError,
} from 'backstage-plugin-datasource-auth-node/egress';
import { Egress } from '../egress/Egress';
import { transportErrorText } from '../oauth/transportErrorTexts';
import { DescriptionError } from '../openapi/DescriptionError';
import { MAX_BYTES, MAX_BYTES_TEXT } from '../openapi/readText';
import { errorTexts } from '../oauth/errorTexts';

/** Text of an API description and its origin. */
export interface FoundDescription {
  text: string;
  url?: string;
  entityRef?: string;
}

const MOST_REDIRECTS = 3;
/** Timeout for the whole document. Milliseconds. */
const READ_MS = 15_000;

/**
 * Reads API descriptions from URLs, within the egress rules and without credentials, and from catalog
 * entities that the caller may see.
 */
export class DescriptionSource {
  readonly #egress: Egress;
  readonly #catalog: CatalogService;

  constructor(options: { egress: Egress; catalog: CatalogService }) {
    this.#egress = options.egress;
    this.#catalog = options.catalog;
  }

  /**
   * Follows a few redirects, each within the egress rules, because no secret is sent.
   *
   * @throws DescriptionError
   */
  async atUrl(address: string): Promise<FoundDescription & { url: string }> {
    let url = address;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const answer = await this.#fetch(url);
      const location = answer.headers.get('location');
      const redirected =
        [301, 302, 303, 307, 308].includes(answer.status) &&
        location !== null &&
        URL.canParse(location, url);
      if (!redirected) return { text: await textOf(answer, url), url };
      url = new URL(location, url).href;
    }
    throw new DescriptionError(
      message('error.description.tooManyRedirects', {
        host: nameOf(address),
        maximum: MOST_REDIRECTS,
      }),
    );
  }

  /**
   * Reads the definition of an API entity with the caller's own permissions.
   *
   * @throws DescriptionError
   */
  async ofEntity(
    reference: string,
    options: { credentials: BackstageCredentials },
  ): Promise<FoundDescription & { entityRef: string }> {
    const entityRef = readReference(reference);
    const { items } = await this.#catalog
      .getEntitiesByRefs({ entityRefs: [entityRef] }, options)
      .catch((error: unknown) => {
        throw new DescriptionError(catalogFailure(error));
      });
    const entity = items[0];
    if (!entity) {
      throw new DescriptionError(
        message('error.description.entityMissing', { entity: entityRef }),
      );
    }
    const { definition, type } = entity.spec ?? {};
    if (typeof definition !== 'string') {
      throw new DescriptionError(
        message('error.description.entityWithoutDefinition', {
          entity: entityRef,
        }),
      );
    }
    if (TYPES_WITHOUT_OPENAPI.includes(String(type))) {
      throw new DescriptionError(
        message('error.description.entityType', {
          entity: entityRef,
          type: String(type),
        }),
      );
    }
    return { text: definition, entityRef };
  }

  async #fetch(url: string): Promise<Response> {
    if (!URL.canParse(url)) {
      throw new DescriptionError(message('error.description.notUrl'));
    }
    try {
      return await this.#egress.fetch(url, {
        headers: {
          accept: 'application/json, application/yaml, text/yaml, */*',
        },
        maxBytes: MAX_BYTES,
        readMs: READ_MS,
      });
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
      throw new DescriptionError(egressFailure(error, nameOf(url)));
    }
  }
}

function readReference(reference: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(reference, { defaultKind: 'api' }),
    );
  } catch {
    throw new DescriptionError(message('error.description.entityReference'));
  }
}

async function textOf(answer: Response, url: string): Promise<string> {
  if (answer.status !== 200) {
    throw new DescriptionError(
      message('error.description.status', {
        host: nameOf(url),
        status: answer.status,
      }),
    );
  }
  const text = await answer.text();
  if (/^\s*</.test(text)) {
    throw new DescriptionError(
      message('error.description.webPage', { host: nameOf(url) }),
    );
  }
  return text;
}

function egressFailure(error: EgressError, host: string): Message[] {
  if (error.code === 'DS_EGRESS_TOO_LARGE') {
    return [message('error.description.tooLarge', { limit: MAX_BYTES_TEXT })];
  }
  const { code, sent } = error;
  const blocked = error instanceof EgressBlockedError ? error : undefined;
  const found = transportErrorText({ code, blocked }, { host, sent });
  return found
    ? errorTexts({ texts: found })
    : [message('error.description.unreachable', { host })];
}

/** Doesn't include the catalog's own message, which may come from another server. */
function catalogFailure(error: unknown): Message {
  const { statusCode, name } = error as { statusCode?: number; name?: string };
  if (statusCode === 404 || name === 'NotFoundError') {
    return message('error.description.catalogMissing');
  }
  if (statusCode === 401 || statusCode === 403 || name === 'NotAllowedError') {
    return message('error.description.catalogForbidden');
  }
  return message('error.description.catalogDown');
}

function nameOf(url: string): string {
  return hostOf(url) ?? 'The address';
}
