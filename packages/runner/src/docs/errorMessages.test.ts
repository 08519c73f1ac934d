import { DIAGNOSES } from 'backstage-plugin-datasource-auth-common';
import { errorMessagesPage } from './__testUtils__/errorMessagesPage';
import { generatedPage } from './__testUtils__/generated';
import { sourcesOf } from './__testUtils__/messages';

describe('docs/error-messages.md', () => {
  it('matches the messages in the code; if it fails, run make docs', () => {
    const { actual, expected } = generatedPage(
      'docs/error-messages.md',
      errorMessagesPage(),
    );
    expect(actual).toBe(expected);
  });

  it('lists every title of a diagnosis (4c.11)', () => {
    const page = errorMessagesPage();
    const titles = Object.values(DIAGNOSES).map(({ title }) =>
      title.replace(/\{\{\w+\}\}/g, '…'),
    );
    expect(titles.length).toBeGreaterThan(70);
    expect(titles.filter(title => !page.includes(`\`${title}\``))).toEqual([]);
  });

  it('misses no failure, because the backend takes the texts of each from the catalog', () => {
    const own = sourcesOf('plugins/datasource-auth-backend/src').flatMap(
      source => source.match(/\b(?:cause|remedy):\s*\[?\s*['"`].*/g) ?? [],
    );
    expect(own).toEqual([]);
  });

  it('finds no error of the API in English alone', () => {
    const english = /new Datasource\w*Error\(\s*['"`].*/g;
    expect("throw new DatasourceAuthError(\n  'No', {".match(english)).toEqual([
      expect.any(String),
    ]);
    const own = sourcesOf('plugins/datasource-auth-backend/src').flatMap(
      source => source.match(english) ?? [],
    );
    expect(own).toEqual([]);
  });
});
