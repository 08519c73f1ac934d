import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import { parseSetCookie } from 'cookie';
import express from 'express';
import { Audit } from '../access/Audit';
import { BrowserRedirects } from '../authorizations/BrowserRedirects';
import { createOAuthRouter } from './oauth';

const CANARY = 'canary-7c1f90ab';
const API = '/api/datasource-auth';

/** The browser endpoints behind Backstage's own access log, with a sequence that accepts everything. */
async function startStops(callbackUrl: string) {
  const logger = mockServices.logger.mock({ child: () => logger });
  const auditor = mockServices.auditor.mock({
    createEvent: async () => ({
      success: async () => {},
      fail: async () => {},
    }),
  });
  const stops = {
    start: async () => ({
      request: { method: 'GET', url: 'https://login.example.com/authorize' },
      browser: { key: '12345678', value: 'v'.repeat(43) },
    }),
    callback: async () => ({
      id: 'id',
      cookieKey: '12345678',
      completion: 'c',
    }),
  } as unknown as BrowserRedirects;
  const app = express();
  const config = mockServices.rootConfig();
  app.use(MiddlewareFactory.create({ logger, config }).logging());
  app.use(
    API,
    createOAuthRouter({
      ...{ audit: new Audit({ auditor }), stops, callbackUrl, logger },
      startUrl: callbackUrl.replace('callback', 'start'),
      pageUrl: 'https://backstage.example.com/datasource-auth',
    }),
  );
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    call: (path: string, init?: RequestInit) =>
      fetch(`http://127.0.0.1:${port}${API}${path}`, {
        ...init,
        redirect: 'manual',
      }),
    logged: () => JSON.stringify(logger.info.mock.calls),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('the browser endpoints', () => {
  it.each([
    [
      'HTTPS: to this host only, and only encrypted',
      'https://backstage.example.com/api/datasource-auth/oauth/callback',
      { name: '__Host-datasource-auth-12345678', secure: true },
    ],
    [
      "HTTP, on a developer's computer",
      'http://localhost:7007/api/datasource-auth/oauth/callback',
      { name: 'datasource-auth-12345678' },
    ],
  ])('bind the cookie to %s', async (_, callbackUrl, cookie) => {
    const stops = await startStops(callbackUrl);
    const { headers, status } = await stops.call('/oauth/start', {
      method: 'POST',
      body: new URLSearchParams({ ticket: CANARY }),
    });
    await stops.stop();
    expect(status).toBe(303);
    expect(parseSetCookie(headers.get('set-cookie')!)).toEqual({
      ...{ value: 'v'.repeat(43), path: '/', httpOnly: true, sameSite: 'lax' },
      ...{ maxAge: 600, expires: expect.any(Date), ...cookie },
    });
  });

  it.each([
    `/oauth/start?ticket=${CANARY}`,
    `/oauth/callback?code=${CANARY}&state=${CANARY}`,
    `/oauth/callback/crm?code=${CANARY}&state=${CANARY}`,
    `/oauth/callback?code=${CANARY}&code=${CANARY}`,
  ])(
    '[checklist 21] write nothing of the query of %s to the access log',
    async path => {
      const stops = await startStops('https://backstage.example.com/callback');
      await stops.call(path);
      await stops.stop();
      expect(stops.logged()).toContain(path.split('?')[0]);
      expect(stops.logged()).not.toContain(CANARY);
    },
  );
});
