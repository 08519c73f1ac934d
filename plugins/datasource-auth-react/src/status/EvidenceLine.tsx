import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { DatasourceStatus } from 'backstage-plugin-datasource-auth-common';
import { DateTime } from '../time';
import { datasourceAuthReactTranslationRef } from '../translation/datasourceAuthReactTranslationRef';

/**
 * Props of {@link EvidenceLine}.
 *
 * @public
 */
export interface EvidenceLineProps {
  /** As the list or the page of the datasource has it. */
  status: DatasourceStatus;
}

/**
 * What is known about a credential beyond its being there: Stored, then Verified by a test call, then Used by a
 * consumer.
 *
 * @public
 */
export const EvidenceLine = ({ status }: EvidenceLineProps) => {
  const { t } = useTranslationRef(datasourceAuthReactTranslationRef);
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
