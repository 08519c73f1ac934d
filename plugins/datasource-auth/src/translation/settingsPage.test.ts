// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- only the test of docs/settings.md runs this, in Node.js; the page never imports it
import { generatedPage } from 'runner/testUtils';
import { FIELD_LIST } from '../kinds';
import { settingsPage } from './__testUtils__/settingsPage';

describe('docs/settings.md', () => {
  it("lists every setting with its texts on the page; if it doesn't: make docs", () => {
    const { actual, expected } = generatedPage(
      'docs/settings.md',
      settingsPage(),
    );
    expect(actual).toBe(expected);
  });

  it('names every editable setting once', () => {
    const paths = FIELD_LIST.filter(({ kind }) => kind !== 'kept').map(
      ({ path }) => path,
    );
    const listed = [...settingsPage().matchAll(/^\| `([\w.]+)`/gm)];
    expect(listed.map(([, path]) => path).sort()).toEqual(paths.sort());
  });
});
