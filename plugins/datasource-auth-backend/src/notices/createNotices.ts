import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import { ActivityStore } from '../activity/ActivityStore';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { AbandonedRevocations } from '../revocations/Revocations';
import { NoticeStore } from './NoticeStore';
import { Notifier } from './Notifier';
import { OwnerNotices } from './OwnerNotices';
import { PersonalNotices } from './PersonalNotices';
import { StatusChangePublisher } from './StatusChangePublisher';

/** Creates the parts that notify people and plugins about the status of datasources. */
export function createNotices(options: {
  activity: ActivityStore;
  events: EventsService;
  knex: Knex;
  logger: LoggerService;
  /** Entity refs to notify if a datasource has no owner. */
  managers: string[];
  notifications: NotificationService;
  pageUrl: string;
  store: DatasourceStore;
}) {
  const notifier = new Notifier(options);
  const sent = new NoticeStore(options);
  const owners = new OwnerNotices({
    ...{ ...options, notifier },
    store: sent,
  });
  const personal = new PersonalNotices({
    ...{ ...options, notifier },
    store: sent,
  });
  const news = new StatusChangePublisher({ ...options, notices: owners });
  return {
    notifier,
    sent,
    owners,
    personal,
    news,
    /** Reports revocations that are given up: on the timeline, and to the owner. */
    notRevoked: async (abandoned: AbandonedRevocations) => {
      const { datasourceId, count } = abandoned;
      await options.activity.record(datasourceId, {
        kind: 'revoked',
        details: { confirmed: false, count },
      });
      const record = await options.store.findById(datasourceId);
      await owners.notRevoked(abandoned, record);
    },
  };
}
