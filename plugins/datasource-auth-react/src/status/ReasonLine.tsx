import { ReactNode } from 'react';
import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import {
  DatasourceStatus,
  REQUIRED_SETTINGS,
  RequiredSetting,
  StatusReason,
} from 'backstage-plugin-datasource-auth-common';
import { DateTime } from '../time';
import { datasourceAuthReactTranslationRef } from '../translation/datasourceAuthReactTranslationRef';

/**
 * Props of {@link ReasonLine}.
 *
 * @public
 */
export interface ReasonLineProps {
  /** As the list or the page of the datasource has it. */
  status: DatasourceStatus;
}

type Text = TranslationFunction<typeof datasourceAuthReactTranslationRef.T>;

const backendText = ({ reason }: DatasourceStatus) => reason;

const expiryOf = ({ expiresAt }: DatasourceStatus) =>
  expiresAt !== undefined && <DateTime value={expiresAt} format="clock" />;

const INSTANCE = 'instance.';

function settingLabel(path: RequiredSetting, t: Text): string {
  if (path in REQUIRED_SETTINGS)
    return t(`setting.${path as keyof typeof REQUIRED_SETTINGS}`);
  return path.startsWith(INSTANCE)
    ? t('instanceValue', { name: path.slice(INSTANCE.length) })
    : path;
}

/** Shows the backend's text where it holds facts that the status has no field for. */
const TEXTS: Record<
  StatusReason,
  (status: DatasourceStatus, t: Text) => ReactNode
> = {
  missing_settings: (status, t) =>
    status.missing?.length
      ? t('reason.missing', {
          labels: status.missing.map(path => settingLabel(path, t)).join(', '),
        })
      : status.reason,
  unreadable: backendText,
  refused: ({ noResponse }, t) =>
    t(noResponse ? 'reason.refusedNoResponse' : 'reason.refused'),
  doubtful: (_, t) => t('reason.doubtful'),
  settings_changed: (_, t) => t('reason.settingsChanged'),
  none: ({ lastError }, t) => {
    if (!lastError) return t('reason.none');
    const { title: problem, attempts } = lastError;
    return attempts > 1
      ? t('reason.noneFailedOften', { problem, attempts: `${attempts}` })
      : t('reason.noneFailed', { problem });
  },
  cleared: backendText,
  renewal_failing: backendText,
  rejected_by_api: backendText,
  expired: (status, t) => {
    const time = expiryOf(status);
    return time ? t('reason.expired', { time }) : status.reason;
  },
  quarantined: (_, t) => t('reason.quarantined'),
  valid: (status, t) => {
    const time = expiryOf(status);
    if (!time) return t('reason.noExpiry');
    return status.renewable
      ? t('reason.validRenewable', { time })
      : t('reason.validFinal', { time });
  },
  no_expiry: (_, t) => t('reason.noExpiry'),
  renews_on_use: (_, t) => t('reason.renewsOnUse'),
};

/**
 * Why a datasource has its status, in one sentence. Reasons that only the backend knows (who cleared it, how often a
 * renewal failed) are shown in its words.
 *
 * @public
 */
export const ReasonLine = ({ status }: ReasonLineProps) => {
  const { t } = useTranslationRef(datasourceAuthReactTranslationRef);
  // During an upgrade the backend can be newer than this page and name a reason that the page doesn't know.
  const text = TEXTS[status.reasonCode] ?? backendText;
  return <>{text(status, t)}</>;
};
