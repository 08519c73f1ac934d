import { usageMessages as english } from '../usageMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const usageMessages: Translated<typeof english> = {
  loading: 'Konsumenten werden geladen…',
  table: 'Plugins und ihre Nutzung',
  nobody: 'Noch hat kein Plugin diese Datenquelle verwendet.',
  listedMode: 'Nur aufgelistete Plugins können die Datenquelle verwenden.',
  anyMode: 'Jedes Plugin kann die Datenquelle verwenden.',
  lastWeek: 'Nutzung in den letzten 7 Tagen',
  perDay: 'Nutzungen pro Tag',
  day: 'Tag',
  uses: 'Nutzungen',
  rejectedPart: 'Von der API abgelehnt',
  handOuts_one: '{{count}}-mal verwendet',
  handOuts_other: '{{count}}-mal verwendet',
  rejections_one: '{{count}} von der API abgelehnt',
  rejections_other: '{{count}} von der API abgelehnt',
  refusals_one: '{{count}} Anforderung abgewiesen',
  refusals_other: '{{count}} Anforderungen abgewiesen',
  column: {
    plugin: 'Konsument',
    allowed: 'Erlaubt',
    firstSeen: 'Zuerst gesehen',
    lastUsed: 'Zuletzt verwendet',
    handOuts24h: 'Nutzungen in 24\u00a0Std.',
    rejections24h: 'Abgelehnt in 24\u00a0Std.',
    refusals24h: 'Abgewiesen in 24\u00a0Std.',
    action: 'Ändern',
  },
  users: 'Benutzer, über das Gateway',
  external: 'Externe Tokens, über das Gateway',
  never: 'Nie',
  hour: '{{date}}, {{from}} bis {{to}}',
  yes: 'Ja',
  no: 'Nein',
  allow: 'Erlauben',
  block: 'Sperren',
  allowNamed: '{{plugin}} erlauben',
  blockNamed: '{{plugin}} sperren',
  allowTitle: '{{plugin}} erlauben?',
  blockTitle: '{{plugin}} sperren?',
  allowText:
    '{{plugin}} kann {{title}} verwenden und die API mit dem vollen Zugriff der Zugangsdaten aufrufen.',
  blockText:
    '{{plugin}} erhält einen Fehler, wenn es {{title}} verwendet. Zugangsdaten, die es schon hat, gelten bis zu ihrem Ablauf.',
  blockUsed_one:
    'Es hat die Datenquelle in den letzten 24 Stunden {{count}}-mal verwendet.',
  blockUsed_other:
    'Es hat die Datenquelle in den letzten 24 Stunden {{count}}-mal verwendet.',
  refused: {
    title: 'Angefragt und abgewiesen',
    last: 'Zuletzt angefragt: {{hour}}',
    count_one: '{{count}} Anforderung in 24\u00a0Std.',
    count_other: '{{count}} Anforderungen in 24\u00a0Std.',
    effect:
      'Ein erlaubtes Plugin kann die API mit dem vollen Zugriff der Zugangsdaten aufrufen.',
    forbidden:
      'Um ein Plugin zu erlauben, brauchen Sie die Berechtigungen update und grant.',
  },
  immediate: 'Wird sofort wirksam.',
  keep: 'Abbrechen',
  allowed: '{{plugin}} ist erlaubt.',
  blocked: '{{plugin}} ist gesperrt.',
};
