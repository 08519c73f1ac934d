import { useState } from 'react';
import { ReasonButton } from '../frame';
import { useText } from '../translation';
import { AskDialog } from './AskDialog';

/** Props of {@link AskButton}. */
export interface AskButtonProps {
  /** Name of the saved datasource. */
  datasource: string;
  title: string;
  /** Why no approval request can be sent now. */
  reason?: string;
  onAsked: () => void;
}

/** Opens the dialog that asks someone else to authorize a datasource. */
export const AskButton = (props: AskButtonProps) => {
  const { datasource, title, reason, onAsked } = props;
  const t = useText();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <ReasonButton
        size="small"
        variant="outlined"
        reason={reason}
        reasonHidden
        onClick={() => setAsking(true)}
      >
        {t('request.ask')}
      </ReasonButton>
      {asking && (
        <AskDialog
          datasource={datasource}
          title={title}
          onAsked={onAsked}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
};
