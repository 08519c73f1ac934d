import { entityMessages as english } from '../entityMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const entityMessages: Translated<typeof english> = {
  title: 'Zugangsdaten',
  list: 'Zugangsdaten dieser Entität',
  loading: '{{name}} wird geladen…',
  unknown:
    'Keine Datenquelle hat diesen Namen, oder Sie dürfen sie nicht sehen.',
  failed: 'Die Datenquelle konnte nicht geladen werden: {{message}}',
  more_one: '{{count}} weitere wird nicht angezeigt.',
  more_other: '{{count}} weitere werden nicht angezeigt.',
  none: 'Keine Datenquelle festgelegt. Tragen Sie Namen von Datenquellen, durch Kommas getrennt, in die Annotation {{annotation}} ein.',
  fix: {
    NOT_AUTHORIZED: 'Neue Zugangsdaten holen',
    NOT_CONFIGURED: 'Einstellungen vervollständigen',
    ERROR: 'Fehler anzeigen',
    held: 'Zugangsdaten in Ordnung bringen',
  },
  fixOf: {
    NOT_AUTHORIZED: 'Neue Zugangsdaten für {{title}} holen',
    NOT_CONFIGURED: 'Einstellungen von {{title}} vervollständigen',
    ERROR: 'Fehler von {{title}} anzeigen',
    held: 'Zugangsdaten von {{title}} in Ordnung bringen',
  },
  api: {
    loading: 'Ihre Berechtigungen werden geprüft…',
    failed: 'Ihre Berechtigungen konnten nicht geprüft werden: {{message}}',
    none: 'Diese API hat keine Datenquelle.',
    text: 'Legen Sie eine Datenquelle an, damit Backstage-Plugins diese API aufrufen können.',
    create: 'Aus dieser API-Beschreibung anlegen',
    ask: 'Bitten Sie einen Plattform-Administrator, eine anzulegen.',
  },
  home: {
    loading: 'Ihre Datenquellen werden geladen…',
    none: 'Keine Ihrer Datenquellen erfordert Aufmerksamkeit.',
    failed: 'Ihre Datenquellen konnten nicht geladen werden: {{message}}',
    list: 'Ihre Datenquellen, die Aufmerksamkeit erfordern',
    more_one: '{{count}} weitere',
    more_other: '{{count}} weitere',
  },
  filter: {
    label: 'Zugangsdaten',
    all: 'alle',
    attention: 'Erfordert Aufmerksamkeit',
    with: 'Mit Datenquelle',
    without: 'Ohne Datenquelle',
    failed:
      'Die Datenquellen, die Aufmerksamkeit erfordern, konnten nicht ermittelt werden: {{message}}',
  },
  links: {
    title: 'Im Katalog',
    importedFrom: 'Importiert aus',
    unreadable:
      'Der Vergleich mit dieser Datenquelle ist fehlgeschlagen: {{message}}',
    annotated: 'Verwendet von',
    none: 'Keine Entität verwendet diese Datenquelle. Fügen Sie diese Annotation hinzu, um ihren Status auf der Seite einer Entität anzuzeigen:',
    annotation: 'Annotation',
    failed: 'Der Katalog konnte nicht gelesen werden: {{message}}',
    more: 'Weitere Entitäten verwenden diese Datenquelle.',
  },
};
