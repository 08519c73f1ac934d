import { Kind } from 'backstage-plugin-datasource-auth-common';
import {
  assertionHelp,
  assertionHelpOfJwt,
  assertionLabels,
  assertionOmissions,
} from './assertionMessages';
import { FieldId, HelpId, OmittableId } from '../kinds';

/** Labels of the settings, by field ID. */
export const fieldMessages = {
  title: 'Title',
  name: 'Name',
  description: 'Description',
  consumers: 'Allowed plugins',
  subjects: 'Credentials',
  owner: 'Owner',
  tags: 'Tags',
  baseUrl: 'Base URL',
  allowedHosts: 'Additional allowed hosts',
  testPath: 'Test path',
  authType: 'How the API authenticates',
  staticHeaders: 'Headers with the key',
  staticQuery: 'Query parameters with the key',
  basicUsername: 'Basic username',
  basicPassword: 'Password',
  bearer: 'Bearer token',
  bearerFile: 'File with the bearer token',
  staticExpiresAt: 'Expires on',
  grantType: 'Grant type',
  issuer: 'Issuer',
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  clientSecretExpiresAt: 'Secret or key expires on',
  authorizeUrl: 'Authorize URL',
  tokenUrl: 'Token URL',
  username: 'Username',
  password: 'Password',
  assertionKey: 'Assertion key',
  assertionKeyId: 'Assertion key ID',
  assertionAlgorithm: 'Assertion algorithm',
  assertionIssuer: 'Assertion issuer',
  assertionSubject: 'Assertion subject',
  assertionAudience: 'Assertion audience',
  scopes: 'Scopes',
  authorizeMethod: 'Authorize method',
  authorizeParams: 'Extra authorize parameters',
  authorizeRename: 'Renamed authorize parameters',
  responseType: 'Response type',
  fragment: 'Response in the URL fragment',
  rawScope: 'Send scopes without URL encoding',
  pushedRequestUrl: 'Pushed authorization request URL',
  pkce: 'PKCE',
  scopeSeparator: 'Scope separator',
  resource: 'Resource',
  audience: 'Audience',
  redirectUri: 'Redirect URI type',
  requireIss: 'Require the issuer in the response (iss)',
  codeParam: 'Code parameter',
  stateParam: 'State parameter',
  callbackKeep: 'Callback parameters to keep',
  clientAuthentication: 'Client authentication',
  senderConstraint: 'Tokens bound to',
  clientCertificate: 'Client certificate',
  clientCertificateKey: 'Key of the client certificate',
  clientCertificatePassphrase: 'Passphrase of that key',
  privateKey: 'Private key',
  keyId: 'Key ID',
  keyAlgorithm: 'Key algorithm',
  keyAudience: 'Client assertion audience',
  tokenMethod: 'Token method',
  tokenContentType: 'Token request content type',
  tokenParams: 'Extra token parameters',
  tokenQuery: 'Extra token query parameters',
  tokenHeaders: 'Extra token headers',
  tokenRename: 'Renamed token parameters',
  tokenBody: 'JSON body of the token request',
  tokenAuthorization: 'Authorization header of the token request',
  tokenBasicUsername: 'Basic username of the token request',
  tokenBasicPassword: 'Basic password of the token request',
  tokenGrantType: 'Token grant_type value',
  thenUrl: 'URL of the further request',
  thenMethod: 'Method of the further request',
  thenContentType: 'Content type of the further request',
  thenParams: 'Parameters of the further request',
  thenQuery: 'Query parameters of the further request',
  thenHeaders: 'Headers of the further request',
  thenAuthorization: 'Authorization header of the further request',
  thenBody: 'JSON body of the further request',
  connectMs: 'Connect timeout (ms)',
  responseMs: 'Response timeout (ms)',
  refreshUrl: 'Refresh URL',
  refreshMethod: 'Refresh method',
  refreshContentType: 'Refresh request content type',
  refreshClientAuthentication: 'Client authentication when refreshing',
  refreshParams: 'Extra refresh parameters',
  refreshBody: 'JSON body of a refresh',
  refreshMode: 'Refresh mode',
  refreshGrantType: 'Refresh grant_type value',
  refreshSendScope: 'Send the scopes when refreshing',
  refreshScopes: 'Scopes when refreshing',
  refreshThenUrl: 'URL of the request after a refresh',
  refreshThenMethod: 'Method of the request after a refresh',
  refreshThenContentType: 'Content type of the request after a refresh',
  refreshThenParams: 'Parameters of the request after a refresh',
  refreshThenQuery: 'Query parameters after a refresh',
  refreshThenHeaders: 'Headers of the request after a refresh',
  refreshThenAuthorization: 'Authorization header after a refresh',
  refreshThenBody: 'JSON body of the request after a refresh',
  refreshKeepsAccessToken: 'Refreshing only prolongs the access token',
  refreshRedirectUri: 'Send the redirect URI when refreshing',
  idleDays: 'Refresh at least every (days)',
  idleHours: 'Refresh at least every (hours)',
  idleMinutes: 'Refresh at least every (minutes)',
  refreshBeforeExpirySeconds: 'Refresh before expiry (s)',
  defaultLifetimeSeconds: 'Default token lifetime (s)',
  revokeUrl: 'Revocation URL',
  accessTokenPath: 'Access token property',
  expiresInPath: 'Expires in property',
  expiresInUnit: 'Expires in unit',
  expiresAtPath: 'Expires at property',
  refreshTokenPath: 'Refresh token property',
  refreshExpiresInPath: 'Refresh token expires in property',
  tokenTypePath: 'Token type property',
  tokenTypes: 'Accepted token types',
  scopePath: 'Scope property',
  errorPath: 'Error property',
  successPath: 'Success property',
  successEquals: 'Success value',
  responseKeep: 'Extra response fields for plugins',
  responseKeepHosts: 'Hosts that response fields may choose',
  rejectedStatuses: 'Status codes for a rejected credential',
  headerName: 'Header name',
  headerPrefix: 'Header prefix',
  apiHeaders: 'API headers',
  apiQuery: 'API query parameters',
  apiExpiredPath: 'Property that reports an expired credential',
  apiExpiredEquals: 'Values for an expired credential',
  instance: 'Instance values',
  gatewayRoutes: 'Gateway routes',
  gatewayRequestBytes: 'Largest gateway request (bytes)',
  gatewayResponseBytes: 'Largest gateway response (bytes)',
  importedFrom: 'Imported from',
  ...assertionLabels,
} as const satisfies Record<FieldId, string>;

/** Help texts. The page shows [[instance.x]] with braces, which a translation would read as a placeholder. */
export const helpMessages = {
  name: "Plugins use this name. You can't change it later.",
  description: "Describe the datasource's purpose and environment.",
  subjects:
    'With their own credential, a plugin acts as the person who uses it. Each person connects an account once, or enters their own secret values: leave those empty here.',
  consumers:
    'Plugins that can use this datasource. No plugin can until you choose.',
  owner:
    'User or group to notify when a person is needed, for example: group:default/platform.',
  baseUrl: 'Backstage only sends the credential to URLs under this one.',
  allowedHosts:
    'Hosts other than the base URL, separated by spaces, as host or host:port.',
  testPath:
    'Test connection calls this path below the base URL with GET and expects 200, for example: /me. If the path contains %2F, add encodedSlash after it.',
  issuer: "Optional. Find it in the provider's OpenID Connect documentation.",
  staticHeaders: 'For example: X-API-Key. Authorization is possible, too.',
  staticQuery: 'For APIs that read the key from the URL.',
  bearerFile:
    'In place of the token: the name of a file that an administrator configured under datasourceAuth.files.',
  staticExpiresAt:
    'Optional. Valid until the end of this day (UTC). Backstage warns you before.',
  clientSecretExpiresAt: 'Optional. Backstage warns you before this date.',
  authorizeUrl: 'Usually ends with /authorize',
  tokenUrl: 'Usually ends with /token',
  scopes: 'Optional. Separate scopes with spaces.',
  authorizeParams:
    'Sent to the authorize URL, for example: access_type=offline. Templates such as [[instance.tenant]] are filled in.',
  authorizeRename:
    "Enter the standard name and the provider's name. Leave the provider's name empty to omit the parameter.",
  responseType: 'Only for providers that require a value other than code.',
  pushedRequestUrl:
    'For providers that receive the authorization request before the browser opens (RFC 9126).',
  scopeSeparator:
    'Character between scopes. Use a space unless the provider requires another one.',
  resource:
    'Identifiers of the APIs to access (RFC 8707), separated by spaces.',
  audience: 'For providers that require an audience instead of a resource.',
  redirectUri:
    "Use a separate redirect URI if the provider doesn't send its issuer. It prevents mix-up attacks.",
  callbackKeep:
    'For example, realmId. Plugins get these values with the token.',
  clientAuthentication: 'How Backstage authenticates at the token URL.',
  senderConstraint:
    'A stolen token is useless without this key. With mutual TLS (RFC 8705), it is the client certificate; with DPoP (RFC 9449), Backstage creates a key for each credential. Provider and API must support it. Plugins then call the API through the backend.',
  clientCertificate:
    'PEM, followed by its chain. Only for APIs and providers that require mutual TLS.',
  clientCertificateKey:
    'PEM. Plugins then call the API through the backend, because only it has the key.',
  clientCertificatePassphrase: 'Only for an encrypted key.',
  privateKey: 'PEM (PKCS#8) or JWK. Used to sign, never sent.',
  tokenMethod:
    'GET puts secrets in the URL. Use it only if the provider requires it.',
  tokenRename: "Enter the standard name and the provider's name.",
  tokenBody:
    'Sent in place of all parameters, with templates such as [[clientId]], [[clientSecret]], [[code]] and [[instance.tenant]].',
  tokenAuthorization:
    'Sent in place of client authentication, for example: Bearer [[assertion]]. Put secrets into instance values, and use them as templates.',
  tokenBasicUsername:
    'For providers that expect Basic with other values than the client ID and secret, for example: [[instance.account]].',
  tokenGrantType: 'Only for providers that require another grant_type value.',
  thenUrl:
    'For providers that return the token only to a second request, which follows the token request.',
  thenParams:
    'Fields of the first response are available as templates, for example: [[answer.session.id]].',
  thenAuthorization: 'For example: Bearer [[answer.token]].',
  thenBody: 'Sent in place of all parameters.',
  connectMs:
    'Time to connect and send the request, across all addresses of the host. Default: 10000.',
  responseMs:
    'Time until the response is complete. Leave empty for 15 s to the first byte and 50 s in total.',
  refreshUrl: 'Leave empty to use the token URL.',
  refreshClientAuthentication:
    'Leave empty to authenticate as in the token request.',
  refreshBody:
    'Sent in place of all parameters, with [[refreshToken]]. Leave empty to send the standard parameters.',
  refreshThenUrl:
    'For providers that return the token only to a second request, which follows the refresh.',
  refreshThenParams:
    'Fields of the response to the refresh are available as templates, for example: [[answer.session.id]].',
  refreshThenAuthorization: 'For example: Bearer [[answer.token]].',
  refreshThenBody: 'Sent in place of all parameters.',
  refreshKeepsAccessToken:
    'For providers that return a new expiry and no new token. Without a refresh token, put [[token.accessToken]] into the refresh parameters.',
  refreshScopes:
    'Sent in place of the scopes above. Separate scopes with spaces.',
  refreshParams:
    'These replace the extra token parameters. Leave empty to send those.',
  refreshGrantType:
    'Only for providers that require a value other than refresh_token.',
  idleDays: 'Keeps refresh tokens valid that expire without use.',
  defaultLifetimeSeconds: 'Used when the token response has no expiry.',
  accessTokenPath:
    'You can use dotted paths, for example: data.access_token. Enter $ if the whole response is the token.',
  expiresAtPath:
    'For providers that return a point in time instead of a lifetime.',
  successPath:
    'For providers that return errors with status 200. The token is only accepted if this property has the success value.',
  responseKeep:
    "For example, instance_url. Only listed fields are passed on. Tokens can't be listed.",
  responseKeepHosts:
    'JSON. For URLs with [[kept.api_domain]] as their host, for example: {"api_domain": ["api.example.com", "*.example.com"]}.',
  rejectedStatuses:
    'When the API returns one of these, Backstage gets another token once.',
  apiHeaders:
    'Sent with every call of the API, for example: X-Api-Version=2. Mark keys as secret.',
  apiQuery:
    'Added to every call of the API, for example: api_key. Mark keys as secret.',
  apiExpiredPath:
    'For APIs that return status 200 for an expired credential, for example: error.code. Backstage then acts as for the status codes below.',
  instance:
    'Values for templates in URLs and parameters, such as tenant for [[instance.tenant]].',
  tags: 'Optional. Separate tags with commas.',
  headerName: 'The header in which the API expects the token.',
  headerPrefix:
    'The word before the token. Leave empty to send the token alone.',
  requireIss: 'For providers that support RFC 9207. Prevents mix-up attacks.',
  codeParam: 'Only for providers that return the code under another name.',
  stateParam: 'Only for providers that return the state under another name.',
  pkce: 'Protects the authorization code. Turn it off only if the provider rejects it.',
  revokeUrl: 'Called when you choose to revoke the tokens.',
  apiExpiredEquals: 'Separate values with commas.',
  tokenParams:
    'Sent to the token URL. Templates such as [[instance.tenant]] are filled in.',
  assertionKeyId:
    'Optional. Sent as kid, so that the provider can find the public key.',
  keyId: 'Optional. Sent as kid, so that the provider can find the public key.',
  gatewayRoutes:
    'One route per line, for example: GET,POST /path. The gateway is closed without routes. To allow %2F, add encodedSlash: GET /projects/:id encodedSlash.',
  ...assertionHelp,
} as const satisfies Record<HelpId, string>;

/** Help texts that differ for a kind of credential that no provider issues. */
export const kindHelpMessages = {
  static: {
    rejectedStatuses:
      'When the API returns one of these, Backstage calls the test path to find out whether the credential still works.',
  },
  jwt: {
    rejectedStatuses:
      'When the API returns one of these, Backstage signs another JWT once.',
    ...assertionHelpOfJwt,
  },
  none: {
    baseUrl: 'Backstage only calls URLs under this one.',
  },
} as const satisfies Partial<Record<Kind, Partial<Record<HelpId, string>>>>;

/** Checkboxes for settings where an empty value differs from an absent one. */
export const omitMessages = {
  clientId:
    'No client ID: send only the secret, as the username of the Basic header',
  tokenGrantType: 'Omit the grant_type parameter',
  refreshParams: 'Omit extra parameters when refreshing',
  refreshGrantType: 'Omit the grant_type parameter when refreshing',
  ...assertionOmissions,
} as const satisfies Record<OmittableId, string>;
