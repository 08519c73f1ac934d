import { ReactElement, ReactNode } from 'react';
import { renderInTestApp } from '@backstage/test-utils';
import { Text, useText } from './useText';

/** Renders texts and returns the HTML of each. */
async function htmlOf(texts: (t: Text) => ReactNode[]): Promise<string[]> {
  const Texts = (): ReactElement => (
    <ul>
      {texts(useText()).map((text, index) => (
        <li key={index}>{text}</li>
      ))}
    </ul>
  );
  const { container } = await renderInTestApp(<Texts />);
  return [...container.querySelectorAll('li')].map(item => item.innerHTML);
}

describe('useText', () => {
  it('fills in values and elements, and chooses the plural', async () => {
    const texts = await htmlOf(t => [
      t('close'),
      t('copy', { what: 'Token' }) satisfies string,
      t('copy', { what: <b>Token</b> }),
      t('list.total', { count: 1 }),
      t('list.total', { count: 2 }),
    ]);
    expect(texts).toEqual([
      'Close',
      'Copy Token',
      'Copy <b>Token</b>',
      '1 datasource',
      '2 datasources',
    ]);
  });

  it('would show keys and placeholders, if the compiler accepted mistakes', async () => {
    const texts = await htmlOf(t => [
      // @ts-expect-error There is no such text.
      t('list.unknown'),
      // @ts-expect-error The value is missing.
      t('copy'),
      // @ts-expect-error The value has another name.
      t('copy', { name: 'Token' }),
      // @ts-expect-error The second of the texts needs a value.
      t(Date.now() ? 'copy' : 'close'),
      // @ts-expect-error There is a value too many.
      t('copy', { what: 'Token', name: 'Token' }),
      // @ts-expect-error The text has no value.
      t('close', { what: 'Token' }),
      // @ts-expect-error A count is a number.
      t('list.total', { count: '1' }),
      // @ts-expect-error Another value isn't.
      t('copy', { what: 2 }),
    ]);
    expect(texts).toEqual([
      'list.unknown',
      'Copy {{what}}',
      'Copy {{what}}',
      'Copy {{what}}',
      'Copy Token',
      'Close',
      'list.total',
      'Copy 2',
    ]);
  });
});
