import { gzipSync } from 'node:zlib';
import { createTheme, getContrastRatio } from '@material-ui/core/styles';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- only this test runs it, in Node.js; the page never imports it
import { generatedPage } from 'runner/testUtils';
import * as simpleIcons from 'simple-icons';
import { BRANDS } from './brandOf';

/*
 * To add a logo, add the name of the brand in Simple Icons to brands.json, then run make docs. The file holds copies,
 * because the package has thousands of logos, and not every bundler leaves the others out.
 */

const ICONS = new Map(
  Object.values(simpleIcons).map(icon => [icon.slug, icon]),
);

const icons = [...BRANDS.keys()].sort().map(name => {
  const icon = ICONS.get(name);
  if (!icon) throw new Error(`Simple Icons has no logo of ${name}`);
  return icon;
});

const copies = Object.fromEntries(
  icons.map(({ slug, hex, path }) => [slug, { color: `#${hex}`, path }]),
);

/** What the licenses of the logos and trademarks ask for. */
const NOTICE = `datasource-auth

The page of the plugin shows logos of Simple Icons (https://simpleicons.org), licensed under CC0 1.0.

The following names and logos are trademarks of their owners. They are used to identify the products, and don't
imply that the owners endorse this project or are affiliated with it.

${icons.map(({ title }) => `- ${title}`).join('\n')}
`;

describe('the logos', () => {
  it.each([
    ['plugins/datasource-auth/src/frame/brands.json', copies],
    ['NOTICE', NOTICE],
    ['plugins/datasource-auth/NOTICE', NOTICE],
  ])('are in %s as in Simple Icons; if not: make docs', (path, content) => {
    const { actual, expected } = generatedPage(
      path,
      typeof content === 'string'
        ? content
        : `${JSON.stringify(content, null, 2)}\n`,
    );
    expect(actual).toBe(expected);
  });

  it('have no license of their own besides CC0', () => {
    expect(icons.filter(({ license }) => license)).toEqual([]);
  });

  it('are simple, because the page has a limit of size: others get a letter', () => {
    const sizes = icons.map(({ slug, path }) => [slug, gzipSync(path).length]);
    expect(sizes.filter(([, bytes]) => Number(bytes) > 1_000)).toEqual([]);
  });

  it('are readable on their color in every theme, with a contrast of 3 to 1', () => {
    for (const type of ['light', 'dark'] as const) {
      const { palette } = createTheme({ palette: { type } });
      for (const [name, { color }] of Object.entries(copies)) {
        const shape = palette.getContrastText(color);
        // The dark color of Material UI isn't fully opaque.
        const seen = shape.startsWith('rgba') ? '#212121' : shape;
        expect([name, getContrastRatio(seen, color) >= 3]).toEqual([
          name,
          true,
        ]);
      }
    }
  });
});
