import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';

/** A notice and its severity. */
export interface Notice {
  title: string;
  description: string;
  severity: 'critical' | 'high' | 'normal' | 'low';
}

/**
 * Sends notices through the notifications plugin, if it is installed. A notice that can't be sent fails nothing else.
 */
export class Notifier {
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;
  #failed = false;

  constructor(options: {
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /** @param where - `scope`: a later notice with the same one replaces the earlier one */
  async send(
    entityRef: string[],
    notice: Notice,
    where: { about: string; link: string; scope: string },
  ): Promise<void> {
    const { about, link, scope } = where;
    if (entityRef.length === 0) return;
    try {
      await this.#notifications.send({
        recipients: { type: 'entity', entityRef },
        payload: { ...notice, link, topic: 'datasource-auth', scope },
      });
    } catch (error) {
      // Also throws if the plugin isn't installed: log that once.
      this.#logger[this.#failed ? 'debug' : 'info'](
        `${about} could not be notified: ${
          error instanceof Error ? error.name : 'unknown error'
        }. Install the notifications plugin to send notices.`,
      );
      this.#failed = true;
    }
  }
}
