import { KeyboardEvent, useRef, useState } from 'react';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import DoneIcon from '@material-ui/icons/Done';
import { useAnnounce, useElementId } from '../frame';
import { useText } from '../translation';
import { LABEL_ABOVE } from './labelAbove';

/** With more scopes, there is a filter. */
const MANY = 12;

const useStyles = makeStyles(theme => ({
  scopes: {
    listStyle: 'none',
    maxHeight: 320,
    overflowY: 'auto',
    margin: theme.spacing(0.5, 0, 1),
    // The ring of the focus needs room.
    padding: theme.spacing(0.5),
  },
  scope: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1),
    marginBottom: theme.spacing(0.75),
  },
  plain: { display: 'inline-flex', marginRight: theme.spacing(0.75) },
  // Two columns, so that every description starts at the same place.
  explained: {
    display: 'grid',
    gridTemplateColumns: 'fit-content(60%) 1fr',
    alignItems: 'baseline',
    gap: theme.spacing(0.75, 1),
    '& $scope': { display: 'contents' },
    '& $plain': { display: 'block', gridColumn: '1 / -1' },
    [theme.breakpoints.down('xs')]: { display: 'block' },
  },
  // Some themes give every chip a margin.
  chip: {
    maxWidth: '100%',
    margin: 0,
    justifySelf: 'start',
    fontFamily: 'monospace',
  },
  meaning: { flex: '1 1 160px' },
}));

/** A scope to choose. */
export interface OfferedScope {
  scope: string;
  /** What it allows. */
  description?: string;
}

/** Props of {@link ScopePicker}. */
export interface ScopePickerProps {
  /** Accessible name of the group. */
  label: string;
  offered: OfferedScope[];
  /** The selected scopes. Those that aren't offered are shown too. */
  value: string[];
  onChange: (value: string[]) => void;
}

/**
 * Scopes as chips to tick, with what they mean. Arrow keys move, Space and Enter tick, Delete unticks. Show a text field
 * beside it, for people who prefer to type.
 */
export const ScopePicker = (props: ScopePickerProps) => {
  const { label, offered, value, onChange } = props;
  const t = useText();
  const announce = useAnnounce();
  const classes = useStyles();
  const id = useElementId();
  const list = useRef<HTMLUListElement>(null);
  const [filter, setFilter] = useState('');
  const [current, setCurrent] = useState(0);
  // An unticked scope stays, so that it can be ticked again.
  const [unticked, setUnticked] = useState<string[]>([]);

  const known = new Set(offered.map(({ scope }) => scope));
  const others = [...new Set([...value, ...unticked])].filter(
    scope => !known.has(scope),
  );
  const all: OfferedScope[] = [...offered, ...others.map(scope => ({ scope }))];
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = all.filter(({ scope, description = '' }) =>
    words.every(word => `${scope} ${description}`.toLowerCase().includes(word)),
  );
  if (!all.length) return null;

  // One chip is in the tab order.
  const at = Math.min(current, shown.length - 1);
  const untick = (scope: string) => {
    setUnticked([...unticked, scope]);
    onChange(value.filter(each => each !== scope));
    announce(t('picker.scopes.removed', { scope }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[
      event.key
    ];
    if (!by) return;
    event.preventDefault();
    const next = (at + by + shown.length) % shown.length;
    setCurrent(next);
    list.current
      ?.querySelectorAll<HTMLElement>('[role=checkbox]')
      [next]?.focus();
  };
  return (
    <>
      {all.length > MANY && (
        <TextField
          id={`${id}-filter`}
          type="search"
          label={t('picker.scopes.filter')}
          variant="outlined"
          size="small"
          margin="dense"
          InputLabelProps={LABEL_ABOVE}
          value={filter}
          onChange={event => setFilter(event.target.value)}
        />
      )}
      <ul
        ref={list}
        className={`${classes.scopes} ${
          shown.some(({ description }) => description) ? classes.explained : ''
        }`}
        aria-label={label}
      >
        {shown.map(({ scope, description }, index) => {
          const isTicked = value.includes(scope);
          return (
            <li
              key={scope}
              className={`${classes.scope} ${description ? '' : classes.plain}`}
            >
              <Chip
                size="small"
                variant={isTicked ? 'default' : 'outlined'}
                color={isTicked ? 'primary' : 'default'}
                icon={isTicked ? <DoneIcon /> : undefined}
                label={scope}
                className={classes.chip}
                role="checkbox"
                aria-checked={isTicked}
                aria-describedby={description && `${id}-${index}`}
                tabIndex={index === at ? 0 : -1}
                clickable
                onFocus={() => setCurrent(index)}
                onKeyDown={event => {
                  const removes = ['Delete', 'Backspace'].includes(event.key);
                  if (removes && isTicked) untick(scope);
                  else onKeyDown(event);
                }}
                onClick={() =>
                  isTicked ? untick(scope) : onChange([...value, scope])
                }
              />
              {description && (
                <Typography
                  id={`${id}-${index}`}
                  variant="body2"
                  color="textSecondary"
                  className={classes.meaning}
                >
                  {description}
                </Typography>
              )}
            </li>
          );
        })}
      </ul>
      {!shown.length && (
        <Typography variant="body2" gutterBottom>
          {t('picker.scopes.none')}
        </Typography>
      )}
    </>
  );
};
