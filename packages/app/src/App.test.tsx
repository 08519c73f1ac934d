import { render, screen } from '@testing-library/react';
import App from './App';

const NOW = Math.floor(Date.now() / 1000);

/** Response of `/api/auth/guest/refresh`. */
function guestSession() {
  const claims = { sub: 'user:development/guest', iat: NOW, exp: NOW + 3600 };
  return {
    profile: {},
    providerInfo: {},
    backstageIdentity: {
      token: `e30.${btoa(JSON.stringify(claims))}.signature`,
      expiresInSeconds: 3600,
      identity: {
        type: 'user',
        userEntityRef: claims.sub,
        ownershipEntityRefs: [claims.sub],
      },
    },
  };
}

describe('App', () => {
  beforeEach(() => {
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          data: {
            app: { title: 'Test', baseUrl: 'http://localhost:7007' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
          context: 'test',
        },
      ] as any,
    };
    jest
      .spyOn(console, 'error')
      .mockName('Material UI 4 warns of strict mode and findDOMNode')
      .mockImplementation(() => {});
  });
  afterEach(() => jest.restoreAllMocks());

  it('signs in every visitor as the guest, without a click', async () => {
    jest.spyOn(global, 'fetch').mockImplementation(async () => {
      return new Response(JSON.stringify(guestSession()), {
        headers: { 'content-type': 'application/json' },
      });
    });

    render(App.createRoot());

    expect(
      await screen.findByRole('link', { name: 'Home' }, { timeout: 10_000 }),
    ).toBeInTheDocument();
  });
});
