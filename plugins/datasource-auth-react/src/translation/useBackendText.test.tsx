import {
  TranslationApi,
  translationApiRef,
} from '@backstage/core-plugin-api/alpha';
import { errorApiRef } from '@backstage/core-plugin-api';
import { MockTranslationApi } from '@backstage/test-utils/alpha';
import { MockErrorApi, TestApiProvider } from '@backstage/test-utils';
import { renderHook } from '@testing-library/react';
import { ReactNode } from 'react';
import {
  diagnosisTexts,
  Message,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { useBackendText } from './useBackendText';

const NEWER = { code: 'diagnosis.ofANewerBackend.title' } as unknown as Message;

function backendText() {
  const translations: TranslationApi = MockTranslationApi.create();
  return renderHook(() => useBackendText(), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <TestApiProvider
        apis={[
          [translationApiRef, translations],
          [errorApiRef, new MockErrorApi()],
        ]}
      >
        {children}
      </TestApiProvider>
    ),
  }).result.current;
}

describe('useBackendText', () => {
  it('translates sentences with messages and plurals in their values', () => {
    const { title, remedy } = diagnosisTexts('serverError', {
      host: 'idp.example',
      status: 503,
      wait: message('name.minutes', { count: 1 }),
    });
    const text = backendText();
    expect(text(title, '')).toBe('The provider has a problem');
    expect(text(remedy, '')).toBe(
      'Nothing was changed. Try again in 1 minute.',
    );
    expect(
      text([message('name.days', { count: 2 }), message('name.client')], ''),
    ).toBe('2 days the client');
  });

  it('shows values literally, even if they look like placeholders', () => {
    const template = '{{instance.tenant}} $t(message.name.client) <b>{{x}}</b>';
    expect(
      backendText()([message('settings.templateEmpty', { template })], ''),
    ).toBe(`The template ${template} in a URL has an empty value. Fill it in.`);
  });

  it("shows the backend's English for messages that only a newer backend has", () => {
    const text = backendText();
    expect(text([NEWER], 'In English')).toBe('In English');
    expect(
      text(
        [{ code: 'diagnosis.accessDenied.remedy', values: { client: NEWER } }],
        'In English',
      ),
    ).toBe('In English');
    expect(text([], 'In English')).toBe('In English');
    expect(text(undefined, 'In English')).toBe('In English');
  });
});
