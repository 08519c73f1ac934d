import { connectionMessages as english } from '../connectionMessages';
import { Translated } from '../Translated';

/** Texts for people who connect their own account, in German. */
export const connectionMessages: Translated<typeof english> = {
  action: {
    not_connected: 'Mein Konto verbinden',
    connected: 'Mein Konto neu verbinden',
    reconnect: 'Mein Konto neu verbinden',
    consent_outdated: 'Prüfen und neu verbinden',
    scope_missing: 'Mein Konto neu verbinden',
    suspended: 'Mein Konto neu verbinden',
  },
  newWindow: '{{action}}: {{title}} (öffnet ein neues Fenster)',
  opening: 'Anbieter wird geöffnet…',
  starting: 'Verbindung wird vorbereitet…',
  waiting: 'Warten auf Ihre Zustimmung im anderen Fenster.',
  lost: 'Finden Sie das Fenster nicht?',
  windowClosed: 'Haben Sie das Fenster geschlossen?',
  blocked: 'Ihr Browser hat das Fenster blockiert.',
  openAgain: 'Erneut öffnen',
  continueHere: 'In diesem Tab fortfahren',
  cancel: 'Abbrechen',
  retry: 'Erneut versuchen',
  unfinished:
    'Die Zustimmung dauerte zu lange oder wurde unterbrochen. Beginnen Sie von vorn.',
  providerSays: 'Der Anbieter sagt: „{{text}}“',
  terms: {
    consumers: 'Plugins',
    hosts: 'API',
    scopes: 'Scopes',
    routes: 'Gateway-Routen',
    none: 'Keine',
  },
  confirm: {
    title: 'Verbunden als {{account}}. Sind Sie das?',
    unnamed: 'Ist das Ihr Konto?',
    notNamed:
      'Der Anbieter hat das Konto nicht genannt. Fahren Sie nur fort, wenn Sie sich dort selbst angemeldet haben.',
    text: 'Wenn Sie zustimmen, handeln diese Plugins bei {{title}} in Ihrem Namen:',
    missing: 'Nicht gewährt: {{scopes}}.',
    end: 'Sie können die Verbindung jederzeit unter „Meine Verbindungen“ trennen.',
    refuse: 'Das bin ich nicht',
    next: 'Ja, weiter',
    confirm: 'Ja, verbinden',
    doubtTitle: 'Ist das wirklich Ihr Konto?',
    onlyYours:
      'Verbinden Sie nur Ihr eigenes Konto: Plugins verwenden es für alles, was Sie tun.',
    anyway: 'Dieses Konto verbinden',
  },
  enter: {
    title: 'Ihr Konto bei {{title}} verbinden',
    token: 'Ihr Token',
    username: 'Ihr Benutzername',
    password: 'Ihr Passwort oder Token',
    show: 'Eingabe anzeigen',
    expires: 'Läuft ab am Ende des (optional)',
    expiresHelp: 'Sie werden eine Woche vorher benachrichtigt.',
    text: 'Damit handeln diese Plugins bei {{title}} in Ihrem Namen:',
    keep: 'Lassen Sie die Felder leer, um Ihre frühere Eingabe zu behalten.',
    confirm: 'Mein Konto verbinden',
    replace: 'Mein Token ersetzen',
    action: '{{action}}: {{title}}',
  },
  doubt: {
    other_email:
      'Die E-Mail-Adresse des Kontos ist nicht die, die der Katalog für Sie hat.',
    account_taken: 'Eine andere Person hat dieses Konto verbunden.',
  },
  prompt: {
    not_connected:
      'Verbinden Sie Ihr eigenes Konto bei {{title}}, um fortzufahren.',
    connected: 'Sie sind mit {{title}} verbunden.',
    reconnect:
      'Ihre Verbindung zu {{title}} funktioniert nicht mehr. Verbinden Sie sich neu.',
    consent_outdated:
      '{{title}} hat neue Plugins, Routen oder Hosts. Stimmen Sie ihnen zu, damit sie in Ihrem Namen handeln.',
    scope_missing:
      '{{title}} benötigt mehr Zugriff: {{scopes}}. Verbinden Sie sich neu.',
    suspended:
      'Ihre Verbindung zu {{title}} ruht, weil der Katalog keinen Benutzer mit Ihrem Namen oder einen anderen hatte. Verbinden Sie sich neu.',
  },
  loading: 'Ihre Verbindung wird geladen…',
  loadFailed: 'Ihre Verbindungen konnten nicht geladen werden: {{message}}',
  unavailable:
    'Sie können kein Konto mit „{{name}}“ verbinden. Bitten Sie den Besitzer, Ihnen die Nutzung zu erlauben.',
  all: 'Meine Verbindungen',
  connectedAs: 'Mit {{title}} als {{account}} verbunden.',
};
