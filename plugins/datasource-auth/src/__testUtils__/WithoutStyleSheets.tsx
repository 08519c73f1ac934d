import { ReactNode } from 'react';
import { jssPreset, StylesProvider } from '@material-ui/core/styles';
import { create } from 'jss';

/** Updates props-dependent values in style sheets, which don't exist here. */
const keepsUpToDate = (plugin: object) => 'onUpdate' in plugin;

/** Generates class names without writing style sheets. */
const jss = create({
  plugins: jssPreset().plugins.filter(plugin => !keepsUpToDate(plugin)),
  Renderer: null,
});
const sheets = new Map();

/**
 * Renders its children with class names but without style sheets: jsdom would evaluate every rule for every query by
 * role.
 */
export const WithoutStyleSheets = ({ children }: { children: ReactNode }) => (
  <StylesProvider jss={jss} sheetsManager={sheets}>
    {children}
  </StylesProvider>
);
