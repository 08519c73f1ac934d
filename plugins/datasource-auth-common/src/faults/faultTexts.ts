import { valueFaults } from './valueFaults';

/**
 * What is wrong with a value in a setting or a request, and what to enter.
 *
 * @public
 */
export const FAULTS = {
  ...valueFaults,
  nameMissing: 'Enter a name.',
  namePattern:
    'Use 1 to 63 lowercase letters, digits, and dashes. Start and end with a letter or digit.',
  nameReserved: 'This name is reserved. Choose another one.',
  nameTaken: 'This name is taken.',
  nameDeclared: 'This name is declared in app-config.',
  nameFixed: "The name can't be changed.",
  nameOther: "Enter '{{name}}'.",
  datasourceName:
    'Enter the name of a datasource: 1 to 63 lowercase letters, digits, and dashes.',
  identifier: 'Use letters, digits, and underscores.',
  controlCharacters: 'Remove control characters.',
  keyReserved: 'Enter another key. This one is reserved.',
  keyRepeated: "'{{name}}' is there twice.",
  urlAbsolute: 'Enter an absolute URL, for example: https://example.com/token.',
  urlCredentials: 'Remove the username and password from the URL.',
  urlFragment: 'Remove the fragment (everything after #) from the URL.',
  host: 'Enter a host or host:port, without a scheme, path, or wildcard.',
  hostOrDomain:
    'Enter a host, host:port, or *. and a domain, for example: *.example.com.',
  hostMissing: 'Enter at least one host.',
  hostTemplate:
    'Use {{template}} only right after https:// in a URL, and end it with a slash.',
  hostValue:
    'Enter a host, with a port and a path if needed, for example: jira.example.com:8443/context. Remove the scheme, usernames, dots as path segments, and other characters.',
  hostSecret: "A value in a host can't be secret. Enter it as a plain value.",
  domainRegistrable:
    "Anyone can register a name below '{{domain}}'. Enter a domain that belongs to the provider.",
  keptMissing: "Add '{{name}}' to the response fields that are kept.",
  keptHostsExact:
    'Enter exact hosts: secrets are sent there. Only a base URL without secrets can have *. and a domain.',
  testPath: 'Enter a path such as /me, starting with one slash.',
  pathRefused: 'This path is refused: {{reason}}.',
  pluginId: 'Enter a plugin ID, for example: techdocs.',
  fileName:
    'Enter the name of a file in datasourceAuth.files, or of a signer: letters, digits, dashes, and underscores.',
  scopeCharacters:
    'Enter scopes without spaces, quotes, backslashes, or non-ASCII characters.',
  scopeComma: 'Separate scopes with spaces and remove the comma.',
  resourceUri: 'Enter an absolute URI (RFC 8707).',
  resourceFragment:
    'Remove the fragment (everything after #) from the resource (RFC 8707).',
  responseType:
    'Enter code. Other response types send tokens through the browser.',
  passwordGrantDisabled: 'The password grant is disabled.',
  recipient:
    'Enter a user or group, for example: user:default/jane or group:default/platform.',

  secretOneLine:
    'Enter it in one line: it has a line break or another control character.',
  secretCharacters:
    'Enter it as the API issued it: it has a character that no header can carry.',
  secretForOtherServer:
    'Re-enter the secret. It was saved for {{hosts}} and is not sent to a different server.',
  basicUsername:
    'Remove the colon and line breaks: a username of Basic has none (RFC 7617).',
  personalEmpty: 'Enter a value.',
  personalTemplate: "Enter the value itself: templates aren't filled in here.",
  personalOver: "Enter a date that isn't over.",
  personalUnknown: 'This datasource has no such value.',
  passwordOneLine: 'Enter the password in one line.',
  keyIsCertificate:
    'This is a certificate. Enter its private key here (BEGIN PRIVATE KEY).',
  certificate:
    'Enter certificates in PEM format (BEGIN CERTIFICATE) only. Enter the private key in its own field.',
  signerAndKey: 'Remove the signer or the key: only one of them can sign.',
  assertionLifetime:
    'An assertion can live for at most 3600 seconds (one hour).',
  claimReserved:
    "Backstage sets the claim '{{name}}' itself. Remove it from the claims and use the setting '{{setting}}'.",

  parameterReserved:
    "Backstage sets '{{name}}' itself. Remove it from the extra parameters.",
  parameterInQuery:
    "Backstage sets '{{name}}' itself. Remove it from the URL's query.",
  parameterStandard: "'{{name}}' is a standard parameter. Enter another name.",
  parameterProtects: "'{{name}}' protects the exchange. Enter a name for it.",
  parameterTemplate:
    'Enter the name of the query parameter without a template.',
  headerName: 'Enter a valid header name.',
  headerNameOf: "'{{name}}' isn't a valid header name.",
  headerReserved:
    "Backstage sets the header '{{name}}' itself. Remove it from the extra headers.",
  headerValue: 'Remove control characters from the header value.',
  authorizationTwice:
    "Remove this or '{{other}}': both are sent in the header 'Authorization'.",
  authorizationOrBasic:
    "Remove this setting or 'basic': both set the Authorization header.",
  authorizationByMethod:
    "The client authentication '{{method}}' already sets the Authorization header. Remove this setting, or choose another client authentication, for example none.",

  apiTooMany: 'Remove some: at most {{maximum}} are sent.',
  apiValueOneLine:
    "The value of '{{name}}' has a line break or another control character. Enter it on one line.",
  apiNameRepeated: "'{{first}}' and '{{name}}' are the same name. Keep one.",
  apiHeaderName: "'{{name}}' isn't a header name. Use letters, digits and -.",
  apiHeaderPerCall: "Remove '{{name}}': each call sets this header itself.",
  apiHeaderCharacters:
    "The value of '{{name}}' has a character that isn't allowed in headers. Use Latin-1 characters only.",
  apiHeaderCredential:
    "Remove '{{name}}': the credential is sent in this header. To send both, choose another header for the credential.",
  apiHeaderDpop:
    "Remove '{{name}}': with DPoP, Backstage sets this header for each call.",
  apiParameterInUrl:
    "The base URL already has the parameter '{{name}}'. Remove it there or here.",
  apiParameterCredential:
    "Remove '{{name}}': the credential is sent in this parameter.",

  connectionAlone:
    'Remove settings, commit and authorizationId: your own account is connected to the saved datasource.',
  contextEntries: 'Enter 1 to {{max}} values by name.',
  subjectsUnapproved:
    'Choose service: only credentials that a person approves or enters can be their own.',
  subjectsNothing:
    'Mark at least one value of the credential as secret: each person enters the secret values. Or choose service.',
  subjectsFile:
    "Remove the file, or choose service: a token from a file can't be each person's own.",
  subjectsEntered: 'Remove this value: each person enters their own.',
  subjectsExpiry:
    'Remove the date: each person enters when their own token expires.',
  subjectsConsumers:
    "Name the plugins: 'all plugins' isn't allowed where people connect their own accounts.",

  senderConstraintMtls:
    'Choose none: only OAuth 2.0 tokens can be bound to a client certificate. It is presented to the API in any case.',
  senderConstraintDpop:
    'Choose none: only OAuth 2.0 tokens can be bound with DPoP.',
  dpopHeaderName:
    "Remove this setting: with DPoP, the token is sent in 'Authorization' (RFC 9449 section 7.1).",
  dpopHeaderPrefix:
    "Remove this setting: with DPoP, the token is sent with the scheme 'DPoP' (RFC 9449 section 7.1).",

  templateSecret:
    '{{template}} is secret and would be visible here. Enter it as a plain value, or use it only in token, refresh, revocation, pushed authorization, and API requests.',
  templateUnsupported: "Enter the value. Templates don't work here.",
  secretInBrowser:
    'Enter a plain value or a pushed authorization request URL. Otherwise the browser would see this secret.',

  responsePathReserved: 'Enter another path. This one is reserved.',
  responseField:
    'Enter the name of a field. Only the access token can be the whole response.',
  credentialShown:
    "Remove this property. Credentials can't be shown or shared.",

  bodyDeep: 'Nest the body at most {{levels}} levels deep.',
  bodyName: 'Enter another name. This one is reserved.',
  bodyPart: 'Enter a text, a number, true or false, or remove this.',
  bodyTemplate:
    'The template {{template}} is unknown in a body. Use {{known}}.',
  bodyLong: 'Shorten the body to at most 32 KiB.',
  bodyShape: 'Enter the body as a JSON object or list.',
  bodyWithGet: 'A GET request has no body. Choose POST, or remove this.',
  bodyWithQuery:
    'The content type puts all parameters into the URL. Choose json, or remove the body.',
  bodyReplacesParameters:
    'The body is sent in place of all parameters. Move these into the body.',
  bodyReplacesClient:
    "The client authentication '{{method}}' sends parameters, and the body is sent in their place. Choose client_secret_basic, or none with {{templates}} in the body.",
  bodyProof:
    'Add {{templates}} to the body: the request must prove the approval.',
  bodyProofs:
    'Add {{first}} and {{second}} to the body: the request must prove the approval.',
  furtherUrl: 'Enter the URL of the further request, or remove the rest.',
  furtherWithKept:
    'A refresh that keeps the access token has no further request. Remove one of the two.',
  furtherWithGrant:
    'Nothing is refreshed where the grant is repeated. Enter the further request of the token request instead.',
  keptTokenWithGrant:
    "Repeating the grant gets a new access token, so it can't keep the old one. Remove this setting, or the refresh mode 'grant'.",

  routeMethod: 'Enter GET, HEAD, POST, PUT, PATCH, or DELETE.',
  routeMethodMissing: 'Enter at least one method.',
  routeSlash: 'Start the path with a slash.',
  routeQuery: 'Remove the query. Routes allow any query.',
  routeDoubleSlash: 'Remove the double slash.',
  routeWildcardPlace:
    "'{{wildcard}}' is only allowed at the end. In the middle, use :name for one segment.",
  routeWildcardPart: "Use '*' for a whole segment only.",
  routeDots: 'Remove the dot segment.',
  routeParameter: "Enter a name of letters, digits, and underscores after ':'.",
  routeCharacters:
    "'{{segment}}' has an unsupported character. Use :name for a segment that needs an escape.",

  wayUnknown: 'Enter any of {{ways}}, comma-separated.',
  commitWithSettings: 'commit uses the saved settings. Omit settings.',
  commitWithoutDatasource: 'commit requires datasource.',
  settingsOrDatasource: 'Enter settings or datasource.',
  documentSource: 'Enter exactly one of document, url, and entityRef.',
  valueMissing: 'Enter at least one value.',
} as const;
