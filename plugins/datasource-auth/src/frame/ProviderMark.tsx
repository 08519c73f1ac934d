import { makeStyles } from '@material-ui/core/styles';

/** White text is readable on each color, and each stands out on light and dark backgrounds. */
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
    // Rendered as generated content, so that it isn't read aloud or found by a search.
    '&::before': { content: 'attr(data-letter)' },
  },
});

/** Props of {@link ProviderMark}. */
export interface ProviderMarkProps {
  /** Its first letter is shown. */
  title: string;
  /** Determines the color, so that one provider always has the same. Defaults to the title. */
  host?: string;
}

/**
 * Helps to recognize a provider: a letter on a colored background, because logos are trademarks. It repeats the text
 * next to it, so it is hidden from screen readers.
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

/** Returns the last two labels of a host, so that all hosts of one domain have the same color. */
function colourOf(name: string): number {
  const domain = name.replace(/:\d+$/, '').split('.').slice(-2).join('.');
  // FNV-1a, which gives different results even for names that differ in one letter.
  let hash = 0x811c9dc5;
  for (const letter of domain) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  }
  return (hash >>> 16) % COLOURS.length;
}
