/** Causes and remedies that replace or extend those of a diagnosis. */
export const diagnosisSentences = {
  instanceValueUnknown: "The {{name}} '{{value}}' probably doesn't exist.",
  correctInstanceValue:
    'Correct this value. If it is right, check the address {{endpoint}}.',
  noScope: 'No scope was requested.',
  clientCredentialsScope:
    'Check the spelling and separate scopes with spaces. Client credentials often need api://…/.default or no scope at all.',
  clientCredentialsScopeRequired:
    "Enter a scope from the provider's documentation. Microsoft Entra ID needs one such as api://…/.default.",
  clientWasIssuedCode:
    "The provider has just issued a code to this client, so the grant is enabled. It didn't accept how the client authenticates.",
  clientGotEmptyResponse:
    'The response was empty, with status {{status}}. Most often the client ID or its authentication is wrong.',
  passwordMayBeWrong: 'A wrong username or password is a likely cause, too.',
  checkPasswordFirst:
    'Check the username or password first, and test only once: repeated tries may lock the account.',
  errorInProperty: "The response has a value at the error property '{{path}}'.",
  checkErrorProperty:
    "Read what the provider says. If that field holds no error, correct 'Error property'.",
  errorInSuccess: 'The provider returned {{status}}, but reported an error.',
  authorizePath: "Its path ends in 'authorize', where people approve.",
  otherOriginRedirect: "Backstage doesn't follow redirects to another origin.",
  askForFinalAddress: 'Ask the provider for the final address.',
  methodRejected: "The server doesn't accept {{method}} here.",
  responseNotObject: "The response isn't a JSON object.",
  responseFormEncoded: 'The response is form-encoded.',
  fieldsReceived: 'Fields received: {{fields}}.',
  noFields: 'The response has no fields.',
  checkSetting: "Check the {{setting}} against the provider's documentation.",
  readProvider: 'Read what the provider says.',
  setTokenProperty:
    "Set 'Access token property' to the field with the token, or check the Token URL.",
  tokenTypeUnnamed: "The token type isn't one of the accepted ones.",
  tokenTypeBound:
    'Register the client for bearer tokens. Tokens that are bound to a key in this way are unsupported.',
  tokenTypeDpop:
    "Set 'Tokens bound to' to DPoP. Backstage then proves its key with each request.",
  removeIssuer:
    'If the provider has no better one, remove the issuer: then the ID token is ignored.',
  issuerSlash:
    'Enter the issuer as {{found}}. Only the final slash differs, and it counts.',
  issuerTemplate:
    'Enter {{found}} as the issuer, with your own value in place of {{template}}. For Microsoft Entra ID that is the ID of your tenant.',
  issuerOfSameHost:
    'If {{found}} is the issuer that the provider documents, enter it as the issuer.',
  tellSecurityTeam: 'If it is unexpected, tell your security team.',
  enterEndpoints: "If its metadata can't be read, enter the endpoints by hand.",
  nothingChanged: 'Nothing was changed.',
  openLinkAgain: 'Open the link again to try once more.',
  tellSender: 'Tell the person who sent you the link.',
  metadataPath: '{{path}}: {{outcome}}.',
} as const;
