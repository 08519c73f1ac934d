import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  DatasourceAuthError,
  OpenApiImport,
  OpenApiProposal,
} from 'backstage-plugin-datasource-auth-common';
import { DescriptionError } from '../openapi/DescriptionError';
import { CheckUrl } from '../openapi/addressAt';
import { proposeOpenApi } from '../openapi/proposeOpenApi';
import { PresetRegistry } from '../providers/PresetRegistry';
import { DescriptionSource, FoundDescription } from './DescriptionSource';
import { offerCodeFlow } from './offerCodeFlow';

/** Turns an API description from any source into proposed settings. Saves nothing. */
export class OpenApiImporter {
  readonly #source: DescriptionSource;
  readonly #check: CheckUrl;
  readonly #presets: Pick<PresetRegistry, 'list'>;

  constructor(options: {
    source: DescriptionSource;
    /** Throws a sentence if a URL may not be called. */
    check: CheckUrl;
    presets: Pick<PresetRegistry, 'list'>;
  }) {
    this.#source = options.source;
    this.#check = options.check;
    this.#presets = options.presets;
  }

  /** @throws DatasourceAuthError `invalid_request`, because the caller chose the document */
  async import(
    request: OpenApiImport,
    options: { credentials: BackstageCredentials },
  ): Promise<OpenApiProposal> {
    try {
      const found = await this.#find(request, options);
      return { ...(await this.propose(found)), entityRef: found.entityRef };
    } catch (error) {
      if (!(error instanceof DescriptionError)) throw error;
      const { texts } = error;
      throw new DatasourceAuthError(texts, {
        code: 'invalid_request',
        statusCode: 400,
        fieldTexts: { [Object.keys(request)[0]]: texts },
      });
    }
  }

  /**
   * Reads the text of an API description and the documents that it refers to.
   *
   * @throws DescriptionError
   */
  async propose(found: FoundDescription): Promise<OpenApiProposal> {
    const proposal = await proposeOpenApi({
      text: found.text,
      url: found.url,
      load: url => this.#source.atUrl(url),
      check: this.#check,
    });
    return offerCodeFlow(proposal, await this.#presets.list());
  }

  async #find(
    request: OpenApiImport,
    options: { credentials: BackstageCredentials },
  ): Promise<FoundDescription> {
    if (request.url !== undefined) return this.#source.atUrl(request.url);
    if (request.entityRef !== undefined)
      return this.#source.ofEntity(request.entityRef, options);
    return { text: request.document ?? '' };
  }
}
