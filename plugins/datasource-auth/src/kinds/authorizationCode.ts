import { GrantOnPage } from './Field';

/** A person approves in a browser. */
export const authorizationCode = {
  hasRedirectUri: true,
  steps: 'application',
  fields: {
    authentication: {
      authorizeUrl: { path: 'auth.authorize.url', kind: 'url', help: true },
    },
    authorizeRequest: {
      authorizeMethod: {
        path: 'auth.authorize.method',
        kind: 'choice',
        options: ['GET', 'POST'],
        fallback: 'GET',
      },
      authorizeParams: {
        path: 'auth.authorize.params',
        kind: 'values',
        help: true,
      },
      authorizeRename: {
        path: 'auth.authorize.rename',
        kind: 'renames',
        help: true,
      },
      responseType: {
        path: 'auth.authorize.responseType',
        kind: 'text',
        help: true,
      },
      fragment: { path: 'auth.authorize.fragment', kind: 'flag' },
      rawScope: { path: 'auth.authorize.rawScope', kind: 'flag' },
      pushedRequestUrl: {
        path: 'auth.authorize.pushedRequestUrl',
        kind: 'url',
        help: true,
      },
      pkce: {
        path: 'auth.pkce',
        kind: 'choice',
        options: ['S256', 'off'],
        fallback: 'S256',
        help: true,
      },
    },
    callback: {
      redirectUri: {
        path: 'auth.redirectUri',
        kind: 'choice',
        options: ['shared', 'own'],
        fallback: 'shared',
        help: true,
      },
      requireIss: { path: 'auth.requireIss', kind: 'flag', help: true },
      codeParam: { path: 'auth.callback.codeParam', kind: 'text', help: true },
      stateParam: {
        path: 'auth.callback.stateParam',
        kind: 'text',
        help: true,
      },
      callbackKeep: { path: 'auth.callback.keep', kind: 'words', help: true },
    },
    renewal: {
      refreshRedirectUri: { path: 'auth.refresh.redirectUri', kind: 'flag' },
    },
  },
} as const satisfies GrantOnPage;
