import { ReactNode } from 'react';
import { jssPreset, StylesProvider } from '@material-ui/core/styles';
import { create } from 'jss';

/** What brings values that depend on props up to date, in style sheets that are not there. */
const keepsUpToDate = (plugin: object) => 'onUpdate' in plugin;

/** Names classes, and writes no style sheet for them. */
const jss = create({
  plugins: jssPreset().plugins.filter(plugin => !keepsUpToDate(plugin)),
  Renderer: null,
});
const sheets = new Map();

/** What is below has its classes, but no style sheets, of which jsdom would ask every rule for every query by role. */
export const WithoutStyleSheets = ({ children }: { children: ReactNode }) => (
  <StylesProvider jss={jss} sheetsManager={sheets}>
    {children}
  </StylesProvider>
);
