import { configurationMessages as english } from '../configurationMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const configurationMessages: Translated<typeof english> = {
  withDefaults: 'Standardwerte anzeigen',
  origin: 'Quelle',
  from: { page: 'Hier bearbeitet', config: 'app-config', default: 'Standard' },
  secretAge_one: '•••• vor {{count}} Tag gesetzt',
  secretAge_other: '•••• vor {{count}} Tagen gesetzt',
  secretToday: '•••• heute gesetzt',
  by: 'von {{who}}',
  yaml: 'YAML für app-config',
  yamlText: 'Geheimnisse sind durch Umgebungsvariablen ersetzt.',
  yamlName: 'YAML',
  download: 'YAML herunterladen',
  loading: 'YAML wird geladen…',
};
