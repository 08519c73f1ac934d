/** Texts of the Configuration tab. */
export const configurationMessages = {
  withDefaults: 'Show default values',
  origin: 'Source',
  from: { page: 'Edited here', config: 'app-config', default: 'Default' },
  secretAge_one: '•••• set {{count}} day ago',
  secretAge_other: '•••• set {{count}} days ago',
  secretToday: '•••• set today',
  by: 'by {{who}}',
  yaml: 'YAML for app-config',
  yamlText: 'Secrets are replaced with environment variables.',
  yamlName: 'YAML',
  download: 'Download YAML',
  loading: 'Loading the YAML…',
} as const;
