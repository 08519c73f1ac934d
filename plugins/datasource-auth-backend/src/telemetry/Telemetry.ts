import {
  MetricsService,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import { DatasourceState } from 'backstage-plugin-datasource-auth-common';
import { UsageCount } from '../activity/UsageRecorder';
import { Attributes, METRICS, OUTCOMES, STEPS } from './metrics';

/**
 * Metrics for administrators: few names, and attributes with few values. Datasources, hosts, users and plugins are in
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
    /** Counts datasources by state. */
    countStates: () => Promise<Map<DatasourceState, number>>;
  }) {
    const { metrics, tracing, countStates } = options;
    this.#tracing = tracing;
    const { exchanges, duration, handOuts, refusals, datasources } = METRICS;
    this.#exchanges = metrics.createCounter<Attributes<'exchanges'>>(
      exchanges.name,
      exchanges,
    );
    this.#duration = metrics.createHistogram<Attributes<'duration'>>(
      duration.name,
      { ...duration, unit: 's' },
    );
    this.#handOuts = metrics.createCounter<Attributes<'handOuts'>>(
      handOuts.name,
      handOuts,
    );
    this.#refusals = metrics.createCounter(refusals.name, refusals);
    metrics
      .createObservableGauge<Attributes<'datasources'>>(
        datasources.name,
        datasources,
      )
      .addCallback(async result => {
        for (const [state, count] of await countStates()) {
          result.observe(count, { state });
        }
      });
  }

  /** Counts, times and traces one call to a provider. */
  async exchange<T>(
    step: (typeof STEPS)[number],
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
          outcome = OUTCOMES.includes(code) ? code : 'other';
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

  /** Adds what was counted since the last time. */
  used(counts: UsageCount[]) {
    for (const { handOuts, rejections, refusals } of counts) {
      const accepted = handOuts - rejections;
      if (accepted > 0) this.#handOuts.add(accepted, { rejected: false });
      if (rejections > 0) this.#handOuts.add(rejections, { rejected: true });
      if (refusals > 0) this.#refusals.add(refusals);
    }
  }
}
