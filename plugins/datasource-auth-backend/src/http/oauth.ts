import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DatasourceAuthError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { parseCookie } from 'cookie';
import express from 'express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Audit } from '../access/Audit';
import { BrowserRedirects } from '../authorizations/BrowserRedirects';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { CallbackParameters } from '../oauth/ProviderClient';
import { createApiRouter } from './apiRouter';
import { sendBrowserPage } from './browserPage';

const MAX_PARAMETERS = 50;
const COOKIE_MS = 10 * 60_000;

/** The access log prints `originalUrl` when the response is complete. It must not contain ticket, code or state. */
const bareLogLine: RequestHandler = (req, res, next) => {
  res.locals.rawQuery = req.originalUrl.split('?').slice(1).join('?');
  req.originalUrl = req.originalUrl.split('?')[0];
  next();
};

/**
 * The two browser endpoints: one accepts the ticket, and the provider redirects to the other (RFC 6749
 * section 4.1.2). Both are open, because a browser coming from elsewhere has no Backstage token. They require
 * a ticket, then a state and the cookie set with it.
 */
export function createOAuthRouter(options: {
  audit: Audit;
  stops: BrowserRedirects;
  /** The shared redirect URI. Its scheme decides about cookies, its path is that of the callback. */
  callbackUrl: string;
  startUrl: string;
  pageUrl: string;
  logger: LoggerService;
}) {
  const { audit, stops, callbackUrl, startUrl, pageUrl, logger } = options;
  const secure = new URL(callbackUrl).protocol === 'https:';
  const router = createApiRouter();
  const back = { href: pageUrl, label: 'Return to Backstage' };

  const refuse = (res: Response, error: unknown) => {
    if (error instanceof OAuthExchangeError) {
      const { title, cause, remedy } = error.diagnosis;
      sendBrowserPage(res, {
        status: 502,
        title,
        text: `${cause} ${remedy}`,
        link: back,
      });
    } else if (error instanceof DatasourceAuthError) {
      sendBrowserPage(res, {
        status: error.statusCode,
        title: "This didn't work",
        text: error.message,
        link: back,
      });
    } else if (isUnreadable(error)) {
      sendBrowserPage(res, {
        status: 400,
        title: "This didn't work",
        text: "The request can't be read. Start again from the datasource.",
        link: back,
      });
    } else {
      logger.error(
        'An authorization failed unexpectedly',
        error instanceof Error ? error : undefined,
      );
      sendBrowserPage(res, {
        status: 500,
        title: "This didn't work",
        text: 'An unexpected error occurred. See the backend log for details. Start again from the datasource.',
        link: back,
      });
    }
  };
  const page =
    (handle: (req: Request, res: Response) => Promise<void>): RequestHandler =>
    async (req, res) => {
      try {
        await handle(req, res);
      } catch (error) {
        refuse(res, error);
      }
    };

  router.use(
    '/oauth',
    bareLogLine,
    express.urlencoded({ extended: false, limit: '64kb' }),
  );

  router
    .route('/oauth/start')
    .head((_req, res) => {
      // Link scanners request the page before the user does, so GET uses nothing up.
      res.status(405).set('Allow', 'GET, POST').end();
    })
    .get(
      page(async (req, res) => {
        const ticket = single(req.query.ticket) ?? '';
        sendBrowserPage(res, {
          status: 200,
          title: 'Continue to the provider',
          text: 'Sign in at the provider, and approve access for Backstage.',
          form: { action: startUrl, fields: { ticket }, label: 'Continue' },
        });
      }),
    )
    .post(
      page(async (req, res) => {
        const { request, browser } = await audit.runOpen(
          { event: 'authorization', action: 'start' },
          () => stops.start(single(req.body?.ticket) ?? ''),
        );
        res.cookie(cookieName(browser.key, secure), browser.value, {
          httpOnly: true,
          secure,
          // Sent on the way back from the provider.
          sameSite: 'lax',
          maxAge: COOKIE_MS,
        });
        res.set({
          'Cache-Control': 'no-store',
          'Referrer-Policy': 'no-referrer',
        });
        if (request.method === 'GET') {
          seeOther(res, request.url);
        } else {
          sendBrowserPage(res, {
            status: 200,
            title: 'Continue to the provider',
            text: 'If nothing happens, select the button.',
            form: {
              action: request.url,
              fields: request.fields,
              label: 'Continue',
              submit: true,
            },
          });
        }
      }),
    );

  router
    .route(['/oauth/callback', '/oauth/callback/:name'])
    .get(
      page(async (req, res) => {
        const cookies = parseCookie(req.headers.cookie ?? '');
        const outcome = await audit.runOpen(
          { event: 'authorization', action: 'callback' },
          async () =>
            stops.callback({
              parameters: parameters(new URLSearchParams(rawQuery(req))),
              path: callbackPath(req),
              cookie: key => cookies[cookieName(key, secure)],
            }),
          ended => ({
            authorization: ended.id,
            ...('failed' in ended && { code: ended.failed.code }),
          }),
        );
        // The cookie stays until it expires, because the same callback can arrive again.
        res.set({
          'Cache-Control': 'no-store',
          'Referrer-Policy': 'no-referrer',
        });
        const fragment =
          'completion' in outcome
            ? `id=${outcome.id}&completion=${outcome.completion}`
            : `id=${outcome.id}`;
        seeOther(res, `${pageUrl}/authorized#${fragment}`);
      }),
    )
    .post(
      page(async (req, res) => {
        const handle = await audit.countFailures('callback', async () =>
          stops.keepFormPost(
            parameters(
              new URLSearchParams(
                Object.entries(req.body ?? {}).flatMap(flatten),
              ),
            ),
          ),
        );
        res.set({
          'Cache-Control': 'no-store',
          'Referrer-Policy': 'no-referrer',
        });
        seeOther(res, `${callbackOrigin(req)}?handle=${handle}`);
      }),
    );

  // Browsers get a page even for a path or a body that no handler processed.
  router.use(
    '/oauth',
    (error: unknown, _req: Request, res: Response, _next: NextFunction) =>
      refuse(res, error),
  );

  /** The callback's path as browsers see it: the configured one, with any subpath. */
  function callbackPath(req: Request): string {
    const base = new URL(callbackUrl).pathname;
    const slash = base.endsWith('/') ? '/' : '';
    return req.params.name
      ? `${base.replace(/\/$/, '')}/${req.params.name}${slash}`
      : base;
  }

  function callbackOrigin(req: Request): string {
    return `${new URL(callbackUrl).origin}${callbackPath(req)}`;
  }

  return router;
}

/** Messages for a path or body that Express or its body parser can't decode. */
function isUnreadable(error: unknown): boolean {
  const { status } = error as { status?: number };
  return status !== undefined && status < 500;
}

function rawQuery(req: Request): string {
  return req.res?.locals.rawQuery ?? '';
}

/** Returns one value per parameter. Duplicates are rejected (RFC 6749 section 3.1). */
function parameters(search: URLSearchParams): CallbackParameters {
  const entries = [...search.entries()];
  const names = new Set(entries.map(([name]) => name));
  if (names.size !== entries.length || entries.length > MAX_PARAMETERS) {
    throw new DatasourceAuthError(message('error.callbackParameters'), {
      code: 'callback_invalid',
      statusCode: 400,
    });
  }
  const result: CallbackParameters = Object.create(null);
  for (const [name, value] of entries) result[name] = value;
  return result;
}

function flatten([name, value]: [string, unknown]): string[][] {
  return Array.isArray(value)
    ? value.map(item => [name, String(item)])
    : [[name, String(value)]];
}

function single(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function cookieName(key: string, secure: boolean): string {
  return `${secure ? '__Host-' : ''}datasource-auth-${key}`;
}

/** Redirects without a body, in which Express would repeat the URL with the state or completion. */
function seeOther(res: Response, url: string) {
  res.status(303).location(url).end();
}
