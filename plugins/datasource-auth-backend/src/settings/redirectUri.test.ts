import { redirectUriFor } from './redirectUri';

describe('the redirect URI', () => {
  it.each([
    ['https://b.example/cb', 'shared', 'https://b.example/cb'],
    ['https://b.example/cb/', 'shared', 'https://b.example/cb/'],
    ['https://b.example/cb', 'own', 'https://b.example/cb/crm'],
    ['https://b.example/cb/', 'own', 'https://b.example/cb/crm/'],
  ] as const)(
    'S4.8, [checklist 7, 16] below %s, %s, is %s',
    (callbackUrl, kind, expected) => {
      expect(redirectUriFor(callbackUrl, 'crm', kind)).toBe(expected);
    },
  );
});
