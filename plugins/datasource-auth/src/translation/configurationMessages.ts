/** Texts of the settings as they are read. */
export const configurationMessages = {
  withDefaults: 'Show settings that have their default',
  origin: 'Origin',
  from: { page: 'This page', config: 'app-config', default: 'Default' },
  secretAge_one: '•••• set {{count}} day ago',
  secretAge_other: '•••• set {{count}} days ago',
  secretToday: '•••• set today',
  by: 'by {{who}}',
  yaml: 'As YAML for app-config',
  yamlText: 'Without secrets: each stands as an environment variable.',
  yamlName: 'YAML',
  download: 'Download YAML',
  loading: 'Loading the YAML…',
} as const;
