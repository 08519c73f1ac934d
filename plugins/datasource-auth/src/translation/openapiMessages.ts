/** Texts of the import from an API description. */
export const openapiMessages = {
  title: 'Import from OpenAPI',
  subtitle:
    'Read the authentication settings from an API description. Nothing is saved until you save in the editor.',
  steps: 'Steps',
  step: {
    source: 'Source',
    scheme: 'Scheme',
    scopes: 'Scopes',
    review: 'Review',
  },
  stepOf: 'Step {{number}} of {{steps}}: {{name}}',
  next: 'Next',
  back: 'Back',
  continue: 'Continue',
  reading: 'Reading the API description…',
  source: {
    legend: 'Where is the API description?',
    entity: 'Catalog API entity',
    paste: 'Paste',
    upload: 'Upload',
    url: 'URL',
    formats: 'OpenAPI 3.x or Swagger 2.0, as JSON or YAML, up to 64 MB.',
    search: 'Search APIs',
    found: 'APIs',
    searching: 'Searching the catalog…',
    none: 'No APIs match, or you have no permission to view them.',
    more: 'There are more matches. Narrow your search.',
    failed: "Couldn't search the catalog: {{message}}",
    document: 'API description',
    file: 'File',
    tooLarge: 'The document is larger than 64 MB',
    address: 'URL of the API description',
    addressHelp: 'For example, https://api.example.com/openapi.json',
    host: 'The backend reads it from {{host}} if its egress policy allows that.',
    missing: {
      entity: 'Choose an API',
      paste: 'Paste the API description',
      upload: 'Choose a file',
      url: 'Enter the URL',
    },
  },
  scheme: {
    legend: 'How does the API authenticate?',
    flow: '{{scheme}} – {{flow}}',
    unusable: {
      implicit: 'implicit flow – unsupported, use authorization code',
      device: 'device flow – unsupported, use authorization code',
      unknown: 'unknown flow – unsupported',
      grantDisabled: 'the password grant is disabled in this Backstage',
    },
    insteadOfImplicit:
      'The description only has the implicit flow. This is the authorization code grant of the same server.',
    missing: '`{{name}}` is missing',
    header: 'Header {{name}}',
    query: 'Query parameter {{name}}',
    wholeHeader:
      'Enter the whole value of the header, with a prefix such as Bearer',
    other: 'Another way, or none',
    otherRemark:
      'Keeps the title and base URL. Choose in the editor how the API authenticates.',
    none: 'The API description has no scheme that Backstage can use.',
    notes: 'Left out of the API description',
    left: {
      cookie: '{{name}}: {{type}} in a cookie. Backstage sends no cookies.',
      http_scheme: "{{name}}: {{type}}. This HTTP scheme isn't supported.",
      header: "{{name}}: {{type}}. You can't set this header or parameter.",
      incomplete: '{{name}}: {{type}}. The scheme lacks required fields.',
      unknown: '{{name}}: {{type}}. This type is unknown.',
    },
  },
  scopes: {
    legend: 'Which scopes does Backstage need?',
    filter: 'Filter scopes',
    count: '{{selected}} of {{total}} selected',
    required: 'Select scopes required by operations',
    requiredDone: '{{number}} scopes selected',
    none: 'The API description lists no scopes. Add the ones you need.',
    nothing: 'No scopes match the filter.',
    add: 'Scope',
    addButton: 'Add scope',
    wrong: 'Enter a scope without spaces, commas, quotes, or backslashes',
    operations_one: '{{count}} operation uses this scheme',
    operations_other: '{{count}} operations use this scheme',
    operationsText:
      'Select the operations that Backstage will call. Then select all scopes that they require.',
    noScope: 'no scope',
    own: 'added by you',
    requiredOnly: 'required by operations, but not offered by the flow',
  },
  review: {
    ways: 'This is one of {{number}} ways to authenticate: {{way}}.',
    noWay: 'The API description has other ways to authenticate.',
    otherFlow: 'Choose another scheme',
    server: 'Server',
    serverOf: '{{url}} ({{description}})',
    variables: 'URL variables',
    variablesText: 'You can leave these fields empty and fill them in later.',
    table: 'Filled-in settings',
    field: 'Setting',
    value: 'Value',
    from: 'From',
    resolved: 'Relative in the document, resolved against the server',
    leftOut: 'Left out',
    problem: {
      empty: '`{{name}}` is empty',
      not_a_url: "`{{name}}` isn't an HTTP(S) URL",
      not_an_issuer:
        "`{{name}}` isn't an issuer or the URL of its metadata (…/.well-known/openid-configuration)",
      no_server: '`{{name}}` is relative, but the document lists no server',
      no_value:
        '`{{name}}` begins with a variable that has no value. Enter a value above',
      blocked:
        "`{{name}}` is {{value}}, which the policy doesn't allow. {{message}}",
    },
    missing:
      'Not in the API description: {{names}}. Enter these in the editor.',
    preset:
      "The description has no token URL, so it's filled in from the preset {{title}}. If the provider rejects the authorize URL above, use {{url}}, the preset's.",
    issuer:
      'The metadata of the issuer has the endpoints. In the editor, select Fill from issuer.',
    secrets:
      'Not in the API description: the secret ({{way}}). Enter it in the editor.',
    certificate:
      'The API requires a client certificate. Enter it with its key in the editor, under Advanced.',
    nothingSavedYet:
      'Check how the API authenticates, and enter what it issued.',
    nothingSaved:
      'Enter the client ID and the secret or key from your registration.',
  },
  offered: {
    servers: 'Servers of {{title}}',
    useServer: 'Use {{url}}',
    description: 'the API description',
  },
  changes: {
    one: 'The API description changed its {{name}}: {{was}} → {{now}}',
    title: 'The API description has changed since the import:',
    line: '{{name}}: {{was}} → {{now}}',
    added: '{{name}}: {{now}} was added',
    gone: '{{name}}: {{was}} was removed',
    flow: 'Flow',
    text: 'Your settings stay the same until you change them.',
    declared: 'Your settings stay the same until you change app-config.',
    keep: 'Keep my settings',
  },
} as const;
