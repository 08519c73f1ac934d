import Button from '@material-ui/core/Button';
import { createTheme, ThemeProvider } from '@material-ui/core/styles';
import { render, screen } from '@testing-library/react';
import { ReadableTheme } from './ReadableTheme';

const showIn = (theme: ReturnType<typeof createTheme>) =>
  render(
    <ThemeProvider theme={theme}>
      <ReadableTheme>
        <Button>Test connection</Button>
      </ReadableTheme>
    </ThemeProvider>,
  );

describe('ReadableTheme', () => {
  it("shows buttons in sentence case instead of Material UI's capitals", () => {
    showIn(createTheme());
    expect(screen.getByRole('button')).toHaveStyle({ textTransform: 'none' });
  });

  it('keeps the buttons of an app that customized them', () => {
    showIn(
      createTheme({
        overrides: { MuiButton: { root: { textTransform: 'uppercase' } } },
      }),
    );
    expect(screen.getByRole('button')).toHaveStyle({
      textTransform: 'uppercase',
    });
  });
});
