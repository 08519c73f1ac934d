import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { ActivityStore } from '../activity/ActivityStore';
import { StateChange } from '../credentials/DatasourceStatuses';
import { eventOf } from './events';
import { OwnerNotices } from './OwnerNotices';

/**
 * Publishes a changed status: to the timeline, to other plugins by an event, to open pages by a signal, and to the
 * owner if a person is needed. The one replica that noticed the change first calls it. It never makes its caller fail.
 */
export class StatusChangePublisher {
  readonly #activity: ActivityStore;
  readonly #events: EventsService;
  readonly #notices: OwnerNotices;
  readonly #logger: LoggerService;

  constructor(options: {
    activity: ActivityStore;
    events: EventsService;
    notices: OwnerNotices;
    logger: LoggerService;
  }) {
    this.#activity = options.activity;
    this.#events = options.events;
    this.#notices = options.notices;
    this.#logger = options.logger;
  }

  async tell(change: StateChange): Promise<void> {
    const { record, from, status } = change;
    const to = status.state;
    const told = await Promise.allSettled([
      this.#activity.record(record.id, {
        kind: 'status_changed',
        details: { from, to, reason: status.reasonCode },
      }),
      this.#events.publish(
        eventOf('status', { datasourceId: record.id, from, to }),
      ),
      this.#events.publish(
        eventOf('signal', {
          recipients: { type: 'broadcast' },
          channel: 'datasource-auth',
          message: {},
        }),
      ),
      this.#notify(change),
    ]);
    for (const outcome of told) {
      if (outcome.status === 'fulfilled') continue;
      const { reason } = outcome;
      this.#logger.warn(
        `Couldn't announce a changed status everywhere. The page shows it: ${
          reason instanceof Error ? reason.name : 'unknown error'
        }`,
      );
    }
  }

  async #notify({ record, from, status, credentialId }: StateChange) {
    const { state, reasonCode } = status;
    if (state === 'ERROR') await this.#notices.outage(record, reasonCode);
    if (from === 'ERROR' && state === 'AUTHORIZED') {
      await this.#notices.recovered(record);
    }
    if (state === 'AUTHORIZED') await this.#notices.trusted(record);
    if (credentialId && reasonCode === 'doubtful') {
      await this.#notices.doubtful(record, credentialId);
    }
    if (credentialId && reasonCode === 'refused') {
      await this.#notices.refused(record, credentialId);
    }
    if (credentialId && reasonCode === 'expired') {
      await this.#notices.expired(record, credentialId);
    }
  }
}
