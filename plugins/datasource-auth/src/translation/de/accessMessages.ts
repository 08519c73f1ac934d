import { accessMessages as english } from '../accessMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const accessMessages: Translated<typeof english> = {
  you: 'Ihre Berechtigungen',
  column: { action: 'Aktion', allowed: 'Erlaubt', permission: 'Berechtigung' },
  action: {
    read: 'Anzeigen',
    update: 'Bearbeiten',
    grant: 'Weitere Plugins, Hosts, Gateway-Routen oder Scopes erlauben',
    grantHeld: 'Weitere Plugins, Hosts oder Gateway-Routen erlauben',
    authorize: 'Zugangsdaten holen, Verbindung testen, Erneuerung testen',
    authorizeHeld: 'Zugangsdaten eingeben, Verbindung testen',
    clear: 'Zugangsdaten löschen',
    delete: 'Löschen',
    activity: 'Aktivität anzeigen',
    use: 'Die API über ein Plugin oder das Gateway aufrufen',
  },
  answer: { yes: 'Ja', no: 'Nein', asked: 'Wird beim Versuch geprüft' },
  declared:
    'In app-config deklariert. Einstellungen lassen sich nur dort ändern.',
  who: 'Zugriffsregeln',
  conditions:
    'Eine Berechtigungsrichtlinie kann Eigentümer, Tags, Quelle und Namen einer Datenquelle verwenden.',
  owner: 'Eigentümer: {{owner}}',
  noOwner: 'Kein Eigentümer festgelegt.',
  plugins: 'Erlaubte Plugins',
  listed: 'Nur diese Plugins können die Datenquelle verwenden:',
  nobody: 'Noch sind keine Plugins erlaubt.',
  onBehalf:
    'Handelt ein Plugin für einen Benutzer, braucht auch dieser die Berechtigung, die Datenquelle zu nutzen.',
};
