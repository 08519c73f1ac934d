import { ReactNode } from 'react';
import { Theme, ThemeProvider } from '@material-ui/core/styles';

/**
 * Material UI's default gray and red have too little contrast on Backstage's backgrounds (WCAG 1.4.3 requires 4.5 to
 * 1).
 */
const FAINT = { grey: 'rgba(0, 0, 0, 0.54)', red: '#f44336' };

const READABLE = {
  grey: 'rgba(0, 0, 0, 0.62)',
  red: { light: '#c62828', dark: '#ffb4ab' },
};

const AT_REST = {
  '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
};

/** Animations that run while something is loading. */
const STILL: Theme['overrides'] = {
  MuiCircularProgress: { indeterminate: AT_REST, circleIndeterminate: AT_REST },
  MuiLinearProgress: { bar1Indeterminate: AT_REST, bar2Indeterminate: AT_REST },
};

/**
 * Corrects only defaults; what an app customized in its palette or components is kept. Buttons are in sentence case:
 * Material UI's capitals change the names of hosts and protocols, and are harder to read.
 */
function readable(theme: Theme): Theme {
  const { palette, overrides, typography } = theme;
  const { text, error, type } = palette;
  return {
    ...theme,
    overrides: { ...STILL, ...overrides },
    typography: {
      ...typography,
      button: { ...typography.button, textTransform: 'none' },
    },
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
 * The app's theme, with two low-contrast colors corrected, buttons in sentence case, and without animations for users
 * who prefer reduced motion.
 */
export const ReadableTheme = ({ children }: { children: ReactNode }) => (
  <ThemeProvider theme={readable}>{children}</ThemeProvider>
);
