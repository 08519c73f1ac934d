import { makeStyles } from '@material-ui/core/styles';
import { MarkTile } from './MarkTile';

/** White text is readable on each color, and each stands out on light and dark backgrounds. */
const COLORS = [
  ...['#1f5493', '#1b6b34', '#0a6691', '#7a1f5c'],
  ...['#4a3aa7', '#00605f', '#a02c2c', '#4d5b66'],
];

const useStyles = makeStyles({
  // Rendered as generated content, so that it isn't read aloud or found by a search.
  letter: { '&::before': { content: 'attr(data-letter)' } },
});

/** Props of {@link LetterMark}. */
export interface LetterMarkProps {
  /** Its first letter is shown. */
  title: string;
  /** Determines the color, so that one provider always has the same. Defaults to the first word of the title. */
  host?: string;
  size?: number;
}

/** A letter on a colored background, for providers without a logo. */
export const LetterMark = ({ title, host, size }: LetterMarkProps) => {
  const classes = useStyles();
  const [word] = title.trim().split(/\s/);
  return (
    <MarkTile
      size={size}
      background={COLORS[colorOf(host ?? word)]}
      color="#fff"
    >
      <span
        className={classes.letter}
        data-letter={[...word][0]?.toUpperCase()}
      />
    </MarkTile>
  );
};

/** Uses the last two labels of a host, so that all hosts of one domain have the same color. */
function colorOf(name: string): number {
  const domain = name.replace(/:\d+$/, '').split('.').slice(-2).join('.');
  // FNV-1a, which gives different results even for names that differ in one letter.
  let hash = 0x811c9dc5;
  for (const letter of domain) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  }
  return (hash >>> 16) % COLORS.length;
}
