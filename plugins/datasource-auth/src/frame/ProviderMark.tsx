import { makeStyles } from '@material-ui/core/styles';

/** White is readable on each, and each is to be seen on light and dark paper. */
const COLOURS = [
  ...['#1f5493', '#1b6b34', '#8a4b00', '#7a1f5c'],
  ...['#4a3aa7', '#00605f', '#a02c2c', '#4d5b66'],
];

const useStyles = makeStyles({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    flex: 'none',
    width: 24,
    height: 24,
    borderRadius: 4,
    color: '#fff',
    fontSize: '0.875rem',
    fontWeight: 700,
    forcedColorAdjust: 'none',
    // Not text of the page: it would be read aloud, and be found by a search.
    '&::before': { content: 'attr(data-letter)' },
  },
});

/** Props of {@link ProviderMark}. */
export interface ProviderMarkProps {
  /** Its first letter is shown. */
  title: string;
  /** Decides about the colour: what belongs to one provider has one. The title where there is none. */
  host?: string;
}

/**
 * What the eye finds a provider again by: a letter in a colour of its own. Logos are their owners'. It says nothing that
 * does not stand beside it, so it is hidden from whoever cannot see it.
 */
export const ProviderMark = ({ title, host }: ProviderMarkProps) => {
  const classes = useStyles();
  return (
    <span
      aria-hidden
      className={classes.mark}
      style={{ backgroundColor: COLOURS[colourOf(host ?? title)] }}
      data-letter={[...title.trim()][0]?.toUpperCase()}
    />
  );
};

/** The same for all hosts of one domain, as far as the last two labels tell. */
function colourOf(name: string): number {
  const domain = name.replace(/:\d+$/, '').split('.').slice(-2).join('.');
  // FNV-1a, which parts even names that differ in one letter.
  let hash = 0x811c9dc5;
  for (const letter of domain) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  }
  return (hash >>> 16) % COLOURS.length;
}
