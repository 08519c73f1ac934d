/** Steps of a flow in which a provider is called. */
export const STEPS = ['code', 'grant', 'refresh', 'further', 'revoke'] as const;

/** Outcomes that are counted by their own name. A code that a provider makes up counts as `other`. */
export const OUTCOMES: readonly string[] = [
  ...['timeout', 'aborted', 'blocked', 'dns', 'tls', 'connect', 'too_large'],
  ...['insecure', 'rate_limited', 'server', 'redirect', 'bad_response'],
  ...['invalid_grant', 'invalid_client', 'invalid_scope', 'invalid_request'],
  ...['unauthorized_client', 'unsupported_grant_type', 'access_denied'],
  ...['start_missed', 'unexpected', 'ok', 'other'],
];

/** The metrics, with their kinds and attributes. */
export const METRICS = {
  exchanges: {
    name: 'datasource_auth.exchanges',
    kind: 'counter',
    description: 'Calls to token and revocation endpoints',
    attributes: ['step', 'outcome'],
  },
  duration: {
    name: 'datasource_auth.exchange.duration',
    kind: 'histogram',
    description: 'Duration of these calls in seconds',
    attributes: ['step', 'outcome'],
  },
  handOuts: {
    name: 'datasource_auth.hand_outs',
    kind: 'counter',
    description:
      'Tokens issued to plugins and used in the gateway, by whether an API rejected the previous one',
    attributes: ['rejected'],
  },
  refusals: {
    name: 'datasource_auth.refusals',
    kind: 'counter',
    description: 'Denied requests of plugins and users',
    attributes: [],
  },
  datasources: {
    name: 'datasource_auth.datasources',
    kind: 'gauge',
    description:
      'Datasources by state, from the database: the same on every replica',
    attributes: ['state'],
  },
} as const;

/** The attributes of a metric, all of them and no other. */
export type Attributes<M extends keyof typeof METRICS> = Record<
  (typeof METRICS)[M]['attributes'][number],
  string | boolean
>;
