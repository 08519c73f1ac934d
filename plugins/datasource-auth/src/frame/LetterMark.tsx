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
  /** Its first letter is shown. Its first word determines the color, so that one provider always has the same. */
  title: string;
  size?: number;
}

/** A letter on a colored background, for providers without a logo. */
export const LetterMark = ({ title, size }: LetterMarkProps) => {
  const classes = useStyles();
  const [word] = title.trim().split(/\s/);
  return (
    <MarkTile size={size} background={COLORS[colorOf(word)]} color="#fff">
      <span
        className={classes.letter}
        data-letter={[...word][0]?.toUpperCase()}
      />
    </MarkTile>
  );
};

function colorOf(word: string): number {
  // FNV-1a, which gives different results even for words that differ in one letter.
  let hash = 0x811c9dc5;
  for (const letter of word) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  }
  return (hash >>> 16) % COLORS.length;
}
