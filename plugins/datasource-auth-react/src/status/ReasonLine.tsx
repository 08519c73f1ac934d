import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { DatasourceStatus } from 'backstage-plugin-datasource-auth-common';
import { DateTime } from '../time';
import { datasourceAuthReactTranslationRef } from '../translation';

/**
 * Props of {@link ReasonLine}.
 *
 * @public
 */
export interface ReasonLineProps {
  /** As the list or the page of the datasource has it. */
  status: DatasourceStatus;
}

/**
 * Why a datasource has its status, in one sentence. Reasons that only the backend knows (who cleared it, how often a
 * renewal failed) are shown in its words.
 *
 * @public
 */
export const ReasonLine = ({ status }: ReasonLineProps) => {
  const { t } = useTranslationRef(datasourceAuthReactTranslationRef);
  const time = status.expiresAt && (
    <DateTime value={status.expiresAt} format="clock" />
  );
  switch (status.reasonCode) {
    case 'missing_settings':
      return status.missing?.length ? (
        <>{t('reason.missing', { labels: status.missing.join(', ') })}</>
      ) : (
        <>{status.reason}</>
      );
    case 'none':
      return <>{t('reason.none')}</>;
    case 'no_expiry':
      return <>{t('reason.noExpiry')}</>;
    case 'renews_on_use':
      return <>{t('reason.renewsOnUse')}</>;
    case 'refused':
      return <>{t('reason.refused')}</>;
    case 'settings_changed':
      return <>{t('reason.settingsChanged')}</>;
    case 'valid':
      if (!time) return <>{t('reason.noExpiry')}</>;
      return status.renewable ? (
        <>{t('reason.validRenewable', { time })}</>
      ) : (
        <>{t('reason.validFinal', { time })}</>
      );
    case 'expired':
      return time ? <>{t('reason.expired', { time })}</> : <>{status.reason}</>;
    default:
      return <>{status.reason}</>;
  }
};
