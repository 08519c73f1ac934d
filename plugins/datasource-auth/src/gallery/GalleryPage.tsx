import { useState } from 'react';
import { LinkButton, Progress } from '@backstage/core-components';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { LoadFailure } from '../failures/LoadFailure';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { usePaths, ViewFrame } from '../frame';
import { useText } from '../translation';
import { PresetCards } from './PresetCards';
import { searchPresets } from './searchPresets';
import { usePresets } from './usePresets';

/** The gallery of providers with a preset. */
export const GalleryPage = () => {
  const t = useText();
  const paths = usePaths();
  const [search, setSearch] = useState('');
  const { value, error, loading } = usePresets();
  const found = searchPresets(value?.presets ?? [], search);
  const title = t('gallery.title');
  return (
    <ViewFrame
      title={title}
      subtitle={t('gallery.subtitle')}
      breadcrumbs={<Breadcrumbs last={title} />}
      actions={
        <LinkButton variant="outlined" to={paths.create}>
          {t('gallery.startBlank')}
        </LinkButton>
      }
    >
      {loading && <Progress aria-label={t('gallery.loading')} />}
      {error && <LoadFailure error={error} />}
      {value && (
        <>
          <TextField
            id="datasource-auth-provider-search"
            type="search"
            label={t('gallery.search')}
            variant="outlined"
            size="small"
            fullWidth
            style={{ maxWidth: 480 }}
            value={search}
            onChange={event => setSearch(event.target.value)}
          />
          <Typography variant="body2" role="status" gutterBottom>
            {found.length
              ? t('gallery.found', { count: found.length })
              : t('gallery.nothing')}
          </Typography>
          <PresetCards presets={found} />
        </>
      )}
    </ViewFrame>
  );
};
