import { ProtectedPackage } from '../Protection';

const FLOW = 'authorizations/AuthorizationFlow.ts';
const STOPS = 'authorizations/BrowserRedirects.ts';
const STORE = 'authorizations/AuthorizationStore.ts';
const STORE_TEST = 'authorizations/AuthorizationStore.test.ts';
const REPEATED = 'http/repeatedCallback.test.ts';
const CAPABILITIES = 'http/capabilities.test.ts';
const ATTACKS = 'attacks/browserFlow.test.ts';

export const browserFlow: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: 'a callback requires the browser that started',
      file: STOPS,
      code: "this.#sealer.matches('browser', browser, row.browserHash) &&",
      off: '',
      test: ATTACKS,
    },
    {
      name: 'a callback without the cookie is rejected',
      file: STOPS,
      code: `      browser !== undefined &&
      this.#sealer.matches('browser', browser, row.browserHash) &&`,
      off: `      (browser === undefined ||
        this.#sealer.matches('browser', browser, row.browserHash)) &&`,
      test: ATTACKS,
    },
    {
      name: 'a response is accepted only at its own redirect URI',
      file: STOPS,
      code: 'row.callbackPath === path &&',
      off: '',
      test: 'http/oauth.test.ts',
    },
    {
      name: 'only the same browser can repeat a callback',
      file: STOPS,
      code: 'if (!row || !this.#isSameBrowser(row, callback)) throw stateInvalid();',
      off: 'if (!row) throw stateInvalid();',
      test: REPEATED,
    },
    {
      name: 'a repeated callback must have the same parameters',
      file: STOPS,
      code: "return this.#sealer.hash('callback', JSON.stringify(sorted));",
      off: "return this.#sealer.hash('callback', parameters.state ?? JSON.stringify(sorted));",
      test: REPEATED,
    },
    {
      name: 'a repeated callback waits for the first one',
      file: STOPS,
      code: "case 'exchanging':\n",
      off: "case 'exchanging':\n          throw stateInvalid();\n",
      test: REPEATED,
    },
    {
      name: 'a start form can be repeated only for seconds',
      file: STOPS,
      code: "if (row?.status !== 'redirected' || !isRecent) throw ticketInvalid();",
      off: "if (row?.status !== 'redirected') throw ticketInvalid();",
      test: REPEATED,
    },
    {
      name: 'only the user who started an attempt completes it',
      file: FLOW,
      code: 'if (row.userRef !== by) {',
      off: 'if (!by) {',
      test: ATTACKS,
    },
    {
      name: 'an attempt that another user tried to complete is destroyed',
      file: FLOW,
      code: 'await this.#store.fail(id, OTHER_USER);',
      off: '',
      test: ATTACKS,
    },
    {
      name: 'only the user who started an attempt reads it',
      file: FLOW,
      code: 'if (!row || row.userRef !== by) {',
      off: 'if (!row) {',
      test: ATTACKS,
    },
    {
      name: 'only the user who started an attempt uses its secrets',
      file: 'authorizations/draftSecrets.ts',
      code: 'attempt?.userRef === borrower.by',
      off: 'attempt !== undefined',
      test: ATTACKS,
    },
    {
      name: 'the secrets of an attempt are used only for its datasource',
      file: 'authorizations/draftSecrets.ts',
      code: 'attempt.datasourceId === borrower.datasourceId',
      off: 'true',
      test: CAPABILITIES,
    },
    {
      name: 'an attempt for an approval request lends no secrets',
      file: 'authorizations/draftSecrets.ts',
      code: 'attempt.requestId === undefined &&',
      off: '',
      test: CAPABILITIES,
    },
    {
      name: 'ending an attempt requires its completion, not only its ID',
      file: FLOW,
      code: `        throw authorizationEnded();
      }
      await this.#store.fail(id, OTHER_USER);`,
      off: `      }
      await this.#store.fail(id, OTHER_USER);`,
      test: CAPABILITIES,
    },
    {
      name: 'an attempt expires two hours after its start',
      file: STORE,
      code: "this.#knex.raw('created_at + ?', [LONGEST_MILLISECONDS]);",
      off: 'databaseNowPlus(this.#knex, LONGEST_MILLISECONDS);',
      test: STORE_TEST,
    },
    {
      name: "a staged credential with more scopes than the settings can't be saved",
      file: 'saving/CredentialWriter.ts',
      code: 'if (!consumed || requestsWiderAccess(settings, consumed.settings)) {',
      off: 'if (!consumed) {',
      test: CAPABILITIES,
    },
    {
      name: 'a state works once',
      file: STORE,
      code: "{ id, status: 'redirected', browser_hash: browserHash }",
      off: '{ id }',
      test: STORE_TEST,
    },
    {
      name: 'a state expires',
      file: STORE,
      code: "where => where.where('state_expires_at', '>', databaseNow(this.#knex)),",
      off: 'where => where,',
      test: STORE_TEST,
    },
    {
      name: 'a ticket works once',
      file: STORE,
      code: `      { id, status: 'pending' },
      {
        ticket_expires_at`,
      off: `      { id },
      {
        ticket_expires_at`,
      test: STORE_TEST,
    },
    {
      name: 'a ticket expires',
      file: STORE,
      code: ".where('ticket_expires_at', '>', databaseNow(this.#knex)),",
      off: ',',
      test: STORE_TEST,
    },
    {
      name: 'a completion must match',
      file: STORE,
      code: ".whereIn('completion_hash', completionHashes)",
      off: '',
      test: STORE_TEST,
    },
    {
      name: 'a completion expires',
      file: STORE,
      code: `          .whereIn('completion_hash', completionHashes)
          .where('state_expires_at', '>', databaseNow(this.#knex)),`,
      off: `          .whereIn('completion_hash', completionHashes),`,
      test: STORE_TEST,
    },
    {
      name: 'only the user who obtained a staged credential saves it',
      file: STORE,
      code: 'user_ref: condition.userRef,\n        status',
      off: 'status',
      test: STORE_TEST,
    },
    {
      name: 'a staged credential can be saved once',
      file: STORE,
      code: `        status: 'granted',
        binding: condition.binding,`,
      off: '        binding: condition.binding,',
      test: STORE_TEST,
    },
    {
      name: 'a staged credential is saved only with the settings it was obtained for',
      file: STORE,
      code: '        binding: condition.binding,\n        request_id',
      off: '        request_id',
      test: STORE_TEST,
    },
    {
      name: 'a staged credential is saved only for its subject',
      file: STORE,
      code: '        subject: condition.subject,\n',
      off: '',
      test: STORE_TEST,
    },
    {
      name: 'a staged credential is saved only for its datasource',
      file: STORE,
      code: '        datasource_id: condition.datasourceId ?? null,\n',
      off: '',
      test: STORE_TEST,
    },
    {
      name: 'an attempt that ended keeps no secrets',
      file: STORE,
      code: "{ ...EMPTIED, status: 'failed', error: JSON.stringify(error) }",
      off: "{ status: 'failed', error: JSON.stringify(error) }",
      test: ATTACKS,
    },
    {
      name: "an error doesn't end a granted attempt",
      file: STORE,
      code: `          'exchanging',
          'returned',
        ]),
    );
  }

  /** Ends an exchange`,
      off: `          'exchanging',
          'returned',
          'granted',
        ]),
    );
  }

  /** Ends an exchange`,
      test: STORE_TEST,
    },
    {
      name: 'PKCE',
      file: 'oauth/authorizeRequest.ts',
      code: "if (auth.pkce === 'off') return [];",
      off: 'if (auth) return [];',
      test: 'oauth/authorizeRequest.test.ts',
    },
    {
      name: 'no token passes through the browser',
      file: 'oauth/authorizeRequest.ts',
      code: '/(^|\\s)(id_)?token(\\s|$)/.test(responseType)',
      off: 'false',
      test: 'oauth/authorizeRequest.test.ts',
    },
    {
      name: "extra parameters don't override protocol parameters",
      file: 'oauth/authorizeRequest.ts',
      code: 'extra.filter(([name]) => !names.has(name))',
      off: 'extra',
      test: 'oauth/authorizeRequest.test.ts',
    },
    {
      name: "the query of the authorize URL doesn't override protocol parameters",
      file: 'oauth/authorizeRequest.ts',
      code: `withoutReserved(
    resolveUrl(authorize.url, valuesOf(context, step)),
  )`,
      off: 'resolveUrl(authorize.url, valuesOf(context, step))',
      test: 'oauth/authorizeRequest.test.ts',
    },
    {
      name: "that query doesn't override them beside a pushed request either",
      file: 'oauth/pushedRequest.ts',
      code: 'withoutReserved(resolveUrl(authorize.url, values))',
      off: 'resolveUrl(authorize.url, values)',
      test: 'oauth/DefaultProviderClient.test.ts',
    },
    {
      name: "extra parameters of the token request don't override protocol parameters",
      file: 'oauth/DialectFetch.ts',
      code: 'this.#call.parameters.filter(([name]) => !standard.has(name))',
      off: 'this.#call.parameters',
      test: 'oauth/DefaultProviderClient.test.ts',
    },
    {
      name: 'a refresh sends the redirect URI only if configured',
      file: 'oauth/DefaultProviderClient.ts',
      code: "refresh?.redirectUri && GRANTS[grantType].approval === 'person'",
      off: "GRANTS[grantType].approval === 'person'",
      test: 'oauth/DefaultProviderClient.test.ts',
    },
    {
      name: 'a refresh sends no redirect URI that was never used',
      file: 'oauth/DefaultProviderClient.ts',
      code: "refresh?.redirectUri && GRANTS[grantType].approval === 'person'",
      off: 'refresh?.redirectUri',
      test: 'oauth/DefaultProviderClient.test.ts',
    },
    {
      name: 'the remedy for a refused client names the credentials it has',
      file: 'oauth/contextValues.ts',
      code: 'clientCredential: clientCredentialOf(auth),',
      off: '',
      test: 'oauth/clientCredentialTexts.test.ts',
    },
    {
      name: 'a form is labeled without a charset',
      file: 'oauth/dialect.ts',
      code: "form: 'application/x-www-form-urlencoded',",
      off: "form: 'application/x-www-form-urlencoded;charset=UTF-8',",
      test: 'oauth/formBodies.test.ts',
    },
    {
      name: 'the issuer in a response must be the requested one',
      file: 'oauth/callback.ts',
      code: "iss !== undefined && iss !== issuer)\n    throw new CallbackError('issuer', { issuer: iss });",
      off: "iss === '')\n    throw new CallbackError('issuer');\n  else if (iss) parameters.set('iss', issuer);",
      test: 'oauth/callback.test.ts',
    },
    {
      name: 'a scope template that resolves to openid sends a nonce',
      file: 'oauth/scopes.ts',
      code: 'const sent = resolveText(scope, values);',
      off: 'const sent = scope;',
      test: 'oauth/authorizeRequest.test.ts',
    },
    {
      name: 'an ID token is checked where a scope template resolves to openid',
      file: 'oauth/openId.ts',
      code: 'Boolean(context.auth.issuer) && requestsOpenId(context, values)',
      off: "Boolean(context.auth.issuer) && context.auth.scopes.includes('openid')",
      test: 'oauth/DefaultProviderClient.test.ts',
    },
    {
      name: 'a request link shows the scopes that are sent',
      file: 'providers/scopeDescriptions.ts',
      code: 'instance: settings.instance,',
      off: '',
      test: 'providers/scopeDescriptions.test.ts',
    },
    {
      name: 'an announced issuer is required in the callback',
      file: 'oauth/callback.ts',
      code: 'iss === undefined && auth.requireIss)',
      off: 'false)',
      test: 'oauth/callback.test.ts',
    },
    {
      name: 'an error takes precedence over a code',
      file: 'oauth/callback.ts',
      code: "if (parameters.get('error')) {",
      off: "if (parameters.get('error') && !parameters.get('code')) {",
      test: 'oauth/callback.test.ts',
    },
    {
      name: 'a repeated parameter is rejected',
      file: 'http/oauth.ts',
      code: 'names.size !== entries.length ||',
      off: '',
      test: 'plugin.test.ts',
    },
    {
      name: 'scripts cannot read the cookie',
      file: 'http/oauth.ts',
      code: 'httpOnly: true,',
      off: '',
      test: 'http/oauth.test.ts',
    },
    {
      name: "the cookie isn't sent with requests from other sites",
      file: 'http/oauth.ts',
      code: "sameSite: 'lax',",
      off: "sameSite: 'none',",
      test: 'http/oauth.test.ts',
    },
    {
      name: 'the cookie is tied to the host and to https',
      file: 'http/oauth.ts',
      code: "secure ? '__Host-' : ''",
      off: "''",
      test: 'http/oauthRouter.test.ts',
    },
    {
      name: "link scanners don't use up a ticket",
      file: 'http/oauth.ts',
      code: `.get(
      page(async (req, res) => {
        const ticket = single(req.query.ticket) ?? '';`,
      off: `.get(
      page(async (req, res) => {
        const ticket = single(req.query.ticket) ?? '';
        await flow.start(ticket);`,
      test: 'plugin.test.ts',
    },
    {
      name: 'the access log contains only the path',
      file: 'http/oauth.ts',
      code: "req.originalUrl = req.originalUrl.split('?')[0];",
      off: '',
      test: 'http/oauthRouter.test.ts',
    },
    {
      name: 'browsers never send the secret of a link',
      file: 'requests/AuthorizationRequests.ts',
      code: '/authorize#${secret}',
      off: '/authorize/${secret}',
      test: 'requests/authorizationRequests.test.ts',
    },
    {
      name: 'text on our pages is escaped',
      file: 'http/browserPage.ts',
      code: 'return text.replace(/[&<>"\']/g, character => `&#${character.charCodeAt(0)};`);',
      off: 'return text;',
      test: 'http/browserPage.test.ts',
    },
    {
      name: 'our pages run only their own script',
      file: 'http/browserPage.ts',
      code: "`script-src 'nonce-${nonce}'`,",
      off: "'script-src *',",
      test: 'http/browserPage.test.ts',
    },
    {
      name: "our pages can't be embedded",
      file: 'http/browserPage.ts',
      code: `"frame-ancestors 'none'",`,
      off: '',
      test: 'http/browserPage.test.ts',
    },
    {
      name: "our pages aren't cached",
      file: 'http/browserPage.ts',
      code: "'Cache-Control': 'no-store',",
      off: '',
      test: 'http/browserPage.test.ts',
    },
  ],
};
