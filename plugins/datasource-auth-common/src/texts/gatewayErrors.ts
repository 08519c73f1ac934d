/** Why a call to an API isn't made, or has no response. */
export const gatewayErrors = {
  target:
    'Call /gateway/{name}/{path} with the name of a datasource and a path below its base URL.',
  pathRefused: 'The path is refused: {{reason}}.',
  queryCharacters:
    'The query is refused: it contains a space, a control character, a fragment or a character outside ASCII. Encode it.',
  queryRepeated:
    "The query is refused: the base URL already sets the parameter '{{name}}'. Leave it out.",
  addressRefused:
    "The address {{address}} is refused for datasource '{{name}}': {{reason}}.",
  encodedSlash:
    "The path contains an encoded slash. If the API accepts one inside a segment, set encodedSlash: true on a route of gateway.routes of datasource '{{name}}'.",
  closed:
    "The gateway of datasource '{{name}}' is closed: it has no routes. Add routes to gateway.routes.",
  noRoute:
    "No gateway route of datasource '{{name}}' allows {{method}} on this path. Add it to gateway.routes.",
  noBaseUrl:
    "Datasource '{{name}}' has no base URL that can be called. Set it, and the values of its templates.",
  noBaseUrlFor:
    "Datasource '{{name}}' has no base URL to which '{{path}}' could be appended. Set it, or call an absolute address on an allowed host.",
  bodyForbidden: 'A {{method}} request has no body. Use POST.',
  requestTooLarge:
    'The body is larger than {{limit}} bytes, the limit in gateway.limits.requestBytes.',
  responseTooLarge:
    "The API of datasource '{{name}}' at {{origin}} sent a response of more than {{limit}} bytes, the limit in gateway.limits.responseBytes.",
  notReached:
    "The API of datasource '{{name}}' at {{origin}} couldn't be reached within {{milliseconds}} ms.",
  noResponse:
    "The API of datasource '{{name}}' at {{origin}} didn't respond within {{milliseconds}} ms.",
  notContinued:
    "The API of datasource '{{name}}' at {{origin}} didn't continue within {{milliseconds}} ms.",
  notCalled:
    "The API of datasource '{{name}}' at {{origin}} couldn't be called: {{reason}}.",
  notHttp: "the response isn't HTTP",
  connectionFailed: 'the connection failed',
  boundToBackend:
    "Calls to the API of datasource '{{name}}' need a key that only the backend has. Call the API with fetch of datasourceAuthServiceRef.",
  nonceRequired:
    "The API of datasource '{{name}}' at {{origin}} asked for a DPoP nonce, and a body of this size can't be sent again. Repeat the call: it will have the nonce.",
  certificate: "The API of datasource '{{name}}' can't be called. {{fault}}",
  settings:
    "The API of datasource '{{name}}' can't be called: {{fault}} Correct the headers and query parameters of its API requests.",
} as const;
