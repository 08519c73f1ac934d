import { ReactNode } from 'react';
import { Theme, ThemeProvider } from '@material-ui/core/styles';

/** Material UI's own grey and red, which are too faint on Backstage's backgrounds (WCAG 1.4.3 asks for 4.5 to 1). */
const FAINT = { grey: 'rgba(0, 0, 0, 0.54)', red: '#f44336' };

const READABLE = {
  grey: 'rgba(0, 0, 0, 0.62)',
  red: { light: '#c62828', dark: '#ff8a80' },
};

/** An app with colours of its own has chosen them: only what nobody chose is mended. */
function readable(theme: Theme): Theme {
  const { palette } = theme;
  const { text, error, type } = palette;
  return {
    ...theme,
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

/** The theme of the app, with two colours mended that are too faint to be read by everybody. */
export const ReadableTheme = ({ children }: { children: ReactNode }) => (
  <ThemeProvider theme={readable}>{children}</ThemeProvider>
);
