/** Texts of the page on which a new datasource begins. */
export const startMessages = {
  title: 'New datasource',
  subtitle: 'What do you want to begin with?',
  ways: 'Ways to begin',
  galleryText:
    'Endpoints, scopes and odd ways of a known provider are filled in, and you see how to register there.',
  openapiText:
    'Endpoints and scopes are read from the description of the API that you want to call.',
  blankText:
    'You enter everything yourself, or have it filled in from an issuer.',
  duplicate: 'Duplicate one that you have',
  duplicateText:
    'Everything but its name and its secrets is taken over: for another tenant, region or environment of the same API.',
  duplicateReason: 'Choose a datasource first',
  mayNot: 'You may not create datasources. Ask a platform administrator.',
} as const;
