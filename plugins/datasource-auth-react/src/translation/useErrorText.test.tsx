import { renderHook } from '@testing-library/react';
import { mockApis, MockErrorApi, TestApiProvider } from '@backstage/test-utils';
import { errorApiRef } from '@backstage/core-plugin-api';
import { translationApiRef } from '@backstage/core-plugin-api/alpha';
import { ReactNode } from 'react';
import {
  DatasourceAuthError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { useErrorText } from './useErrorText';

const OPTIONS = { code: 'name_taken', statusCode: 409 } as const;

it('shows the texts of an error, and the message of one without texts', () => {
  const words = mockApis.translation();
  const errorText = renderHook(() => useErrorText(), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <TestApiProvider
        apis={[
          [translationApiRef, words],
          [errorApiRef, new MockErrorApi()],
        ]}
      >
        {children}
      </TestApiProvider>
    ),
  }).result.current;
  const texts = [message('error.nameExists', { name: 'crm' })];
  expect(
    errorText(new DatasourceAuthError('Of the backend', { ...OPTIONS, texts })),
  ).toBe("A datasource named 'crm' already exists. Choose another name.");
  expect(errorText(new DatasourceAuthError('Of the backend', OPTIONS))).toBe(
    'Of the backend',
  );
  expect(errorText(new TypeError('Failed to fetch'))).toBe('Failed to fetch');
  expect(errorText('odd')).toBe('odd');
});
