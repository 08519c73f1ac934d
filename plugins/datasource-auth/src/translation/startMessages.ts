/** Texts of the page that starts a new datasource. */
export const startMessages = {
  title: 'New datasource',
  subtitle: 'How do you want to start?',
  ways: 'Ways to start',
  galleryText:
    'Endpoints, scopes, and provider quirks are filled in for you, with the steps to register there.',
  openapiText:
    'Endpoints and scopes are read from the OpenAPI description of the API.',
  blankText: 'Enter the settings yourself, or fill them in from an issuer.',
  duplicate: 'Duplicate a datasource',
  duplicateText:
    'Copies everything except the name and secrets, for another tenant, region, or environment of the same API.',
  duplicateReason: 'Choose a datasource first',
  mayNot:
    "You don't have permission to create datasources. Ask a platform administrator.",
} as const;
