import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';

/** Records notifications instead of sending them. */
export function recordNotifications() {
  const sent: NotificationSendOptions[] = [];
  return {
    sent,
    feature: createServiceFactory({
      service: notificationService,
      deps: {},
      factory: () => ({ send: async notice => void sent.push(notice) }),
    }),
  };
}
