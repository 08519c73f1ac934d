import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { LinkButton, Progress } from '@backstage/core-components';
import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { LoadFailure } from '../failures/LoadFailure';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { usePaths, ViewFrame } from '../frame';
import { useText } from '../translation';
import { ACCESSES } from './access';
import { PresetCards } from './PresetCards';
import { searchPresets } from './searchPresets';
import { usePresets } from './usePresets';

/** Parameter of the address, so that a filtered gallery can be linked. */
const ACCESS = 'access';

/** The gallery of providers with a preset. */
export const GalleryPage = () => {
  const t = useText();
  const paths = usePaths();
  const [search, setSearch] = useState('');
  const { value, error, loading } = usePresets();
  const [params, setParams] = useSearchParams();
  const access = ACCESSES.find(each => each === params.get(ACCESS));
  const found = searchPresets(value?.presets ?? [], search, access);
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
          <Box display="flex" flexWrap="wrap" style={{ gap: 12 }}>
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
            <TextField
              select
              id="datasource-auth-provider-access"
              label={t('gallery.filterAccess')}
              variant="outlined"
              size="small"
              SelectProps={{ native: true }}
              InputLabelProps={{ shrink: true }}
              value={access ?? ''}
              onChange={({ target }) =>
                setParams(target.value ? { [ACCESS]: target.value } : {}, {
                  replace: true,
                })
              }
            >
              <option value="">{t('gallery.anyAccess')}</option>
              {ACCESSES.map(each => (
                <option key={each} value={each}>
                  {t(`gallery.access.${each}`)}
                </option>
              ))}
            </TextField>
          </Box>
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
