import { DestinationPolicy } from 'backstage-plugin-datasource-auth-common';
import { LRUCache } from 'lru-cache';
import {
  Agent,
  Dispatcher,
  fetch as undiciFetch,
  FormData as UndiciFormData,
} from 'undici';
import { DestinationRules } from '../egress/DestinationRules';
import { Resolve } from '../egress/guardedConnector';
import { guardedDispatcher, readProxies } from '../egress/guardedDispatcher';

/** The backend waits up to a minute for a provider before it responds. */
const TOKEN_TIMEOUT_MS = 70_000;

/** A policy changes only with the backend's configuration. Connections of earlier ones are closed. */
const MOST_POLICIES = 4;

/**
 * Returns a fetch that reaches only what a policy allows.
 *
 * @internal
 */
export type FetchUnder = (policy: Readonly<DestinationPolicy>) => typeof fetch;

interface Door {
  dispatcher: Dispatcher;
  fetch: typeof fetch;
}

/**
 * Keeps connections to the datasource-auth backend, and to APIs (through the proxy in the environment, and only where
 * the backend's egress rules allow it). The whole process shares them: a connection belongs to no plugin, because every
 * request brings its own token.
 *
 * @internal
 */
export class Connections {
  static #shared?: Connections;

  readonly toBackend: typeof fetch;
  readonly #resolve?: Resolve;
  readonly #doors = new LRUCache<string, Door>({
    max: MOST_POLICIES,
    // Running calls finish first.
    dispose: ({ dispatcher }) => void dispatcher.close().catch(() => {}),
  });

  static shared(): Connections {
    this.#shared ??= new Connections();
    return this.#shared;
  }

  constructor(options: { resolve?: Resolve } = {}) {
    this.#resolve = options.resolve;
    this.toBackend = fetchOver(
      new Agent({
        headersTimeout: TOKEN_TIMEOUT_MS,
        bodyTimeout: TOKEN_TIMEOUT_MS,
      }),
    );
  }

  /** @throws InputError if a rule of the policy is invalid */
  readonly toApis: FetchUnder = policy => {
    const { allow, allowHttp, only } = policy;
    const key = JSON.stringify([allow, allowHttp, only]);
    const known = this.#doors.get(key);
    if (known) return known.fetch;
    const dispatcher = guardedDispatcher({
      rules: new DestinationRules(policy),
      proxies: readProxies(process.env),
      resolve: this.#resolve,
    });
    const door = { dispatcher, fetch: fetchOver(dispatcher) };
    this.#doors.set(key, door);
    return door.fetch;
  };
}

/**
 * The fetch of the dispatcher's package, because Node's accepts only dispatchers of its own version. It doesn't know
 * Node's FormData, and would send the text `[object FormData]`.
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
