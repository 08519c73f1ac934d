/**
 * The options of a `RequestInit` that a call through a datasource accepts. You can pass a `RequestInit` as it is. A
 * body can also be an async iterable, such as a Node.js stream.
 *
 * @public
 */
export type DatasourceRequestInit = Pick<
  RequestInit,
  'method' | 'headers' | 'signal' | 'redirect'
> & {
  body?: RequestInit['body'] | AsyncIterable<Uint8Array>;
  /**
   * Accepts `%2F` in the path, for an API that treats it as part of a segment (`/projects/group%2Fname`). Refused by
   * default, because many servers decode it and read a different path.
   */
  encodedSlash?: boolean;
};

/** Headers that describe a body, and are dropped with it (Fetch standard, HTTP-redirect fetch). */
const BODY_HEADERS = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-type',
];

type RequestParts = Pick<
  ApiRequest,
  'method' | 'headers' | 'body' | 'redirect' | 'encodedSlash'
>;

/**
 * One request, before its URL is known.
 *
 * @internal
 */
export class ApiRequest {
  readonly method: string;
  readonly headers: Headers;
  readonly body: DatasourceRequestInit['body'];
  readonly redirect: RequestRedirect;
  readonly encodedSlash: boolean;

  static create(init: DatasourceRequestInit = {}): ApiRequest {
    return new ApiRequest({
      method: init.method ?? 'GET',
      headers: new Headers(init.headers),
      body: init.body,
      redirect: init.redirect ?? 'follow',
      encodedSlash: init.encodedSlash ?? false,
    });
  }

  private constructor(parts: RequestParts) {
    this.method = parts.method.toUpperCase();
    this.headers = parts.headers;
    this.body = parts.body ?? undefined;
    this.redirect = parts.redirect;
    this.encodedSlash = parts.encodedSlash;
  }

  /** Whether the body can be sent a second time. A stream can't. */
  get isReplayable(): boolean {
    const { body } = this;
    return (
      body === undefined ||
      typeof body === 'string' ||
      body instanceof URLSearchParams ||
      body instanceof FormData ||
      body instanceof Blob ||
      body instanceof ArrayBuffer ||
      ArrayBuffer.isView(body)
    );
  }

  /** Returns the same request with headers that replace those of the same name. */
  withHeaders(added: Readonly<Record<string, string>>): ApiRequest {
    const headers = new Headers(this.headers);
    for (const [name, value] of Object.entries(added)) headers.set(name, value);
    return new ApiRequest({ ...this, headers });
  }

  /** Returns the same request without some headers. */
  withoutHeaders(names: readonly string[]): ApiRequest {
    const headers = new Headers(this.headers);
    for (const name of names) headers.delete(name);
    return new ApiRequest({ ...this, headers });
  }

  /** Returns the request after a redirect: some become a GET (RFC 9110 sections 15.4.2 to 15.4.4). */
  redirected(status: number): ApiRequest {
    const becomesGet =
      ((status === 301 || status === 302) && this.method === 'POST') ||
      (status === 303 && this.method !== 'GET' && this.method !== 'HEAD');
    if (!becomesGet) return this;
    const { headers } = this.withoutHeaders(BODY_HEADERS);
    return new ApiRequest({ ...this, method: 'GET', headers, body: undefined });
  }

  /** Returns the options for fetch. Redirects are followed by us. */
  init(signal: AbortSignal | undefined): RequestInit {
    return {
      method: this.method,
      headers: [...this.headers],
      redirect: 'manual',
      ...(signal && { signal }),
      ...(this.body !== undefined && { body: this.body as BodyInit }),
      ...(!this.isReplayable && { duplex: 'half' }),
    };
  }
}
