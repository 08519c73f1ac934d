import { DatasourceDrift } from 'backstage-plugin-datasource-auth-common';
import { Notice } from '../frame';
import { useText } from '../translation';

/** Shows how a datasource differs from app-config. */
export const DriftNotice = ({ drift }: { drift: DatasourceDrift }) => {
  const t = useText();
  const { kind, settings } = drift;
  return (
    <Notice severity="warning">
      {t(`detail.drift.${kind}`)}{' '}
      {settings.length > 0 &&
        t('detail.drift.settings', { settings: settings.join(', ') })}
      {settings.length === 0 &&
        kind === 'declaration_unused' &&
        t('detail.drift.same')}
    </Notice>
  );
};
