import { DatasourceStatus } from 'backstage-plugin-datasource-auth-common';
import { DateTime } from '../time';
import { useText } from '../translation/useText';

/**
 * Props of {@link EvidenceLine}.
 *
 * @public
 */
export interface EvidenceLineProps {
  /** The status from the list or the datasource's page. */
  status: DatasourceStatus;
}

/**
 * Shows the evidence for a credential: Stored, then Verified by a test call, then Used by a consumer.
 *
 * @public
 */
export const EvidenceLine = ({ status }: EvidenceLineProps) => {
  const t = useText();
  if (!status.obtainedAt) return <>{t('evidence.none')}</>;
  return (
    <>
      {t('evidence.stored')}
      {status.verifiedAt && (
        <>
          {' · '}
          {t('evidence.verified', {
            time: <DateTime value={status.verifiedAt} />,
          })}
        </>
      )}
      {status.lastUsedAt && (
        <>
          {' · '}
          {t('evidence.used', { time: <DateTime value={status.lastUsedAt} /> })}
        </>
      )}
    </>
  );
};
