import {
  DatasourceAuthError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { assertTranslatable } from './assertTranslatable';

const OPTIONS = { code: 'invalid_request', statusCode: 400 } as const;
const NAME = [message('fault.nameMissing')];

const bodyOf = (error: DatasourceAuthError, change: object = {}) => ({
  error: { ...error, message: error.message, ...change },
});

it.each([
  ['an error with texts', bodyOf(new DatasourceAuthError(NAME, OPTIONS))],
  [
    'field errors with texts',
    bodyOf(
      new DatasourceAuthError(NAME, { ...OPTIONS, fieldTexts: { name: NAME } }),
    ),
  ],
  ['an error of Backstage', { error: { message: 'Unauthorized' } }],
  ['a failed attempt', { error: { code: 'dns', texts: { title: [] } } }],
  ['a response', { items: [] }],
  ['no body', ''],
])('accepts %s', (_, body) => {
  expect(() => assertTranslatable(body)).not.toThrow();
});

it.each([
  ['without texts', bodyOf(new DatasourceAuthError('In English', OPTIONS))],
  [
    'with another message than its texts',
    bodyOf(new DatasourceAuthError(NAME, OPTIONS), { message: 'Other' }),
  ],
  [
    'with a text that nobody knows',
    bodyOf(new DatasourceAuthError(NAME, OPTIONS), {
      texts: [{ code: 'fault.other' }],
      message: 'fault.other',
    }),
  ],
  [
    'with a field error without texts',
    bodyOf(
      new DatasourceAuthError(NAME, {
        ...OPTIONS,
        fields: { name: 'English' },
      }),
    ),
  ],
])('rejects an error %s', (_, body) => {
  expect(() => assertTranslatable(body)).toThrow(/^Not made from texts/);
});
