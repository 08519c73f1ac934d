import { Diagnosis } from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { AuthorizationRow } from './AuthorizationRow';

/** Records a failed attempt in the timeline of its datasource, if it has one yet. */
export async function recordAttemptFailure(
  activity: ActivityStore,
  { datasourceId, userRef }: Pick<AuthorizationRow, 'datasourceId' | 'userRef'>,
  { code }: Diagnosis,
): Promise<void> {
  if (!datasourceId) return;
  await activity.record(datasourceId, {
    kind: 'authorization_failed',
    actor: userRef,
    details: { code },
  });
}
