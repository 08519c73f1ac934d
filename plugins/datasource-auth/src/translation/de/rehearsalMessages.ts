import { rehearsalMessages as english } from '../rehearsalMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const rehearsalMessages: Translated<typeof english> = {
  button: 'Erneuerung testen',
  hint: 'Erneuert die gespeicherten Zugangsdaten jetzt und zeigt, wie der Anbieter antwortet.',
  running: 'Wird erneuert…',
  heading: 'Test der Erneuerung',
  at: 'Getestet {{time}}.',
};
