/** Texts of the provider gallery. */
export const galleryMessages = {
  choose: 'Choose a provider',
  title: 'Choose a provider',
  subtitle:
    'Known provider settings are filled in. You add the values from your registration.',
  loading: 'Loading the providers…',
  search: 'Search providers',
  list: 'Providers',
  found_one: '{{count}} provider',
  found_other: '{{count}} providers',
  nothing:
    'No providers match. Start with a blank form or choose Generic OAuth2.',
  startBlank: 'Start blank',
  filterAccess: 'Access',
  anyAccess: 'Any',
  access: {
    person: 'As a person',
    app: 'As an app',
    key: 'API key or password',
  },
  setting: 'Setting',
  value: 'Value',
  guide: 'Setup guide',
  usedPreset: 'Filled in from {{title}}.',
} as const;
