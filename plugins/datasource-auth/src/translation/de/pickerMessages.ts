import { pickerMessages as english } from '../pickerMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const pickerMessages: Translated<typeof english> = {
  usersAndGroups: 'Benutzer und Gruppen',
  plugins: {
    search: 'Plugin-ID suchen oder eingeben',
    help: 'Die Liste kann unvollständig sein. Geben Sie die ID eines Plugins ein, das fehlt.',
    failed:
      'Die Liste der Plugins konnte nicht geladen werden. Geben Sie Plugin-IDs ein.',
    list: 'Plugin-Liste',
    add: '{{plugin}} hinzufügen',
    notAdded:
      '{{plugin}} ist noch nicht hinzugefügt. Wählen Sie es in der Liste aus.',
    invalid: '{{plugin}} ist keine Plugin-ID. Beispiel: techdocs',
    selected_one: '{{count}} Plugin ausgewählt',
    selected_other: '{{count}} Plugins ausgewählt',
  },
  scopes: {
    filter: 'Scopes filtern',
    none: 'Kein passender Scope.',
    removed: '{{scope}} entfernt',
  },
};
