import { MESSAGES } from 'backstage-plugin-datasource-auth-common';
import { Translated } from '../Translated';

/** Setup checks. */
export const healthMessages: Translated<(typeof MESSAGES)['health']> = {
  encryptionKey: {
    title: 'Geheimnisse sind mit dem Schlüssel „{{id}}“ verschlüsselt',
    detail:
      'Kein Wert braucht einen älteren Schlüssel, daher können Sie ältere aus der Konfiguration entfernen.',
    olderKey_one:
      '{{count}} Wert ist noch nicht mit dem Schlüssel „{{id}}“ verschlüsselt',
    olderKey_other:
      '{{count}} Werte sind noch nicht mit dem Schlüssel „{{id}}“ verschlüsselt',
    remedy:
      'Behalten Sie den älteren Schlüssel in der Konfiguration, bis keiner übrig ist. Werte werden stündlich neu verschlüsselt.',
  },
  callback: {
    https: 'Die Redirect-URI verwendet https',
    http: 'Die Redirect-URI verwendet http',
    local: 'Die Redirect-URI liegt auf dieser Maschine',
    detail: '{{url}}',
    remedy:
      'Stellen Sie das Backend über https bereit. Viele Anbieter lehnen alles andere ab.',
  },
  quarantine: {
    title: 'Die Zugangsdaten gehören zu dieser Installation',
    detail:
      'In einer kopierten Datenbank werden Zugangsdaten weder erneuert noch an Plugins gegeben.',
    foreign: 'Die Zugangsdaten gehören zu einer anderen Installation',
    unused: 'Sie werden weder erneuert noch an Plugins gegeben.',
    remedy:
      'Ist die Installation umgezogen, setzen Sie datasourceAuth.adoptCredentials auf {{url}}.',
  },
  egress: {
    title: 'Adressen werden bei jedem Aufruf geprüft',
    detail: 'Ein Aufruf an eine nicht erlaubte Adresse wird abgelehnt.',
    previous: 'Es gelten die bisherigen Egress-Regeln',
    namesOnly: 'Nur Hostnamen werden geprüft',
    only: 'Nur {{hosts}}.',
    everyPublic: 'Jeder öffentliche Host.',
    internal: 'Intern: {{hosts}}.',
    nothingInternal: 'Nichts Internes.',
    withoutTls: 'Ohne TLS: {{hosts}}.',
    unreadable:
      'Die geänderte Einstellung datasourceAuth.egress ist nicht lesbar, daher gelten die bisherigen Regeln. Korrigieren Sie den Eintrag, den das Log des Backends nennt.',
    proxy:
      'Aufrufe gehen durch einen Unternehmens-Proxy, daher werden nur Hostnamen geprüft. Beschränken Sie sie mit datasourceAuth.egress.only.',
  },
  storage: {
    title: 'Datenquellen und Zugangsdaten überstehen einen Neustart',
    detail:
      'Die Datenbank ist nicht SQLite im Arbeitsspeicher, das alles verliert, wenn das Backend endet.',
    lost: 'Datenquellen und Zugangsdaten gehen bei einem Neustart verloren',
    inMemory:
      'Die Datenbank ist SQLite im Arbeitsspeicher: Jede Datenquelle und alle Zugangsdaten gehen verloren, wenn das Backend endet.',
    remedy:
      'Stellen Sie backend.database auf PostgreSQL, oder setzen Sie für SQLite connection.directory auf einen dauerhaften Ordner.',
  },
  secrets: {
    title: 'Langlebige Geheimnisse in der Datenbank',
    none: 'Keine gespeichert.',
    keys_one: '{{count}} API-Schlüssel, Passwort oder anderer Wert.',
    keys_other: '{{count}} API-Schlüssel, Passwörter oder andere Werte.',
    clientSecrets_one: '{{count}} Client-Secret.',
    clientSecrets_other: '{{count}} Client-Secrets.',
    privateKeys_one: '{{count}} privater Schlüssel.',
    privateKeys_other: '{{count}} private Schlüssel.',
    keysRemedy:
      'Bietet eine API OAuth 2.0 an, verwenden Sie es statt eines Schlüssels oder Passworts.',
    clientSecretsRemedy:
      'Akzeptiert ein Anbieter private_key_jwt, verwenden Sie es statt eines Client-Secrets: Der Anbieter speichert dann nur einen öffentlichen Schlüssel.',
    privateKeysRemedy:
      'Geben Sie an, wann ein Schlüssel abläuft, und tauschen Sie ihn vorher aus. Das Datum eines Zertifikats liest Backstage selbst.',
  },
  access: {
    policy:
      'Ihre Berechtigungsrichtlinie entscheidet, wer Datenquellen ändern darf',
    managers:
      'datasourceAuth.access.managers entscheidet, wer Datenquellen ändern darf',
    byManagers:
      'Berechtigungen sind ausgeschaltet, daher dürfen nur die dort genannten Benutzer und Gruppen sie ändern.',
    nobody: 'Noch darf niemand Datenquellen ändern',
    nobodyRemedy:
      'Setzen Sie datasourceAuth.access.managers oder permission.enabled und eine Richtlinie.',
    everyone: 'Alle angemeldeten Benutzer dürfen jede Datenquelle ändern',
    allowAll:
      'Das Modul „allow-all-policy“ des Berechtigungs-Plugins ist installiert.',
    allowAllRemedy:
      'Ersetzen Sie die Richtlinie der Backstage-Vorlage, die alles erlaubt: docs/permissions.md enthält eine für den Anfang. Oder setzen Sie permission.enabled auf false, sodass datasourceAuth.access.managers entscheidet.',
    guests: 'Gäste dürfen jede Datenquelle ändern',
    guestsRemedy:
      'Beschränken Sie Gäste in Ihrer Berechtigungsrichtlinie: docs/permissions.md enthält eine für den Anfang.',
    managersUnused: 'datasourceAuth.access.managers beschränkt niemanden',
    managersOnlyNotified:
      'Die Einstellung hat keine Wirkung auf Berechtigungen, solange permission.enabled true ist. Die Manager werden nur über Datenquellen ohne Eigentümer benachrichtigt.',
    managersRemedy:
      'Lassen Sie Ihre Richtlinie datasource-auth.datasource.* nur denselben Personen erlauben und entfernen Sie dann die Manager. Oder setzen Sie permission.enabled auf false.',
    unknown: 'Wer Datenquellen ändern darf, war nicht feststellbar',
    notAsked: 'Was die Richtlinie Ihnen erlaubt, konnte nicht geprüft werden.',
    youMayAll: 'Die Richtlinie lässt Sie jede Datenquelle ändern.',
    unknownRemedy:
      'Sehen Sie nach, welches Richtlinien-Modul Ihr Backend dem Berechtigungs-Plugin hinzufügt. Oder öffnen Sie diese Seite als Benutzer, der keine Datenquellen ändern soll.',
    limited: 'Die Richtlinie beschränkt, was Sie ändern dürfen.',
  },
  declarations: {
    title: 'In app-config deklarierte Datenquellen werden verwendet',
    detail:
      'Keine ist ungültig, durch eine gespeicherte mit demselben Namen ersetzt oder auf einer anderen Replik anders.',
    notAll: 'Manche Deklarationen in app-config werden nicht verwendet',
    rejected:
      'Die geänderte Konfiguration ist ungültig, daher gilt die letzte gültige.',
    rejectedRemedy: 'Beheben Sie den Fehler, den das Log des Backends nennt.',
    unused_one:
      '{{count}} deklarierte Datenquelle wird nicht verwendet, sondern eine gespeicherte mit demselben Namen.',
    unused_other:
      '{{count}} deklarierte Datenquellen werden nicht verwendet, sondern gespeicherte mit denselben Namen.',
    unusedRemedy:
      'Löschen Sie die gespeicherte und holen Sie Zugangsdaten für die deklarierte, oder entfernen Sie die Deklaration.',
    elsewhere_one:
      '{{count}} Datenquelle ist auf einer anderen Replik anders deklariert.',
    elsewhere_other:
      '{{count}} Datenquellen sind auf einer anderen Replik anders deklariert.',
    elsewhereRemedy:
      'Schließen Sie die Verteilung ab: Alle Repliken brauchen dieselbe Konfiguration.',
  },
  lease: {
    title: 'Die Datenbank lässt je eine Replik Zugangsdaten erneuern',
    detail:
      'Eine Probe-Lease wurde gehalten. Ohne Leases könnten zwei Repliken dasselbe Refresh-Token verwenden.',
    notKept: 'Die Datenbank hält keine Leases',
    lost: 'Eine Probe-Lease wurde nicht gehalten. Zugangsdaten lassen sich nicht erneuern.',
    remedy:
      'Lesen Sie den Datenbankfehler im Log des Backends. Prüfen Sie, dass die Datenbank keine schreibgeschützte Kopie ist und das Backend in ihre Tabellen schreiben darf.',
  },
  sweep: {
    title: 'Zugangsdaten werden im Hintergrund erneuert',
    unchecked: 'Die Erneuerung im Hintergrund war nicht prüfbar',
    notTold:
      'Der Scheduler dieses Backends meldet nicht, wann die Aufgabe zuletzt lief.',
    unknown: 'Wann die Aufgabe zuletzt lief, war nicht lesbar.',
    unknownRemedy:
      'Prüfen Sie, ob backend.baseUrl oder Ihre Discovery von diesem Backend zu ihm selbst führt.',
    none: 'Die Erneuerung im Hintergrund lief noch nicht',
    notYet: 'Sie läuft kurz nach dem Start des Backends.',
    lastRun:
      'Alter des letzten Laufs: {{age}}. Abstand der Läufe: {{interval}}.',
    failed: 'Die letzte Erneuerung im Hintergrund ist fehlgeschlagen',
    failedRemedy: 'Suchen Sie im Log des Backends nach {{task}}.',
    late: 'Die Erneuerung im Hintergrund ist überfällig',
    lateRemedy:
      'Prüfen Sie, ob mindestens eine Replik geplante Aufgaben ausführt, und suchen Sie in ihrem Log nach {{task}}. Bis dahin werden Zugangsdaten bei ihrer Nutzung erneuert.',
  },
  clock: {
    title: 'Die Uhr stimmt mit denen der Anbieter überein',
    close: 'Weniger als eine Sekunde Abweichung. Alter der Messung: {{age}}.',
    ahead:
      'Die Uhr des letzten Anbieters geht vor: {{skew}}. Alter der Messung: {{age}}.',
    behind:
      'Die Uhr des letzten Anbieters geht nach: {{skew}}. Alter der Messung: {{age}}.',
    differs: 'Die Uhr weicht von der eines Anbieters ab',
    unseen: 'Die Uhr war noch nicht vergleichbar',
    unknown:
      'Diese Replik hat seit ihrem Start keine Antwort eines Anbieters erhalten.',
    remedy:
      'Gleichen Sie die Uhr dieser Maschine mit einem Zeitserver ab. Mit einer falschen Uhr lehnen Anbieter signierte Anfragen ab, und Backstage lehnt ab, was sie signieren.',
  },
  datasources: {
    title: 'Datenquellen ohne Fehler',
    detail:
      'Keine gespeicherten Zugangsdaten sind unlesbar, und keine Erneuerung schlägt wiederholt fehl.',
    failing_one: '{{count}} Datenquelle mit dem Status FEHLER',
    failing_other: '{{count}} Datenquellen mit dem Status FEHLER',
    remedy: 'Öffnen Sie die Liste: Sie stehen oben.',
  },
  authorizers: {
    title:
      'Keine Datenquelle wurde von jemandem autorisiert, der nicht mehr da ist',
    detail:
      'Wenn Personen gehen, beenden Anbieter meist die Zugangsdaten, die sie genehmigt haben.',
    left_one:
      '{{count}} Datenquelle wurde von jemandem autorisiert, der nicht mehr da ist',
    left_other:
      '{{count}} Datenquellen wurden von Personen autorisiert, die nicht mehr da sind',
    remedy:
      'Übergeben Sie sie: Die Liste zeigt, welche es sind. Sie funktionieren, bis der Anbieter das Konto dieser Person beendet.',
  },
  notifications: {
    installed: 'Benachrichtigungen sind installiert',
    installedDetail:
      'Eigentümer werden benachrichtigt, wenn jemand handeln muss.',
    missing: 'Benachrichtigungen sind nicht installiert',
    missingDetail: 'Niemand wird benachrichtigt, wenn jemand handeln muss.',
    remedy:
      'Installieren Sie das Plugin notifications. Bis dahin erfährt niemand, wenn jemand handeln muss.',
  },
  signals: {
    installed: 'Signale sind installiert',
    installedDetail: 'Offene Seiten zeigen Änderungen sofort.',
    missing: 'Offene Seiten suchen einmal pro Minute nach Änderungen',
    missingDetail:
      'Installieren Sie das Plugin signals, um sie sofort zu sehen.',
  },
  events: {
    installed: 'Das Plugin events ist installiert',
    installedDetail: 'Ereignisse erreichen die Plugins anderer Prozesse.',
    missing: 'Ereignisse erreichen nur Plugins im selben Prozess',
    missingDetail: 'Installieren Sie das Plugin events, um alle zu erreichen.',
  },
  plugin: {
    unknown:
      'Ob das Plugin „{{id}}“ installiert ist, konnte nicht geprüft werden',
    remedy:
      'Prüfen Sie, ob backend.baseUrl oder Ihre Discovery von diesem Backend zu ihm führt.',
  },
};
