import { useParams } from 'react-router-dom';
import { LinkButton, Progress } from '@backstage/core-components';
import { LoadFailure } from '../failures/LoadFailure';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { Notice, usePaths, ViewFrame } from '../frame';
import { useText } from '../translation';
import { PresetView } from './PresetView';
import { usePresets } from './usePresets';

/** Page of one preset: its settings, the registration steps, and the link to the editor. */
export const PresetPage = () => {
  const t = useText();
  const paths = usePaths();
  const { provider = '' } = useParams();
  const { value, error, loading } = usePresets();
  const preset = value?.presets.find(({ id }) => id === provider);
  const title = preset?.title ?? provider;
  return (
    <ViewFrame
      title={title}
      subtitle={preset?.caveat}
      breadcrumbs={<Breadcrumbs last={title} />}
      actions={
        <LinkButton variant="outlined" to={paths.gallery}>
          {t('gallery.toGallery')}
        </LinkButton>
      }
    >
      {loading && <Progress aria-label={t('gallery.loading')} />}
      {error && <LoadFailure error={error} />}
      {value && !preset && (
        <Notice severity="warning">{t('gallery.unknown')}</Notice>
      )}
      {value && preset && (
        <PresetView
          key={preset.id}
          preset={preset}
          callbackUrl={value.health?.callbackUrl}
          passwordGrantEnabled={value.health?.passwordGrantEnabled ?? true}
        />
      )}
    </ViewFrame>
  );
};
