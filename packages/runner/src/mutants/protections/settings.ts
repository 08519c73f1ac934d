import { ProtectedPackage } from '../Protection';

const API = 'apiSettings.ts';
const API_TEST = 'apiSettings.test.ts';
const SETTINGS = 'settings.ts';
const SETTINGS_TEST = 'settings.test.ts';
const AUTH = 'grants/authorizationCode.ts';
const AUTH_TEST = 'kinds/oauth2.test.ts';
const PARAMETERS = 'parameterSettings.ts';
const PARAMETERS_TEST = 'parameterSettings.test.ts';
const RESPONSE = 'responseSettings.ts';
const RESPONSE_TEST = 'responseSettings.test.ts';
const VALUES = 'settingValues.ts';
const ADDRESS = 'urlSchema.ts';
const ADDRESS_TEST = 'urlSchema.test.ts';
const PATH = 'apiPath.ts';
const PATH_TEST = 'gatewayPath.test.ts';

export const settings: ProtectedPackage = {
  folder: 'plugins/datasource-auth-common',
  protections: [
    {
      name: 'no header of the settings replaces the token or proof of DPoP',
      file: 'checkApi.ts',
      code: "? ['authorization', 'dpop']",
      off: '? []',
      test: 'senderConstraint.test.ts',
    },
    {
      name: 'no other plugin than the named ones acts as a person',
      file: 'subjects.ts',
      code: "if (consumers === '*') {",
      off: "if (consumers === 'none') {",
      test: 'subjects.test.ts',
    },
    {
      name: 'only what a person approves or enters is their own',
      file: 'subjects.ts',
      code: '} else if (!isApproved) {',
      off: '} else if (isApproved === undefined) {',
      test: 'subjects.test.ts',
    },
    {
      name: 'nobody enters what a file of the backend holds',
      file: 'subjects.ts',
      code: 'if (isFileReference(auth.bearer)) {',
      off: 'if (!auth) {',
      test: 'subjects.test.ts',
    },
    {
      name: 'a credential of everyone is not set where each person enters theirs',
      file: 'subjects.ts',
      code: "if (typeof secret === 'string' && secret !== '') {",
      off: 'if (!auth) {',
      test: 'subjects.test.ts',
    },
    {
      name: 'only tokens that a provider issues are bound',
      file: 'senderConstraint.ts',
      code: "if (kindOf(auth) !== 'oauth2') {",
      off: "if (kindOf(auth) === 'jwt') {",
      test: 'senderConstraint.test.ts',
    },
    {
      name: "headers of an API call don't control its destination or framing",
      file: API,
      code: '} else if (REFUSED_HEADERS.includes(name.toLowerCase())) {',
      off: '} else if (!name) {',
      test: API_TEST,
    },
    {
      name: 'no header of an API call takes the place of the token',
      file: 'checkApi.ts',
      code: 'if (!ownHeaders.includes(name.toLowerCase())) continue;',
      off: 'if (name) continue;',
      test: API_TEST,
    },
    {
      name: 'no parameter of an API call repeats one of the base URL',
      file: 'checkApi.ts',
      code: 'if (!taken.has(readName(name))) continue;',
      off: 'if (name) continue;',
      test: API_TEST,
    },
    {
      name: 'values of an API call have no line break',
      file: API,
      code: 'if (CONTROL.test(text)) {',
      off: 'if (!name) {',
      test: API_TEST,
    },
    {
      name: 'one setting sets the Authorization header of a token request',
      file: 'authorizationHeader.ts',
      code: 'if (!method) return;',
      off: 'if (method !== null) return;',
      test: 'authorizationHeader.test.ts',
    },
    {
      name: 'Basic and another scheme are not set together',
      file: 'authorizationHeader.ts',
      code: 'if (authorization !== undefined && basic) {',
      off: 'if (authorization === null && basic) {',
      test: 'authorizationHeader.test.ts',
    },
    {
      name: 'hosts of kept values are exact where secrets go',
      file: 'keepHosts.ts',
      code: "hosts.some(host => host.startsWith('*.'))",
      off: "hosts.some(host => host === '*.')",
      test: 'hostTemplates.test.ts',
    },
    {
      name: 'hosts of kept values are origins of secrets',
      file: 'origins.ts',
      code: 'if (hosts) {',
      off: 'if (hosts === null) {',
      test: 'hostTemplates.test.ts',
    },
    {
      name: 'a template for a host is nothing else',
      file: 'hostTemplates.ts',
      code: "if (names.length > (authorityName(whole ?? '') ? 1 : 0)) {",
      off: 'if (names.length > 9) {',
      test: 'hostTemplates.test.ts',
    },
    {
      name: 'the URL of a further request is an origin of secrets',
      file: 'bindingSettings.ts',
      code: "'auth.token.url',\n  'auth.token.then.url',",
      off: "'auth.token.url',",
      test: 'requestBody.test.ts',
    },
    {
      name: 'a body is at most 8 levels deep',
      file: 'requestBody.ts',
      code: 'if (depth >= DEEPEST) {',
      off: 'if (depth < 0) {',
      test: 'requestBody.test.ts',
    },
    {
      name: 'a body has known templates only',
      file: 'requestBody.ts',
      code: 'if (unknown !== undefined) {',
      off: 'if (unknown === null) {',
      test: 'requestBody.test.ts',
    },
    {
      name: 'a body proves the approval',
      file: 'requestForm.ts',
      code: 'if (first === undefined) return;',
      off: 'return;',
      test: 'requestBody.test.ts',
    },
    {
      name: 'a body takes the place of no client authentication',
      file: 'requestForm.ts',
      code: "if (!setsHeader && credential !== 'none')",
      off: 'if (!setsHeader && credential === undefined)',
      test: 'requestBody.test.ts',
    },
    {
      name: "keys can't reach a prototype",
      file: VALUES,
      code: '.refine(key => !UNSAFE_KEYS.includes(key), {',
      off: '.refine(() => true, {',
      test: PARAMETERS_TEST,
    },
    {
      name: "paths can't reach a prototype",
      file: RESPONSE,
      code: "!path.split('.').some(part => UNSAFE_KEYS.includes(part))",
      off: 'true',
      test: RESPONSE_TEST,
    },
    {
      name: 'URLs are read as written',
      file: ADDRESS,
      code: '/^https?:\\/\\/(?!\\/)[^\\s\\\\]+$/i.test(filled) && !CONTROL.test(filled)',
      off: 'true',
      test: ADDRESS_TEST,
    },
    {
      name: "reserved parameters can't be set",
      file: PARAMETERS,
      code: 'if (RESERVED.has(name.toLowerCase()) && !nonceTemplate) {',
      off: 'if (!name) {',
      test: PARAMETERS_TEST,
    },
    {
      name: 'no parameter can be renamed to a reserved one',
      file: PARAMETERS,
      code: 'RESERVED.has(to.toLowerCase()) &&\n        to.toLowerCase() !== from.toLowerCase()',
      off: '!from',
      test: PARAMETERS_TEST,
    },
    {
      name: "parameters that protect the exchange can't be omitted",
      file: PARAMETERS,
      code: "to === '' && UNDROPPABLE_PARAMETERS.includes(from)",
      off: 'false',
      test: PARAMETERS_TEST,
    },
    {
      name: "reserved headers can't be set",
      file: PARAMETERS,
      code: 'RESERVED_HEADERS.includes(name.toLowerCase())',
      off: 'false',
      test: PARAMETERS_TEST,
    },
    {
      name: 'header values have no line break',
      file: PARAMETERS,
      code: 'else if (CONTROL.test(text))',
      off: 'else if (!name)',
      test: PARAMETERS_TEST,
    },
    {
      name: 'response types contain no token',
      file: AUTH,
      code: '.refine(type => !/token/i.test(type), {',
      off: '.refine(() => true, {',
      test: AUTH_TEST,
    },
    {
      name: "a displayed value isn't a token, judged by its name",
      file: RESPONSE,
      code: "path => !TOKEN_SPELLINGS.includes(spelling(path.split('.').pop() ?? '')),",
      off: '() => true,',
      test: RESPONSE_TEST,
    },
    {
      name: "a displayed value isn't a token, judged by its path",
      file: RESPONSE,
      code: 'if (holdsToken) addFault(',
      off: 'if (!path) addFault(',
      test: RESPONSE_TEST,
    },
    {
      name: 'an allowed host must be a host',
      file: SETTINGS,
      code: '/^(\\[[0-9a-f:.]+\\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\\d{1,5})?$/',
      off: '/./',
      test: SETTINGS_TEST,
    },
    {
      name: 'gateway: paths are normalized',
      file: PATH,
      code: 'UNRESERVED.test(character) ? character : escape.toUpperCase()',
      off: 'escape',
      test: PATH_TEST,
    },
    {
      name: 'gateway: double encoding is rejected',
      file: PATH,
      code: 'if (ENCODED_TWICE.test(part) || /[/\\\\]/.test(decoded))',
      off: 'if (!part)',
      test: PATH_TEST,
    },
    {
      name: 'gateway: backslashes are rejected',
      file: PATH,
      code: "if (ENCODED_BACKSLASH.test(normal)) return fault('path.encodedBackslash');",
      off: '',
      test: PATH_TEST,
    },
    {
      name: 'gateway: double slashes are rejected',
      file: 'gatewayPath.ts',
      code: "if (path.includes('//')) return { fault: fault('path.doubleSlash') };",
      off: '',
      test: PATH_TEST,
    },
    {
      name: "secret values aren't allowed in visible settings",
      file: 'templatePlaces.ts',
      code: "if (reach !== 'backend' && secret !== undefined) {",
      off: 'if (secret === path[0]) {',
      test: 'templatePlaces.test.ts',
    },
    {
      name: "templates aren't allowed where nothing fills them",
      file: 'templatePlaces.ts',
      code: '} else if (!reach && expressions.length && !PROSE.includes(path[0])) {',
      off: '} else if (!reach && !path) {',
      test: 'templatePlaces.test.ts',
    },
    {
      name: 'the query of an endpoint has no protocol parameters',
      file: 'templatePlaces.ts',
      code: 'RESERVED_PARAMETERS.includes(name.trim().toLowerCase())',
      off: 'RESERVED_PARAMETERS.includes(query)',
      test: 'templatePlaces.test.ts',
    },
    {
      name: "a missing client ID doesn't send the secret as the username",
      file: 'secretAlone.ts',
      code: "return auth.clientId === '' && mayOmitClientId(auth);",
      off: 'return !auth.clientId && mayOmitClientId(auth);',
      test: 'secretAlone.test.ts',
    },
    {
      name: 'only Basic sends a secret without a client ID',
      file: 'secretAlone.ts',
      code: 'CLIENT_AUTHENTICATIONS[auth.clientAuthentication].sendsSecretAlone &&',
      off: '',
      test: 'secretAlone.test.ts',
    },
  ],
};
