import { forwardRef, KeyboardEvent, useState } from 'react';
import { Preset } from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useElementId } from '../frame';
import { useText } from '../translation';
import { nextInGrid } from './nextInGrid';
import { PresetTile } from './PresetTile';

const useStyles = makeStyles(theme => ({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 260px), 1fr))',
    gap: theme.spacing(1.5),
    listStyle: 'none',
    padding: 0,
    margin: theme.spacing(1.5, 0, 0),
    [theme.breakpoints.up('sm')]: { gridAutoRows: '1fr' },
  },
  heading: { marginTop: theme.spacing(3), fontWeight: 600 },
}));

/** Props of {@link PresetTiles}. */
export interface PresetTilesProps {
  /** In display order, popular ones first. */
  presets: Preset[];
  /** Whether popular ones have a list of their own. */
  grouped: boolean;
  /** Called on the key Up in the first row. */
  onLeave: () => void;
}

/** The providers as tiles. They are one stop of Tab, and arrow keys move between them. */
export const PresetTiles = forwardRef<HTMLDivElement, PresetTilesProps>(
  ({ presets, grouped, onLeave }, ref) => {
    const t = useText();
    const classes = useStyles();
    const id = useElementId();
    const [last, setLast] = useState<string>();
    const { id: stop } = presets.find(each => each.id === last) ??
      presets[0] ?? { id: undefined };

    const move = (event: KeyboardEvent<HTMLDivElement>) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (ctrlKey || metaKey || altKey || shiftKey) return;
      // Links of one row can be at different heights, but not their tiles.
      const items = [...event.currentTarget.querySelectorAll('li')];
      const focused = document.activeElement?.closest('li') ?? null;
      const next = nextInGrid(items, focused, key);
      if (!next) return;
      event.preventDefault();
      if (next === 'before') onLeave();
      else next.querySelector('a')?.focus();
    };

    const tiles = (items: Preset[], label: object) => (
      <ul className={classes.grid} {...label}>
        {items.map(preset => (
          <li key={preset.id}>
            <PresetTile
              preset={preset}
              tabbable={preset.id === stop}
              onFocus={setLast}
            />
          </li>
        ))}
      </ul>
    );
    const section = (name: 'popular' | 'more', items: Preset[]) => (
      <section aria-labelledby={`${id}-${name}`}>
        <Typography
          id={`${id}-${name}`}
          variant="subtitle1"
          component="h3"
          className={classes.heading}
        >
          {t(`gallery.${name}`)}
        </Typography>
        {tiles(items, { 'aria-labelledby': `${id}-${name}` })}
      </section>
    );
    const popular = presets.filter(preset => preset.popular);
    const more = presets.filter(preset => !preset.popular);
    return (
      // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the links are focused, and keys move between them
      <div ref={ref} onKeyDown={move}>
        {grouped && popular.length && more.length ? (
          <>
            {section('popular', popular)}
            {section('more', more)}
          </>
        ) : (
          tiles(presets, { 'aria-label': t('gallery.list') })
        )}
      </div>
    );
  },
);
