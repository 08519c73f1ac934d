/** Settings that can't be turned into a request. Texts contain names and templates, never values. */
export const settingsFaults = {
  scopeCharacters:
    'A scope contains spaces, quotes, backslashes or letters outside ASCII.',
  resourceNotUri:
    "A resource isn't an absolute URI without a fragment (RFC 8707).",
  responseTypeWithToken:
    'A response type with a token would put it into the browser. Use code.',
  clientIdMissing: 'The client ID is missing.',
  authorizeUrlMissing: 'The Authorize URL is missing.',
  authorizeUrlOrClientIdMissing:
    'The Authorize URL or the client ID is missing.',
  authorizeUrlFragment: "The Authorize URL can't have a fragment.",
  codeVerifierInvalid:
    'PKCE is on, but there is no code verifier of 43 to 128 unreserved characters.',
  tokenUrlMissing: 'The Token URL is missing.',
  personRequired: 'This grant needs someone to approve it.',
  assertionIncomplete: 'The key or the issuer of the assertion is missing.',
  passwordMissing: 'The username or password is missing.',
  bodySecretMissing:
    'Client authentication in the body needs a client secret. Enter it, or choose another client authentication.',
  basicSecretMissing:
    'Basic client authentication needs a client secret. Enter it, or choose another client authentication.',
  jwtSecretMissing:
    'Client authentication with client_secret_jwt needs a client ID and a client secret.',
  privateKeyMissing:
    'Client authentication by a signed assertion needs a client ID and a private key.',
  privateKeyEncrypted:
    'The private key is encrypted. Enter its passphrase, or a key without one.',
  privateKeyUnreadable:
    "The private key can't be read as a key for {{algorithm}}. Enter a PEM or JWK of that kind.",
  privateKeyFile:
    'This is a key file. Enter only its private key here, and its other values in their fields.',
  passphraseWrong:
    "The private key can't be decrypted with this passphrase. Enter both again.",
  sharedSecretIsKey:
    '{{algorithm}} needs a shared secret, and this is a key in PEM or JWK format. Enter the secret, or choose an algorithm such as RS256.',
  sharedSecretShort:
    'The shared secret is too short for {{algorithm}}, which needs at least {{bytes}} bytes (RFC 7518). Enter a longer secret, and check its encoding.',
  algorithmNeedsSecret:
    '{{algorithm}} needs no private key. Choose an algorithm such as RS256, or the client authentication client_secret_jwt.',
  clientCertificateMissing:
    'Mutual TLS needs a client certificate and its private key. Enter both.',
  clientKeyUnreadable:
    "The key of the client certificate can't be read. Enter it in PEM format, with its BEGIN and END lines.",
  clientCertificateExpired:
    'The client certificate expired on {{day}}. Enter a new certificate and its private key.',
  certificateUnreadable:
    "The certificate can't be read. Enter it in PEM format, with its BEGIN and END lines.",
  certificateOfOtherKey:
    'The certificate belongs to another private key. Enter the certificate of this one, before the rest of its chain.',
  fileMissingInSettings:
    'This client authentication sends an assertion from a file. Choose a file of datasourceAuth.files.',
  fileUnknown:
    "The file '{{file}}' isn't configured. Choose another file, or add it to datasourceAuth.files.",
  fileForAssertions:
    "The file '{{file}}' is for client assertions. Choose a file with 'for: bearer'.",
  fileForBearer:
    "The file '{{file}}' is for bearer tokens. Choose a file with 'for: client_assertion'.",
  fileOfOtherDatasource:
    "The file '{{file}}' isn't for datasource '{{datasource}}'. Choose another file, or add the datasource to datasourceAuth.files.{{file}}.datasources.",
  fileForOtherOrigin:
    "The file '{{file}}' must not be sent to {{origin}}. Correct the URL, or add this origin to datasourceAuth.files.{{file}}.origins.",
  fileNeedsBaseUrl:
    "The file '{{file}}' is only sent to the API. Enter a base URL, with the values of its templates.",
  fileMissing:
    "The file '{{file}}' doesn't exist. Mount it where datasourceAuth.files.{{file}}.path says, or correct the path.",
  fileUnreadable:
    "The file '{{file}}' can't be read ({{code}}). Check its permissions and its mount.",
  fileIsFolder:
    "The path of the file '{{file}}' is a folder. Set datasourceAuth.files.{{file}}.path to a file in it.",
  fileNotRegular:
    "The file '{{file}}' is a pipe, socket or device. Set datasourceAuth.files.{{file}}.path to a regular file.",
  fileLeadsElsewhere:
    "The file '{{file}}' is a link out of its folder. Set datasourceAuth.files.{{file}}.path to the file itself.",
  fileTooLarge:
    "The file '{{file}}' is larger than 16 KiB, so it isn't a token. Correct datasourceAuth.files.{{file}}.path.",
  fileEmpty:
    "The file '{{file}}' is empty. Check what writes the token to this file.",
  fileNotOneLine:
    "The file '{{file}}' doesn't contain one line without spaces. Write only the token to it.",
  fileNotAssertion:
    "The file '{{file}}' doesn't contain a signed JWT with an expiry. Write the token of the workload identity to it.",
  fileExpired:
    "The token in the file '{{file}}' has expired. Check what updates this file.",
  keyAndSigner: 'The assertion has a key and a signer. Remove one of them.',
  signerUnknown:
    "There is no signer '{{signer}}'. Choose another one, or install the module that registers it.",
  signerNeedsBaseUrl:
    "The signer '{{signer}}' needs to know where the JWT goes. Enter a base URL, with the values of its templates.",
  signerOfOtherDatasource:
    "The signer '{{signer}}' isn't for datasource '{{datasource}}'. Choose another one, or let its module add the datasource.",
  signerForOtherOrigin:
    "The signer '{{signer}}' signs nothing that is sent to {{origin}}. Correct the URL, or let its module add this origin.",
  signerForOtherAudience:
    "The signer '{{signer}}' doesn't sign for this audience. Correct the audience, or let its module add it.",
  signerAlgorithm:
    "The signer '{{signer}}' has a private key, and {{algorithm}} needs a shared secret. Choose an algorithm such as RS256.",
  signerFailed:
    "The signer '{{signer}}' failed. Check the log of its module and its key management system.",
  signerTimeout:
    "The signer '{{signer}}' didn't respond in time. Check its key management system.",
  signerSignature:
    "The signer '{{signer}}' didn't return a signature for {{algorithm}} as RFC 7518 defines it. Correct its module.",
  basicUsernameColon:
    'The username for Basic contains a colon, which would end it (RFC 7617). Remove the colon.',
  parameterTwice:
    "The parameters '{{first}}' and '{{second}}' would both be sent as '{{name}}'.",
  headerCharacters:
    "The header '{{name}}' contains invalid characters. Remove line breaks, control characters and anything outside Latin-1.",
  urlScheme: 'A URL with templates must start with https://.',
  urlInvalid:
    'A URL is invalid after its templates are filled in. Check the instance values.',
  urlHostChanged:
    'A template value would change the host of a URL. Check the instance values.',
  templateEmpty:
    'The template {{template}} in a URL has an empty value. Fill it in.',
  templateNotForHost:
    "{{template}} can't be part of a host. Use an {{allowed}} value.",
  templateHostCharacters:
    "The value of {{template}} can't be part of a host. Use only letters, digits, dots and dashes.",
  authorityInvalid:
    "The value of {{template}} isn't a host. Enter a host, with a port and a path if needed, for example: jira.example.com:8443/context.",
  keptHostUnknown:
    "The value of {{template}} isn't one of the hosts that it may choose. Add the host to the hosts of this kept value, if you trust it.",
  templatePathChanged:
    'The value of {{template}} would change the path of a URL. Remove . and .. segments.',
  instanceValueMissing:
    "The template {{template}} has no value. Fill in the instance field '{{name}}'.",
  templateUnknown:
    'The template {{template}} is unknown here or has no value yet. Correct or remove it.',
  issuerNotUrl:
    "The issuer isn't a URL such as https://login.example.com, without a query.",
  issuerTemplate:
    'Enter your own value in place of {{template}} in the issuer.',
} as const;
