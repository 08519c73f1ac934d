import { DescriptionError } from './DescriptionError';
import { DescriptionPlace, ReadDocument } from './DescriptionPlace';
import { MAX_BYTES, MAX_BYTES_TEXT, readText } from './readText';
import { shortText } from './shortText';

/**
 * Fetches a document at an http(s) address. Whether that may be called is for the one who gives this function.
 *
 * @returns the text, and the address that it came from in the end
 */
export type LoadDocument = (
  url: string,
) => Promise<{ text: string; url: string }>;

const MOST_DOCUMENTS = 20;
const MOST_HOPS = 50;

/**
 * The documents of one import, and the way from a `$ref` to what it means. Nothing is resolved before somebody stands in
 * front of it: a schema that refers to a thousand files costs nothing. Files are never opened.
 */
export class References {
  readonly root: DescriptionPlace;
  readonly #load?: LoadDocument;
  readonly #documents = new Map<string, Promise<ReadDocument>>();
  #bytes: number;

  /** @throws DescriptionError with the line where the text cannot be read */
  constructor(options: {
    text: string;
    /** Address of the text, if it has one. */
    url?: string;
    /** Without it only references within the text can be followed. */
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
   * What stands at a place once its references are followed, each to the next.
   *
   * @throws DescriptionError for one that leads nowhere, in a circle, or where nothing may be read
   */
  async follow(start: DescriptionPlace): Promise<DescriptionPlace> {
    let place = start;
    for (let hops = 0; hops <= MOST_HOPS; hops += 1) {
      const reference = place.member('$ref')?.value;
      if (typeof reference !== 'string') return place;
      place = await this.#target(reference, place);
    }
    throw new DescriptionError('the references lead to no end', start);
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
      `'${shortText(reference, 200)}' refers to nothing`,
      place,
    );
  }

  async #open(
    reference: string,
    place: DescriptionPlace,
  ): Promise<ReadDocument> {
    const fail = (why: string): never => {
      throw new DescriptionError(
        `'${shortText(reference, 200)}' ${why}`,
        place,
      );
    };
    const base = place.document.url;
    if (!URL.canParse(reference, base)) {
      return fail(
        'is relative, and the document has no address. Import it by its address, or in one file.',
      );
    }
    const url = new URL(reference, base);
    url.hash = '';
    if (!/^https?:$/.test(url.protocol)) {
      return fail('is not read: only http and https addresses are');
    }
    let document = this.#documents.get(url.href);
    if (!document) {
      if (!this.#load) return fail('is another document, which is not read');
      if (this.#documents.size >= MOST_DOCUMENTS) {
        return fail(`is not read: ${MOST_DOCUMENTS} documents already were`);
      }
      document = this.#read(url.href, this.#load);
      // Whoever waits for it learns of a failure; nobody else has to.
      document.catch(() => {});
      this.#documents.set(url.href, document);
    }
    try {
      return await document;
    } catch (error) {
      return fail(`cannot be read. ${(error as Error).message}`);
    }
  }

  async #read(address: string, load: LoadDocument): Promise<ReadDocument> {
    const { text, url } = await load(address);
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes > MAX_BYTES) {
      throw new DescriptionError(
        `The document and those it refers to are larger than ${MAX_BYTES_TEXT}`,
      );
    }
    return { url, value: readText(text) };
  }
}

/** The keys of a JSON pointer in a URI fragment (RFC 6901 section 6); undefined for what is none. */
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
