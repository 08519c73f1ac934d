/**
 * What of a `RequestInit` a call through a datasource takes; one of those can be passed as it is. A body may also be an
 * async iterable, such as a Node stream.
 *
 * @public
 */
export type DatasourceRequestInit = Pick<
  RequestInit,
  'method' | 'headers' | 'signal' | 'redirect'
> & {
  body?: RequestInit['body'] | AsyncIterable<Uint8Array>;
  /**
   * Accepts `%2F` in the path, for an API that takes it as a part of a segment (`/projects/group%2Fname`). Refused unless
   * set: many servers decode it, and then the path is another one.
   */
  encodedSlash?: boolean;
};

/** Headers that describe a body, and go with it (Fetch standard, HTTP-redirect fetch). */
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
 * One request, before it is known where it goes.
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

  /** Whether the body can be sent a second time: what flows past cannot. */
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

  /** The same request with headers that replace those of the same name. */
  withHeaders(added: Readonly<Record<string, string>>): ApiRequest {
    const headers = new Headers(this.headers);
    for (const [name, value] of Object.entries(added)) headers.set(name, value);
    return new ApiRequest({ ...this, headers });
  }

  /** The same request without some headers. */
  withoutHeaders(names: readonly string[]): ApiRequest {
    const headers = new Headers(this.headers);
    for (const name of names) headers.delete(name);
    return new ApiRequest({ ...this, headers });
  }

  /** The request after a redirect: some turn it into a GET (RFC 9110 sections 15.4.2 to 15.4.4). */
  redirected(status: number): ApiRequest {
    const becomesGet =
      ((status === 301 || status === 302) && this.method === 'POST') ||
      (status === 303 && this.method !== 'GET' && this.method !== 'HEAD');
    if (!becomesGet) return this;
    const { headers } = this.withoutHeaders(BODY_HEADERS);
    return new ApiRequest({ ...this, method: 'GET', headers, body: undefined });
  }

  /** As fetch takes it. Redirects are ours to follow. */
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
