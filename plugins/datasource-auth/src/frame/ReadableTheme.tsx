import { ReactNode } from 'react';
import { Theme, ThemeProvider } from '@material-ui/core/styles';

/** Material UI's own grey and red, which are too faint on Backstage's backgrounds (WCAG 1.4.3 asks for 4.5 to 1). */
const FAINT = { grey: 'rgba(0, 0, 0, 0.54)', red: '#f44336' };

const READABLE = {
  grey: 'rgba(0, 0, 0, 0.62)',
  red: { light: '#c62828', dark: '#ff8a80' },
};

const AT_REST = {
  '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
};

/** What turns or runs for as long as something is under way. */
const STILL: Theme['overrides'] = {
  MuiCircularProgress: { indeterminate: AT_REST, circleIndeterminate: AT_REST },
  MuiLinearProgress: { bar1Indeterminate: AT_REST, bar2Indeterminate: AT_REST },
};

/** An app with colours of its own has chosen them: only what nobody chose is mended. */
function readable(theme: Theme): Theme {
  const { palette, overrides } = theme;
  const { text, error, type } = palette;
  return {
    ...theme,
    overrides: { ...STILL, ...overrides },
    palette: {
      ...palette,
      text: {
        ...text,
        secondary:
          text.secondary === FAINT.grey ? READABLE.grey : text.secondary,
      },
      error: {
        ...error,
        main: error.main === FAINT.red ? READABLE.red[type] : error.main,
      },
    },
  };
}

/**
 * The theme of the app, with two colours mended that are too faint to be read by everybody, and at rest for who asked
 * for reduced motion.
 */
export const ReadableTheme = ({ children }: { children: ReactNode }) => (
  <ThemeProvider theme={readable}>{children}</ThemeProvider>
);
