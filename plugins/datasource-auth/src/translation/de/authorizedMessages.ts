import { authorizedMessages as english } from '../authorizedMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const authorizedMessages: Translated<typeof english> = {
  working: 'Autorisierung wird abgeschlossen…',
  done: 'Autorisiert. Sie können dieses Fenster schließen.',
  used: 'Dieser Link wurde bereits verwendet oder ist abgelaufen. Beginnen Sie erneut bei der Datenquelle.',
  return: 'Zurück zu Backstage',
  failed: 'Autorisierung fehlgeschlagen',
};
