/**
 * What is known of a call and its answer without the answer's values: enough to explain a failure, nothing that is a
 * secret. Recorded by the dialect fetch, because the library's errors either say too little (HTML, 404 and 429 all are
 * "not JSON") or too much (they carry whole token responses).
 */
export interface ResponseFacts {
  method: string;
  /** Origin and path, templates of the path unfilled, no query. */
  endpoint: string;
  host: string;
  /** Whether the request may have reached the provider. */
  sent: boolean;
  status?: number;
  contentType?: string;
  /** Where a redirect points, without query and fragment. */
  location?: string;
  allow?: string;
  retryAfter?: string;
  /** The provider asks for Basic authentication. */
  basicChallenge?: boolean;
  /** The body is a web page. */
  html?: boolean;
  /** The answer broke off: what it said is not known. */
  truncated?: boolean;
  /** The body starts like JSON and is none. */
  malformed?: boolean;
  /** The body is a form. */
  form?: boolean;
  /** The body was empty. */
  empty?: boolean;
  /** The error the provider reported, in its own word. */
  error?: string;
  errorDescription?: string;
  /** The error was read from the configured path, which may be the token's. */
  errorConfigured?: boolean;
  /** Names of the members of a JSON answer. */
  fields?: string[];
  /** Paths of string members that are called like an access token, where none stood at the configured path. */
  tokenLike?: string[];
  /** A token holds characters that no header can carry. */
  illegible?: boolean;
  /** The token type, where it is not one of the configured ones. */
  unknownTokenType?: string;
}
