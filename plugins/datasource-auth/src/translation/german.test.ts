import { TranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  datasourceAuthReactTranslationRef,
  datasourceAuthReactTranslations,
} from 'backstage-plugin-datasource-auth-react';
import { germanOf, Texts } from '../__testUtils__/germanWords';
import { datasourceAuthTranslationRef } from './datasourceAuthTranslationRef';
import { datasourceAuthTranslations } from './datasourceAuthTranslations';

/** Internal properties of references and resources that Backstage reads. */
const englishOf = (ref: TranslationRef): Texts =>
  (ref as unknown as { getDefaultMessages(): Texts }).getDefaultMessages();

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\w+\}\}|\[\[[\w.]+\]\]/g)].map(([found]) => found);

/** Keys whose text is a name, a format, or a word that is the same in German. */
const SAME = [
  ...[
    'list.none',
    'list.repairOf',
    'detail.notSet',
    'editor.option.json',
    'editor.option.S256',
    'editor.option.dpop',
  ],
  ...['entity.links.annotation', 'field.name', 'field.tags', 'field.scopes'],
  ...['field.pkce', 'connect.plugins', 'openapi.step.scopes'],
  ...['detail.scopes', 'people.column.user'],
  ...['panel.testResult.step.token', 'activity.backstage', 'activity.plugin'],
  ...['activity.kind.tests', 'activity.statusChanged', 'activity.other'],
  ...['configuration.from.config', 'configuration.yamlName'],
  ...['openapi.changes.line', 'message.reason.failing', 'evidence.none'],
  ...['connection.terms.consumers', 'connection.terms.hosts'],
  ...['connection.terms.scopes', 'connection.enter.action'],
  ...['grant.oauth2', 'way.oauth2', 'way.basic'],
  ...['message.health.callback.detail', 'message.name.status'],
  ...['message.error.field', 'message.error.titled'],
  ...['message.error.token.withCode', 'message.error.description.atPlace'],
];

describe.each([
  ['the page', datasourceAuthTranslationRef, datasourceAuthTranslations],
  [
    'the shared components',
    datasourceAuthReactTranslationRef,
    datasourceAuthReactTranslations,
  ],
] as const)('the German texts of %s', (_, ref, resource) => {
  const english = englishOf(ref as unknown as TranslationRef);
  let german: Texts;

  beforeAll(async () => {
    german = await germanOf(resource);
  });

  it('have exactly the same keys', () => {
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  });

  it('have the same placeholders', () => {
    const wrong = Object.keys(english).filter(
      key =>
        [...new Set(placeholders(german[key]))].sort().join() !==
        [...new Set(placeholders(english[key]))].sort().join(),
    );
    expect(wrong).toEqual([]);
  });

  it('are translated, except for names that stay the same', () => {
    expect(
      Object.keys(english)
        .filter(key => german[key] === english[key])
        .sort(),
    ).toEqual(SAME.filter(key => key in english).sort());
  });
});
