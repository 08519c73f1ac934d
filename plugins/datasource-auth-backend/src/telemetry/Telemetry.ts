import {
  MetricsService,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import { DatasourceState } from 'backstage-plugin-datasource-auth-common';
import { UsageCount } from '../activity/UsageRecorder';

/** Codes that are counted by their own name; what a provider makes up counts as `other`. */
const CODES = new Set([
  ...['timeout', 'aborted', 'blocked', 'dns', 'tls', 'connect', 'too_large'],
  ...['insecure', 'rate_limited', 'server', 'redirect', 'bad_response'],
  ...['invalid_grant', 'invalid_client', 'invalid_scope', 'invalid_request'],
  ...['unauthorized_client', 'unsupported_grant_type', 'access_denied'],
  ...['start_missed', 'unexpected', 'ok'],
]);

/**
 * What operators measure: few names, and attributes that take few values. Datasources, hosts, people and plugins are in
 * the timeline and the audit log, never in an attribute.
 */
export class Telemetry {
  readonly #exchanges;
  readonly #duration;
  readonly #handOuts;
  readonly #refusals;
  readonly #tracing: TracingService;

  constructor(options: {
    metrics: MetricsService;
    tracing: TracingService;
    /** How many datasources there are of each state. */
    countStates: () => Promise<Map<DatasourceState, number>>;
  }) {
    const { metrics, tracing, countStates } = options;
    this.#tracing = tracing;
    this.#exchanges = metrics.createCounter('datasource_auth.exchanges', {
      description: 'Calls to token endpoints, by step and outcome',
    });
    this.#duration = metrics.createHistogram(
      'datasource_auth.exchange.duration',
      { description: 'How long calls to token endpoints take', unit: 's' },
    );
    this.#handOuts = metrics.createCounter('datasource_auth.hand_outs', {
      description: 'Tokens handed to plugins and used in the gateway',
    });
    this.#refusals = metrics.createCounter('datasource_auth.refusals', {
      description: 'Plugins and people that asked and were not allowed',
    });
    metrics
      .createObservableGauge('datasource_auth.datasources', {
        description: 'Datasources by state',
      })
      .addCallback(async result => {
        for (const [state, count] of await countStates()) {
          result.observe(count, { state });
        }
      });
  }

  /** Counts, times and traces one call to a provider. */
  async exchange<T>(
    step: 'code' | 'grant' | 'refresh' | 'revoke',
    call: () => Promise<T>,
    codeOf: (error: unknown) => string,
  ): Promise<T> {
    const start = performance.now();
    let outcome = 'ok';
    return this.#tracing.startActiveSpan(
      'datasource_auth.exchange',
      { kind: 'client', attributes: { 'datasource_auth.step': step } },
      async span => {
        try {
          return await call();
        } catch (error) {
          const code = codeOf(error);
          outcome = CODES.has(code) ? code : 'other';
          span.setStatus({ code: 'error', message: outcome });
          throw error;
        } finally {
          const seconds = (performance.now() - start) / 1_000;
          span.setAttribute('datasource_auth.outcome', outcome);
          this.#exchanges.add(1, { step, outcome });
          this.#duration.record(seconds, { step, outcome });
        }
      },
    );
  }

  /** What was counted since the last time. */
  used(counts: UsageCount[]) {
    for (const { handOuts, rejections, refusals } of counts) {
      const accepted = handOuts - rejections;
      if (accepted > 0) this.#handOuts.add(accepted, { rejected: false });
      if (rejections > 0) this.#handOuts.add(rejections, { rejected: true });
      if (refusals > 0) this.#refusals.add(refusals);
    }
  }
}
