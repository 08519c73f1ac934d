import { ConfirmDialog } from '../frame';
import { useText } from '../translation';

/** Props of {@link ConsumerChangeDialog}. */
export interface ConsumerChangeDialogProps {
  plugin: string;
  /** Whether it is to be allowed; else blocked. */
  allow: boolean;
  title: string;
  /** Tokens it took in the last 24 hours. */
  handOuts24h: number;
  busy: boolean;
  onConfirm: () => void;
  onKeep: () => void;
}

/** Asks before a plugin may take tokens, or may no longer, and says what follows. */
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
