import { requestMessages as english } from '../requestMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const requestMessages: Translated<typeof english> = {
  ask: 'Jemand anderen bitten…',
  heading: 'Genehmigungsanfragen',
  loadFailed:
    'Die Genehmigungsanfragen konnten nicht geladen werden: {{message}}',
  saveFirst:
    'Speichern oder verwerfen Sie zuerst Ihre Änderungen. Der Empfänger genehmigt die gespeicherten Einstellungen.',
  asked: '{{asker}} hat {{recipient}} {{when}} gefragt. Läuft ab: {{until}}.',
  askedAnyone:
    '{{asker}} hat {{when}} einen Link für alle erstellt, die autorisieren dürfen. Läuft ab: {{until}}.',
  void: 'Ungültig: Die Einstellungen wurden geändert. Ziehen Sie die Anfrage zurück und fragen Sie erneut.',
  withdraw: 'Zurückziehen',
  withdrawNamed: 'Anfrage an {{recipient}} zurückziehen',
  withdrawLink: 'Link zurückziehen',
  withdrawn: 'Genehmigungsanfrage zurückgezogen.',
  dialog: {
    title: 'Jemand anderen bitten, {{title}} zu genehmigen?',
    text: 'Der Empfänger erhält eine Seite mit einer Schaltfläche und sieht die Einstellungen nicht. Plugins verwenden die Zugangsdaten, sobald sie genehmigt sind.',
    recipient: 'Benutzer oder Gruppe',
    recipientHelp:
      'Zum Beispiel user:default/jane oder group:default/platform. Leer: ein Link für alle, die autorisieren dürfen.',
    message: 'Nachricht (optional)',
    messageHelp:
      'Wird dem Empfänger gezeigt. Schreiben Sie keine Geheimnisse hinein.',
    expiry: 'Läuft ab nach',
    days_one: '{{count}} Tag',
    days_other: '{{count}} Tagen',
    send: 'Um Genehmigung bitten',
    cancel: 'Abbrechen',
  },
  link: {
    title: 'Genehmigungslink senden',
    toOne:
      '{{recipient}} wird benachrichtigt, wenn Benachrichtigungen in Backstage installiert sind. Sie können auch diesen Link senden. Nur {{recipient}} kann ihn verwenden, einmal, bis {{until}}.',
    toAnyone:
      'Senden Sie diesen Link an jemanden, der {{title}} autorisieren darf. Er funktioniert einmal, bis {{until}}.',
    once: 'Kopieren Sie ihn jetzt. Er wird nur einmal angezeigt.',
    label: 'Genehmigungslink',
    done: 'Fertig',
  },
  page: {
    title: '{{title}} autorisieren?',
    heading: 'Genehmigungsanfrage',
    loading: 'Genehmigungsanfrage wird geladen…',
    asks: '{{asker}} bittet Sie, den Zugriff für {{title}} zu genehmigen.',
    until: 'Gesendet {{when}}. Läuft ab: {{until}}.',
    message: 'Nachricht von {{asker}}',
    provider: 'Anbieter',
    scopes: 'Angefragter Zugriff',
    noScopes: 'Der Standardzugriff des Anbieters',
    acts: 'Backstage handelt bei diesem Dienst mit Ihrem Konto, für diese Plugins:',
    actsAny:
      'Backstage handelt bei diesem Dienst mit Ihrem Konto, für jedes Plugin in diesem Backstage.',
    actsNobody:
      'Backstage handelt bei diesem Dienst mit Ihrem Konto. Noch sind keine Plugins erlaubt.',
    plugins: 'Erlaubte Plugins',
    approve: 'Bei {{host}} genehmigen',
    approving: '{{host}} wird geöffnet…',
    decline: 'Anfrage ablehnen',
    hint: 'Sie melden sich bei {{host}} an, und Backstage sieht Ihr Passwort nicht. Sie können den Zugriff dort jederzeit widerrufen.',
    notYours:
      'Sie können Ihre eigene Anfrage nicht genehmigen. Senden Sie den Link an den Empfänger.',
    failed: 'Genehmigung fehlgeschlagen',
    over: {
      approved:
        '{{who}} hat diese Anfrage {{when}} genehmigt. Es ist nichts mehr zu tun.',
      declined:
        '{{who}} hat diese Anfrage {{when}} abgelehnt. Nichts wurde geändert.',
      withdrawn:
        '{{who}} hat diese Anfrage {{when}} zurückgezogen. Es ist nichts mehr zu tun.',
      expired:
        'Die Anfrage von {{who}} ist {{when}} abgelaufen. Nichts wurde geändert.',
      void: 'Die Einstellungen wurden geändert, seit {{who}} diese Anfrage {{when}} gesendet hat. Bitten Sie um eine neue.',
    },
    thanks:
      'Genehmigt. {{title}} ist autorisiert, und Backstage handelt jetzt mit Ihrem Konto. Sie können diese Seite schließen.',
    someone: 'Jemand',
  },
  scope: {
    openid: 'Wissen, wer Sie sind',
    profile: 'Ihren Namen und Ihr Profil lesen',
    email: 'Ihre E-Mail-Adresse lesen',
    offline_access:
      'Den Zugriff auch in Ihrer Abwesenheit behalten, bis Sie ihn widerrufen',
  },
};
