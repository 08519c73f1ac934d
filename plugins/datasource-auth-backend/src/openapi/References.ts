import { Message, message } from 'backstage-plugin-datasource-auth-common';
import { DescriptionError } from './DescriptionError';
import { DescriptionPlace, ReadDocument } from './DescriptionPlace';
import { MAX_BYTES, MAX_BYTES_TEXT, readText } from './readText';
import { shortText } from './shortText';

/**
 * Fetches a document from an HTTP(S) URL. The caller that provides this function decides which URLs may be
 * called.
 *
 * @returns the text and its final URL
 */
export type LoadDocument = (
  url: string,
) => Promise<{ text: string; url: string }>;

const MOST_DOCUMENTS = 20;
const MOST_HOPS = 50;

/**
 * Documents of one import, in which a `$ref` is resolved only when it is read: a schema that refers to a
 * thousand files costs nothing. Files are never opened.
 */
export class References {
  readonly root: DescriptionPlace;
  readonly #load?: LoadDocument;
  readonly #documents = new Map<string, Promise<ReadDocument>>();
  #bytes: number;

  /** @throws DescriptionError with the line if the text can't be read */
  constructor(options: {
    text: string;
    /** URL of the text, if it has one. */
    url?: string;
    /** Without it, only references within the text can be followed. */
    load?: LoadDocument;
  }) {
    const { text, url, load } = options;
    this.#bytes = Buffer.byteLength(text);
    this.#load = load;
    this.root = DescriptionPlace.rootOf({ url, value: readText(text) });
    if (url) {
      this.#documents.set(url, Promise.resolve(this.root.document));
    }
  }

  /**
   * Follows the references at a place, one after the other, and returns the value they lead to.
   *
   * @throws DescriptionError for a reference that leads nowhere, in a circle, or to a place that may not be
   *   read
   */
  async follow(start: DescriptionPlace): Promise<DescriptionPlace> {
    let place = start;
    for (let hops = 0; hops <= MOST_HOPS; hops += 1) {
      const reference = place.member('$ref')?.value;
      if (typeof reference !== 'string') return place;
      place = await this.#target(reference, place);
    }
    throw new DescriptionError(message('error.description.circle'), start);
  }

  async #target(
    reference: string,
    place: DescriptionPlace,
  ): Promise<DescriptionPlace> {
    const [address, ...fragment] = reference.split('#');
    const document =
      address === '' ? place.document : await this.#open(address, place);
    let target: DescriptionPlace | undefined = DescriptionPlace.rootOf(
      document,
      this.root.document,
    );
    for (const key of keysOf(fragment.join('#')) ?? ['']) {
      target = target?.member(key);
    }
    if (target) return target;
    throw new DescriptionError(
      message('error.description.missing', {
        reference: shortText(reference, 200)!,
      }),
      place,
    );
  }

  async #open(
    reference: string,
    place: DescriptionPlace,
  ): Promise<ReadDocument> {
    const named = { reference: shortText(reference, 200)! };
    const fail = (...texts: Message[]): never => {
      throw new DescriptionError(texts, place);
    };
    const base = place.document.url;
    if (!URL.canParse(reference, base)) {
      return fail(message('error.description.relative', named));
    }
    const url = new URL(reference, base);
    url.hash = '';
    if (!/^https?:$/.test(url.protocol)) {
      return fail(message('error.description.notHttp', named));
    }
    let document = this.#documents.get(url.href);
    if (!document) {
      if (!this.#load)
        return fail(message('error.description.otherDocument', named));
      if (this.#documents.size >= MOST_DOCUMENTS) {
        return fail(
          message('error.description.tooManyDocuments', {
            ...named,
            maximum: MOST_DOCUMENTS,
          }),
        );
      }
      document = this.#read(url.href, this.#load);
      // Callers that wait for it get the error; without one, it must not be unhandled.
      document.catch(() => {});
      this.#documents.set(url.href, document);
    }
    try {
      return await document;
    } catch (error) {
      return fail(
        message('error.description.unreadable', named),
        ...(error instanceof DescriptionError ? error.texts : []),
      );
    }
  }

  async #read(address: string, load: LoadDocument): Promise<ReadDocument> {
    const { text, url } = await load(address);
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes > MAX_BYTES) {
      throw new DescriptionError(
        message('error.description.tooLargeTogether', {
          limit: MAX_BYTES_TEXT,
        }),
      );
    }
    return { url, value: readText(text) };
  }
}

/** Returns the keys of a JSON pointer in a URI fragment (RFC 6901 section 6), or undefined if it isn't one. */
function keysOf(fragment: string): string[] | undefined {
  if (fragment === '') return [];
  if (!fragment.startsWith('/')) return undefined;
  try {
    return fragment
      .slice(1)
      .split('/')
      .map(key =>
        decodeURIComponent(key).replace(/~1/g, '/').replace(/~0/g, '~'),
      );
  } catch {
    return undefined;
  }
}
