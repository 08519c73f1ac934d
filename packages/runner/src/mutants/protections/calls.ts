import { ProtectedPackage } from '../Protection';

const ANSWERS_TEST = 'gateway/answers.test.ts';
const REQUESTS_TEST = 'gateway/requests.test.ts';

export const gateway: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: 'only listed headers go to an API',
      file: 'gateway/requestHeaders.ts',
      code: 'for (const name of LET_THROUGH) {',
      off: 'for (const name of Object.keys(received)) {',
      test: REQUESTS_TEST,
    },
    {
      name: "no header of the caller's takes the place of the credential",
      file: 'gateway/requestHeaders.ts',
      code: 'headers[name.toLowerCase()] = value;',
      off: 'headers[name.toLowerCase()] ??= value;',
      test: REQUESTS_TEST,
    },
    {
      name: 'only listed headers come from an API',
      file: 'gateway/responseHeaders.ts',
      code: 'if (LET_THROUGH.has(name) || QUOTA.test(name)) {',
      off: 'if (name) {',
      test: ANSWERS_TEST,
    },
    {
      name: 'a location leads off no API',
      file: 'gateway/responseHeaders.ts',
      code: 'if (url.origin !== address.origin || url.username || url.password) {',
      off: 'if (!url) {',
      test: ANSWERS_TEST,
    },
    {
      name: 'a location stays below the base URL',
      file: 'gateway/responseHeaders.ts',
      code: 'if (!`${url.pathname}/`.startsWith(`${address.root}/`)) return undefined;',
      off: '',
      test: ANSWERS_TEST,
    },
    {
      name: 'a location repeats no parameter of the base URL',
      file: 'gateway/responseHeaders.ts',
      code: 'apiQueryWithout(address.queryNames, url.search.slice(1))',
      off: 'apiQueryWithout(new Set(), url.search.slice(1))',
      test: ANSWERS_TEST,
    },
    {
      name: 'a location repeats no secret value of the base URL',
      file: 'gateway/responseHeaders.ts',
      code: 'if (rewritten && !holdsSecret(rewritten, secrets)) {',
      off: 'if (rewritten) {',
      test: ANSWERS_TEST,
    },
    {
      name: 'no other header repeats one either',
      file: 'gateway/responseHeaders.ts',
      code: 'if (holdsSecret(received[name], secrets)) continue;',
      off: '',
      test: ANSWERS_TEST,
    },
    {
      name: 'an answer is shown without scripts and origin',
      file: 'gateway/responseHeaders.ts',
      code: "response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);",
      off: '',
      test: ANSWERS_TEST,
    },
    {
      name: 'an answer is what it says',
      file: 'gateway/responseHeaders.ts',
      code: "response.setHeader('x-content-type-options', 'nosniff');",
      off: '',
      test: ANSWERS_TEST,
    },
    {
      name: 'documents are saved, not shown',
      file: 'gateway/responseHeaders.ts',
      code: "response.setHeader('content-disposition', 'attachment');",
      off: '',
      test: ANSWERS_TEST,
    },
    {
      name: 'nobody else gets an answer that was kept',
      file: 'gateway/responseHeaders.ts',
      code: "vary(response, ['Authorization', received.vary ?? []].flat());",
      off: '',
      test: ANSWERS_TEST,
    },
    {
      name: 'the gateway is closed without routes',
      file: 'gateway/GatewayTarget.ts',
      code: 'if (route !== undefined) return route;',
      off: 'if (path) return route ?? path;',
      test: REQUESTS_TEST,
    },
    {
      name: 'a body that flows past has a size',
      file: 'gateway/RequestBody.ts',
      code: 'if (bytes > this.#limit) throw requestTooLarge(this.#limit);',
      off: '',
      test: REQUESTS_TEST,
    },
    {
      name: 'a query has no fragment and no line end',
      file: 'gateway/GatewayCall.ts',
      code: 'if (!QUERY.test(query)) {',
      off: 'if (!target) {',
      test: REQUESTS_TEST,
    },
    {
      name: 'a caller repeats no parameter of the base URL',
      file: 'gateway/GatewayTarget.ts',
      code: 'if (repeated !== undefined) {',
      off: 'if (false) {',
      test: REQUESTS_TEST,
    },
    {
      name: 'pages elsewhere read no other headers',
      file: 'gateway/responseHeaders.ts',
      code: 'exposeHeadersToBrowsers(response, shown);',
      off: 'exposeHeadersToBrowsers(response, Object.keys(received));',
      test: ANSWERS_TEST,
    },
    {
      name: 'an answer with a token is not stored',
      file: 'http/tokens.ts',
      code: "res.setHeader('Cache-Control', 'no-store, no-transform');",
      off: '',
      test: 'http/routes.test.ts',
    },
  ],
};

export const consumerCalls: ProtectedPackage = {
  folder: 'plugins/datasource-auth-node',
  protections: [
    {
      name: 'a token is dropped when a redirect leaves the origin',
      file: 'calls/ApiCaller.ts',
      code: '...Object.keys(token.headers),\n          ...PRIVATE_HEADERS,',
      off: '',
      test: 'calls/ApiCaller.test.ts',
    },
    {
      name: 'a token in a header of its own is dropped too',
      file: 'calls/ApiCaller.ts',
      code: '...Object.keys(token.headers),\n          ...PRIVATE_HEADERS,',
      off: '...PRIVATE_HEADERS,',
      test: 'calls/ApiCaller.test.ts',
    },
    {
      name: 'a query parameter of the token is dropped when a redirect leaves the origin',
      file: 'calls/ApiCaller.ts',
      code: 'if (names.size > 0)',
      off: 'if (!names)',
      test: 'calls/ApiCaller.test.ts',
    },
    {
      name: 'no redirect leaves https',
      file: 'calls/ApiCaller.ts',
      code: "if (to.protocol !== 'https:' && to.protocol !== from.protocol)",
      off: 'if (!to)',
      test: 'calls/ApiCaller.test.ts',
    },
    {
      name: 'redirects lead to the API and allowed hosts only',
      file: 'calls/ApiCaller.ts',
      code: 'if (hostFault) throw redirectRefused(datasource, next, hostFault);',
      off: '',
      test: 'calls/ApiCaller.test.ts',
    },
    {
      name: 'nothing is called without the egress rules',
      file: 'calls/ApiCaller.ts',
      code: 'if (!egress) throw withoutPolicy(datasource);\n    const fetchApi = this.#fetchUnder(egress);',
      off: 'const open = { allow: ["127.0.0.1"], allowHttp: ["127.0.0.1"], only: [] };\n    const fetchApi = this.#fetchUnder(egress ?? open);',
      test: 'calls/ApiCaller.test.ts',
    },
    {
      name: 'the address behind a name is checked in consumers',
      file: 'egress/guardedConnector.ts',
      code: 'rules.checkAddress(host, address);',
      off: '',
      test: 'calls/Connections.test.ts',
    },
    {
      name: 'what a plugin got for a user is remembered for that user',
      file: 'tokens/TokenKey.ts',
      code: 'subject === undefined ? datasource : `${datasource} ${subject}`',
      off: 'datasource',
      test: 'service/DefaultDatasourceAuthService.test.ts',
    },
    {
      name: 'egress rules are whole or none',
      file: 'tokens/DatasourceToken.ts',
      code: 'return isTexts(allow) && isTexts(allowHttp) && isTexts(only)',
      off: 'return isTexts(allow)',
      test: 'tokens/HttpDatasourceAuthBackend.test.ts',
    },
  ],
};

export const apiAddresses: ProtectedPackage = {
  folder: 'plugins/datasource-auth-common',
  protections: [
    {
      name: 'absolute addresses lead to allowed hosts',
      file: 'apiUrl.ts',
      code: 'if (fault) throw refused(text, address, fault);',
      off: '',
      test: 'apiUrl.test.ts',
    },
    {
      name: 'an allowed host includes its port',
      file: 'apiUrl.ts',
      code: 'new URL(asUrl).host === url.host',
      off: 'new URL(asUrl).hostname === url.hostname',
      test: 'apiUrl.test.ts',
    },
    {
      name: 'a path is no host',
      file: 'apiUrl.ts',
      code: "if (text.startsWith('//'))\n    throw refused(text, address, 'it starts with two slashes');",
      off: '',
      test: 'apiUrl.test.ts',
    },
    {
      name: 'no parameter of the base URL is repeated',
      file: 'apiQuery.ts',
      code: 'if (taken.size === 0) return undefined;',
      off: 'if (taken) return undefined;',
      test: 'apiUrl.test.ts',
    },
    {
      name: 'a parameter is compared by what servers read',
      file: 'apiQuery.ts',
      code: "decodeFully(written.replaceAll('+', ' ')) ?? written",
      off: 'written',
      test: 'apiUrl.test.ts',
    },
    {
      name: 'no dot segment',
      file: 'apiPath.ts',
      code: "if (name === '.' || name === '..') return 'it contains a dot segment';",
      off: '',
      test: 'apiUrl.test.ts',
    },
    {
      name: 'no encoded slash unless declared',
      file: 'apiPath.ts',
      code: 'if (!encodedSlash && ENCODED_SLASH.test(normal))',
      off: 'if (false)',
      test: 'apiUrl.test.ts',
    },
    {
      name: 'a path is judged after every decoding',
      file: 'apiPath.ts',
      code: 'const decoded = decodeFully(part);',
      off: 'const decoded = part.replace(/%2e/gi, ".").replace(/%3b/gi, ";");',
      test: 'gatewayPath.test.ts',
    },
    {
      name: 'a route opens encoded slashes only where it says so',
      file: 'gatewayRoutes.ts',
      code: "(encodedSlash || !path.includes('%2F')),",
      off: 'true,',
      test: 'gatewayRoutes.test.ts',
    },
  ],
};

export const scaffolder: ProtectedPackage = {
  folder: 'plugins/scaffolder-backend-module-datasource-auth',
  protections: [
    {
      name: 'a template checks with the rights of who runs it',
      file: 'actions/datasourceCheck.ts',
      code: 'await tokens.getToken({ datasource, credentials, signal: ctx.signal });',
      off: 'await tokens.getToken({ datasource, signal: ctx.signal });',
      test: 'actions/datasourceCheck.test.ts',
    },
    {
      name: 'an output holds no token that an API echoes',
      file: 'actions/responseBody.ts',
      code: "clean = clean.replaceAll(spelling, '<token>');",
      off: 'clean = clean.replaceAll(spelling, spelling);',
      test: 'actions/datasourceFetch.test.ts',
    },
  ],
};
