import {
  Agent,
  Dispatcher,
  EnvHttpProxyAgent,
  fetch as undiciFetch,
  FormData as UndiciFormData,
} from 'undici';

/** The backend waits for a provider up to a minute before it answers. */
const TOKEN_TIMEOUT_MS = 70_000;

const PROXY_VARIABLES = [
  'HTTP_PROXY',
  'http_proxy',
  'HTTPS_PROXY',
  'https_proxy',
];

/**
 * Connections that are reused: to the datasource-auth backend, and to APIs (there through the proxy that the
 * environment names). One set serves the whole process; a connection belongs to no plugin, since every request on it
 * brings its own token.
 *
 * @internal
 */
export class Connections {
  static #shared?: Connections;

  readonly toBackend: typeof fetch;
  readonly toApis: typeof fetch;

  static shared(): Connections {
    this.#shared ??= Connections.create();
    return this.#shared;
  }

  static create(): Connections {
    return new Connections();
  }

  private constructor() {
    this.toBackend = fetchOver(
      new Agent({
        headersTimeout: TOKEN_TIMEOUT_MS,
        bodyTimeout: TOKEN_TIMEOUT_MS,
      }),
    );
    const isProxied = PROXY_VARIABLES.some(name => process.env[name]);
    this.toApis = fetchOver(isProxied ? new EnvHttpProxyAgent() : new Agent());
  }
}

/**
 * The fetch of the package that the dispatcher comes from: Node's own does not take dispatchers of other versions. In
 * return it does not know Node's FormData, and would send the text `[object FormData]`.
 */
function fetchOver(dispatcher: Dispatcher): typeof fetch {
  const own = undiciFetch as unknown as (
    input: unknown,
    init: object,
  ) => Promise<Response>;
  return (input, init = {}) =>
    own(input, {
      ...init,
      ...(init.body instanceof FormData && { body: convert(init.body) }),
      dispatcher,
    });
}

function convert(form: FormData): UndiciFormData {
  const converted = new UndiciFormData();
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') converted.append(name, value);
    else converted.append(name, value, value.name);
  }
  return converted;
}
