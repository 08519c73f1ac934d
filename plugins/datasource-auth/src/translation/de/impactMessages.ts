import { impactMessages as english } from '../impactMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const impactMessages: Translated<typeof english> = {
  loading: 'Letzte Nutzung wird geprüft…',
  nobody: 'In den letzten 24 Stunden nicht verwendet.',
  usedBy_one:
    'In den letzten 24 Stunden verwendet von {{plugins}} ({{count}}-mal).',
  usedBy_other:
    'In den letzten 24 Stunden verwendet von {{plugins}} ({{count}}-mal).',
  more_one: '{{count}} weiteres',
  more_other: '{{count}} weitere',
  unknown:
    'Es konnte nicht geprüft werden, welche Plugins sie in den letzten 24 Stunden verwendet haben.',
};
