/**
 * Facts about a call and its response, without values that can be secret: enough to explain a failure. The dialect fetch
 * records them, because the library's errors say too little (HTML, 404 and 429 are all "not JSON") or too much (complete
 * token responses).
 */
export interface ResponseFacts {
  method: string;
  /** Origin and path without a query. Templates in the path aren't filled in. */
  endpoint: string;
  /** Names of the instance values in the URL. */
  instance?: string[];
  host: string;
  /** Whether the request may have reached the provider. */
  sent: boolean;
  status?: number;
  contentType?: string;
  /** Target of a redirect, without query and fragment. */
  location?: string;
  allow?: string;
  retryAfter?: string;
  /** Whether the provider requests Basic authentication. */
  basicChallenge?: boolean;
  /** Whether the body is a web page. */
  html?: boolean;
  /** Whether the response is incomplete, so that its content is unknown. */
  truncated?: boolean;
  /** Whether the body starts like JSON but isn't JSON. */
  malformed?: boolean;
  /** Whether the body is a form. */
  form?: boolean;
  /** Whether the body is empty. */
  empty?: boolean;
  /** The provider's own name of the error. */
  error?: string;
  errorDescription?: string;
  /** Whether the error is from the configured path, which may be the token's. */
  errorConfigured?: boolean;
  /** Names of the fields of a JSON response. */
  fields?: string[];
  /** Paths of strings that are named like an access token, if the configured path has none. */
  tokenLike?: string[];
  /** Whether a token has characters that aren't allowed in headers. */
  illegible?: boolean;
  /** The token type, if it isn't one of the configured ones. */
  unknownTokenType?: string;
  /** Whether a token was to be bound with DPoP and isn't. */
  unboundToken?: boolean;
}
