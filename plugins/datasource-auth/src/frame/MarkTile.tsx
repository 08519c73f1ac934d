import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  tile: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    flex: 'none',
    borderRadius: '22%',
    fontWeight: 700,
    lineHeight: 1,
    // A logo keeps its colors in high contrast, with which it is readable.
    forcedColorAdjust: 'none',
  },
});

/** Props of {@link MarkTile}. */
export interface MarkTileProps {
  size?: number;
  background?: string;
  color?: string;
  children?: ReactNode;
}

/** The square of a mark. */
export const MarkTile = (props: MarkTileProps) => {
  const { size = 24, background, color, children } = props;
  const classes = useStyles();
  return (
    <span
      aria-hidden
      className={classes.tile}
      style={{
        width: size,
        height: size,
        fontSize: size * 0.55,
        backgroundColor: background,
        color,
      }}
    >
      {children}
    </span>
  );
};
