/** Texts of the provider gallery. */
export const galleryMessages = {
  choose: 'Choose a provider',
  title: 'New datasource',
  subtitle: 'Choose the API that your plugins call.',
  mayNot:
    "You don't have permission to create datasources. Ask a platform administrator.",
  loading: 'Loading the providers…',
  search: 'Search providers',
  searchExample: 'Search, for example Jira',
  list: 'Providers',
  popular: 'Popular',
  more: 'More providers',
  found_one: '{{count}} provider',
  found_other: '{{count}} providers',
  nothing: 'No providers match.',
  notListed: 'Not listed?',
  fromOpenApi: 'From an OpenAPI document',
  anotherApi: 'Another API',
  filterAccess: 'Access',
  access: {
    person: 'As a person',
    app: 'As an app',
    key: 'API key',
  },
  setting: 'Setting',
  value: 'Value',
  guide: 'Setup guide',
} as const;
