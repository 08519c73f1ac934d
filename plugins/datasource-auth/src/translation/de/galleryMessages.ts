import { galleryMessages as english } from '../galleryMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const galleryMessages: Translated<typeof english> = {
  choose: 'Anbieter wählen',
  title: 'Neue Datenquelle',
  subtitle: 'Wählen Sie die API, die Ihre Plugins aufrufen.',
  mayNot:
    'Sie dürfen keine Datenquellen anlegen. Bitten Sie einen Plattform-Administrator.',
  loading: 'Anbieter werden geladen…',
  search: 'Anbieter suchen',
  searchExample: 'Suchen, zum Beispiel Jira',
  list: 'Anbieter',
  popular: 'Beliebt',
  more: 'Weitere Anbieter',
  found_one: '{{count}} Anbieter',
  found_other: '{{count}} Anbieter',
  nothing: 'Kein Anbieter passt.',
  notListed: 'Nicht dabei?',
  fromOpenApi: 'Aus einem OpenAPI-Dokument',
  anotherApi: 'Andere API',
  filterAccess: 'Zugriff',
  access: {
    person: 'Als Person',
    app: 'Als Anwendung',
    key: 'API-Schlüssel',
  },
  setting: 'Einstellung',
  value: 'Wert',
  guide: 'Anleitung zur Einrichtung',
};
