import { Impact } from 'backstage-plugin-datasource-auth-common';
import { useLocale } from 'backstage-plugin-datasource-auth-react';
import { ConfirmDialog } from '../frame';
import { formatImpact } from '../impact/formatImpact';
import { FieldId } from '../kinds';
import { useText } from '../translation';
import { Consequence } from './saveConsequences';

const InWords = ({ consequence }: { consequence: Consequence }) => {
  const t = useText();
  const locale = useLocale();
  const listed = (items: string[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
  switch (consequence.kind) {
    case 'account':
      return <>{t('editor.confirm.account', consequence)}</>;
    case 'ends':
      return (
        <>
          {t('editor.confirm.ends', {
            labels: listed(
              consequence.changed.map(id => t(`field.${id as FieldId}`)),
            ),
          })}
        </>
      );
    case 'blocks':
      return (
        <>
          {t('editor.confirm.blocks', {
            plugins: listed(consequence.plugins),
          })}
        </>
      );
    default:
      return <>{t('editor.confirm.clears')}</>;
  }
};

/** Props of {@link SaveConfirmation}. */
export interface SaveConfirmationProps {
  consequences: Consequence[];
  /** Consumers of the datasource; absent if they couldn't be loaded. */
  impact?: Impact;
  onSave: () => void;
  onCancel: () => void;
}

/** Confirms a save that has consequences outside the form, and lists them with the affected consumers. */
export const SaveConfirmation = (props: SaveConfirmationProps) => {
  const { consequences, impact, onSave, onCancel } = props;
  const t = useText();
  const locale = useLocale();
  return (
    <ConfirmDialog
      title={t('editor.confirm.title')}
      text={
        <>
          {t('editor.confirm.saving')}
          <ul>
            {consequences.map(consequence => (
              <li key={consequence.kind}>
                <InWords consequence={consequence} />
              </li>
            ))}
          </ul>
          {impact ? formatImpact(t, impact, locale) : t('impact.unknown')}
        </>
      }
      keep={t('editor.guard.stay')}
      confirm={t('editor.save')}
      onKeep={onCancel}
      onConfirm={onSave}
    />
  );
};
