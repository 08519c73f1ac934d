import { ConfirmDialog } from '../frame';
import { useText } from '../translation';

/** Props of {@link ConsumerChangeDialog}. */
export interface ConsumerChangeDialogProps {
  plugin: string;
  /** Whether to allow or block the plugin. */
  allow: boolean;
  title: string;
  /** Tokens it received in the last 24 hours. */
  handOuts24h: number;
  busy: boolean;
  onConfirm: () => void;
  onKeep: () => void;
}

/** Confirms allowing or blocking a plugin, and shows the consequences. */
export const ConsumerChangeDialog = (props: ConsumerChangeDialogProps) => {
  const { plugin, allow, title, handOuts24h, busy, onConfirm, onKeep } = props;
  const t = useText();
  return (
    <ConfirmDialog
      title={t(allow ? 'usage.allowTitle' : 'usage.blockTitle', { plugin })}
      text={
        <>
          {t(allow ? 'usage.allowText' : 'usage.blockText', { plugin, title })}
          {!allow &&
            handOuts24h > 0 &&
            ` ${t('usage.blockUsed', { count: handOuts24h })}`}{' '}
          {t('usage.immediate')}
        </>
      }
      keep={t('usage.keep')}
      confirm={t(allow ? 'usage.allow' : 'usage.block')}
      disabled={busy}
      onKeep={onKeep}
      onConfirm={onConfirm}
    />
  );
};
