import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { inRepository } from '../repository';
import { MarkdownPage } from './__testUtils__/MarkdownPage';

/** Bytes. A page with many pictures must load quickly. */
const LARGEST_PICTURE = 150_000;

const LONGEST_PAGE = 250;

/** Pages that a program writes. */
const GENERATED = [
  'docs/http-api.md',
  'docs/performance.md',
  'docs/reliability.md',
  'docs/settings.md',
];

const pages = MarkdownPage.all().map(page => [page.path, page] as const);

describe('the documentation', () => {
  it.each(pages)('%s has no broken links', (_path, page) => {
    expect(page.brokenLinks).toEqual([]);
  });

  it('has the same pages as the navigation of the site', () => {
    const { nav } = parse(readFileSync(inRepository('mkdocs.yml'), 'utf8'));
    const files = JSON.stringify(nav).match(/[\w-]+\.md/g)!;
    expect(files.map(file => `docs/${file}`).sort()).toEqual(
      MarkdownPage.docs()
        .map(({ path }) => path)
        .sort(),
    );
  });

  it('links to every page from the first page', () => {
    const { text } = MarkdownPage.read('docs/index.md');
    const missing = MarkdownPage.docs()
      .map(({ path }) => path.replace('docs/', ''))
      .filter(name => name !== 'index.md' && !text.includes(`(${name})`));
    expect(missing).toEqual([]);
  });

  it('shows small pictures', () => {
    const pictures = MarkdownPage.all().flatMap(page => page.pictures);
    expect(pictures.length).toBeGreaterThan(5);
    for (const picture of pictures) {
      const { size } = statSync(inRepository(picture));
      expect([picture, size < LARGEST_PICTURE]).toEqual([picture, true]);
    }
  });

  it.each(pages.filter(([path]) => !GENERATED.includes(path)))(
    '%s has at most 250 lines',
    (_path, { text }) => {
      expect(text.split('\n').length).toBeLessThanOrEqual(LONGEST_PAGE);
    },
  );

  it('has a README of at most 150 lines', () => {
    const { text } = MarkdownPage.read('README.md');
    expect(text.split('\n').length).toBeLessThanOrEqual(150);
  });
});
