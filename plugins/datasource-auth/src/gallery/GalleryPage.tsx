import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { Progress } from '@backstage/core-components';
import { useDatasources } from 'backstage-plugin-datasource-auth-react';
import InputAdornment from '@material-ui/core/InputAdornment';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import SearchIcon from '@material-ui/icons/Search';
import { LoadFailure } from '../failures/LoadFailure';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { Notice, usePaths, ViewFrame } from '../frame';
import { useText } from '../translation';
import { ACCESSES } from './access';
import { AccessFilter } from './AccessFilter';
import { OtherWays } from './OtherWays';
import { PresetTiles } from './PresetTiles';
import { searchPresets } from './searchPresets';
import { usePresets } from './usePresets';

/** Parameter of the address, so that a filtered gallery can be linked. */
const ACCESS = 'access';

const ONE = { limit: 1 };

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(1),
  },
  nothing: { flexBasis: '100%' },
  search: {
    flex: '1 1 280px',
    maxWidth: 480,
    backgroundColor: theme.palette.background.paper,
  },
}));

/** Starts a new datasource: the gallery of providers with a preset, and links to other ways. */
export const GalleryPage = () => {
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  const navigate = useNavigate();
  const tiles = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState('');
  // A key that is pressed before the presets arrive waits for them.
  const [pressed, setPressed] = useState<'Enter' | 'ArrowDown'>();
  const { value, error, loading } = usePresets();
  const { value: list } = useDatasources(ONE);
  const [params, setParams] = useSearchParams();
  const access = ACCESSES.find(each => each === params.get(ACCESS));
  const found = searchPresets(value?.presets ?? [], search, access);
  const title = t('gallery.title');

  useEffect(() => {
    if (!pressed || !value) return;
    setPressed(undefined);
    if (document.activeElement !== field.current) return;
    if (pressed === 'ArrowDown') tiles.current?.querySelector('a')?.focus();
    else if (search.trim() && found.length)
      navigate(paths.provider(found[0].id));
  }, [pressed, value, search, found, navigate, paths]);
  return (
    <ViewFrame
      title={title}
      subtitle={t('gallery.subtitle')}
      breadcrumbs={<Breadcrumbs last={title} />}
    >
      {list && !list.mayCreate && (
        <Notice severity="warning">{t('gallery.mayNot')}</Notice>
      )}
      {error ? (
        <LoadFailure error={error} />
      ) : (
        <>
          {/* Shown before the presets, because a field that appears later would take the focus from another place. */}
          <form
            role="search"
            className={classes.bar}
            onSubmit={event => {
              event.preventDefault();
              setPressed('Enter');
            }}
          >
            <TextField
              id="datasource-auth-provider-search"
              type="search"
              inputRef={field}
              autoFocus // eslint-disable-line jsx-a11y/no-autofocus -- most people know the name of their provider
              autoComplete="off"
              placeholder={t('gallery.searchExample')}
              variant="outlined"
              size="small"
              className={classes.search}
              inputProps={{ 'aria-label': t('gallery.search') }}
              InputProps={{
                startAdornment: (
                  <InputAdornment position="start">
                    <SearchIcon fontSize="small" />
                  </InputAdornment>
                ),
              }}
              value={search}
              onChange={event => {
                setSearch(event.target.value);
                setPressed(undefined);
              }}
              onKeyDown={event => {
                if (event.key !== 'ArrowDown') return;
                event.preventDefault();
                setPressed('ArrowDown');
              }}
            />
            <AccessFilter
              value={access}
              onChange={chosen =>
                setParams(chosen ? { [ACCESS]: chosen } : {}, {
                  replace: true,
                })
              }
            />
            <Typography
              variant="body2"
              color="textSecondary"
              role="status"
              className={value && !found.length ? classes.nothing : undefined}
            >
              {value &&
                (found.length
                  ? t('gallery.found', { count: found.length })
                  : t('gallery.nothing'))}
            </Typography>
          </form>
          {loading && <Progress aria-label={t('gallery.loading')} />}
          {value && (
            <PresetTiles
              ref={tiles}
              presets={found}
              grouped={!search.trim()}
              onLeave={() => field.current?.focus()}
            />
          )}
        </>
      )}
      <OtherWays />
    </ViewFrame>
  );
};
